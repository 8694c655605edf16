import type { LeagueAverages } from "./league-averages.ts";
import type { Random } from "./random.ts";
import { type ByZone, byZone, MID_RANGE, PAINT, THREE } from "./shot-location.ts";

/** The kind of game changes its pace and shooting a little. */
export interface GameKind {
  readonly seasonYear: number;
  readonly postseason: boolean;
}

/** The rates a game is played at: a season's averages, turned into chances of what happens next. */
export interface Conditions {
  /** Half the mean length of a first attempt, in seconds. */
  readonly halfLength: number;
  readonly turnover: number;
  readonly freeThrows: number;
  /** Factors on the weights of the zones. */
  readonly zones: ByZone;
  readonly shooting: ByZone;
  readonly freeThrowPct: number;
  readonly offensiveRebound: number;
  readonly assist: ByZone;
  readonly block: ByZone;
  readonly steal: number;
  readonly commonFoul: number;
  /** End-of-quarter heaves count for the team alone. */
  readonly teamHeaves: boolean;
}

/** Factors that bring what comes out, measured over whole leagues, to the published averages that go in. */
const tuning = {
  lengthPerPace: 1391,
  turnover: 0.975,
  freeThrows: 0.435,
  shooting: [0.004, 0.005, 0.005],
  offensiveRebound: 0.908,
} as const;

/** How much more often than any make a make of the zone is assisted, and than any miss a miss is blocked. */
const assistedMore: ByZone = [0.85, 0.75, 1.36];
const blockedMore: ByZone = [1.39, 0.56, 0.13];

export function conditionsOf(
  season: LeagueAverages,
  kind: GameKind,
  tempo: number,
  random: Random,
): Conditions {
  const pace = Math.exp(tempo + random.normal(0, 0.028)) * (kind.postseason ? 0.965 : 1);
  const attempts = season.pace + season.offensiveRebounds;
  const twoPct =
    (season.fieldGoalPct * season.fieldGoalAttempts - season.threePointPct * season.threePointAttempts) /
    (season.fieldGoalAttempts - season.threePointAttempts);
  const three = season.threePointAttempts / season.fieldGoalAttempts;
  const makes = season.fieldGoalAttempts * season.fieldGoalPct;
  const misses = season.fieldGoalAttempts - makes;
  const tough = kind.postseason ? -0.012 : 0;
  return {
    halfLength: tuning.lengthPerPace / season.pace / pace,
    turnover: (tuning.turnover * (season.turnovers - 0.7)) / attempts,
    freeThrows: (tuning.freeThrows * season.freeThrowAttempts) / attempts,
    zones: [1, 1, three / (1 - three) / (0.4 / 0.6)],
    shooting: [
      twoPct + 0.03 + tuning.shooting[PAINT] + tough,
      0.41 + tuning.shooting[MID_RANGE] + tough,
      season.threePointPct + tuning.shooting[THREE] + tough,
    ],
    freeThrowPct: season.freeThrowPct,
    offensiveRebound: (tuning.offensiveRebound * season.offensiveRebounds) / season.totalRebounds,
    assist: byZone((zone) => (assistedMore[zone] * season.assists) / makes),
    block: byZone((zone) => (blockedMore[zone] * season.blocks) / misses),
    steal: season.steals / (season.turnovers - 0.7),
    commonFoul: (season.fouls - 0.6 * season.freeThrowAttempts) / season.pace,
    teamHeaves: kind.seasonYear >= 2025,
  };
}
