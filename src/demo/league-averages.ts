/** A season as published: regular-season averages per team and game. */
export interface LeagueAverages {
  readonly points: number;
  readonly pace: number;
  readonly offensiveRating: number;
  readonly fieldGoalAttempts: number;
  readonly fieldGoalPct: number;
  readonly threePointAttempts: number;
  readonly threePointPct: number;
  readonly freeThrowAttempts: number;
  readonly freeThrowPct: number;
  readonly offensiveRebounds: number;
  readonly totalRebounds: number;
  readonly assists: number;
  readonly steals: number;
  readonly blocks: number;
  readonly turnovers: number;
  readonly fouls: number;
  /** Share of games that the home team won. */
  readonly homeWinShare: number;
  /** Points a game of the scoring leader, and the highest usage rate of a qualified player. */
  readonly leadingScorer: number;
  readonly leadingUsage?: number;
}

/**
 * Rows "League Average" of the tables Per Game Stats and Advanced Stats of basketball-reference.com/leagues/
 * NBA_2022.html .. NBA_2025.html; leaders: their tables League Leaders. Home wins: "Is home-court advantage in the NBA's regular season dead?", Yahoo
 * Sports, January 2025 (54 % in each of these seasons but 2022-23, 58 %). 2025-26 was not over at the end of the
 * demo: it is played on the averages of the season before and compared with nothing.
 */
const published: Readonly<Record<number, LeagueAverages>> = {
  2021: {
    points: 110.6,
    pace: 98.2,
    offensiveRating: 112.0,
    fieldGoalAttempts: 88.1,
    fieldGoalPct: 0.461,
    threePointAttempts: 35.2,
    threePointPct: 0.354,
    freeThrowAttempts: 21.9,
    freeThrowPct: 0.775,
    offensiveRebounds: 10.3,
    totalRebounds: 44.5,
    assists: 24.6,
    steals: 7.6,
    blocks: 4.7,
    turnovers: 13.8,
    fouls: 19.6,
    homeWinShare: 0.54,
    leadingScorer: 30.6,
    leadingUsage: 0.374,
  },
  2022: {
    points: 114.7,
    pace: 99.2,
    offensiveRating: 114.8,
    fieldGoalAttempts: 88.3,
    fieldGoalPct: 0.475,
    threePointAttempts: 34.2,
    threePointPct: 0.361,
    freeThrowAttempts: 23.5,
    freeThrowPct: 0.782,
    offensiveRebounds: 10.4,
    totalRebounds: 43.4,
    assists: 25.3,
    steals: 7.3,
    blocks: 4.7,
    turnovers: 14.1,
    fouls: 20.0,
    homeWinShare: 0.58,
    leadingScorer: 33.1,
    leadingUsage: 0.388,
  },
  2023: {
    points: 114.2,
    pace: 98.5,
    offensiveRating: 115.3,
    fieldGoalAttempts: 88.9,
    fieldGoalPct: 0.474,
    threePointAttempts: 35.1,
    threePointPct: 0.366,
    freeThrowAttempts: 21.7,
    freeThrowPct: 0.784,
    offensiveRebounds: 10.6,
    totalRebounds: 43.5,
    assists: 26.7,
    steals: 7.5,
    blocks: 5.1,
    turnovers: 13.6,
    fouls: 18.7,
    homeWinShare: 0.54,
    leadingScorer: 33.9,
    leadingUsage: 0.36,
  },
  2024: {
    points: 113.8,
    pace: 98.8,
    offensiveRating: 114.5,
    fieldGoalAttempts: 89.2,
    fieldGoalPct: 0.467,
    threePointAttempts: 37.6,
    threePointPct: 0.36,
    freeThrowAttempts: 21.7,
    freeThrowPct: 0.78,
    offensiveRebounds: 11.1,
    totalRebounds: 44.1,
    assists: 26.5,
    steals: 8.2,
    blocks: 4.9,
    turnovers: 14.3,
    fouls: 18.6,
    homeWinShare: 0.54,
    leadingScorer: 32.7,
  },
};

/** The published averages of a season; undefined where there are none yet. */
export function publishedAverages(seasonYear: number): LeagueAverages | undefined {
  return published[seasonYear];
}

/** The averages a season is played on. */
export function averagesToPlay(seasonYear: number): LeagueAverages {
  return published[Math.min(seasonYear, 2024)]!;
}

/**
 * Zones: shares of 25,000 shots by NBA.com's zones (restricted area 29.5 %, rest of the paint 19.9 %, mid-range
 * 11.1 %) and points per mid-range shot (0.82), "Where the NBA actually shoots from",
 * nbaanalytic.com/articles/where-the-nba-actually-shoots-from.html.
 */
export const PUBLISHED_ZONES = { paintShare: 0.494, midRangeShare: 0.111, midRangePct: 0.41 } as const;

/** Share of games in overtime: 61 of 971 games of 2019-20, celticslife.com/2020/03, "Overtime & the 3FG". */
export const PUBLISHED_OVERTIME_SHARE = 61 / 971;
