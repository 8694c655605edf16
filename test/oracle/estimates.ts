import type { GameDate } from "../../src/dates.ts";
import { ratio } from "./arithmetic.ts";
import { finalsBefore, type History, seasonOn, summariesOf } from "./history.ts";
import { type Raw, rowsOf } from "./raw.ts";

/** Makes in attempts: points in possessions, possessions in minutes, field goals in shots. */
export interface Tally {
  readonly made: number;
  readonly tried: number;
}

const NOTHING: Tally = { made: 0, tried: 0 };

export function tally<T>(rows: readonly T[], of: (row: T) => Tally): Tally {
  let made = 0;
  let tried = 0;
  for (const row of rows) {
    const one = of(row);
    made += one.made;
    tried += one.tried;
  }
  return { made, tried };
}

/** The previous regular season weighs as much as 150 of its team-games. */
export function leagueBaseline(current: Tally, previous: Tally, previousTeamGames: number): number | null {
  const weight = previousTeamGames > 0 ? 150 / previousTeamGames : 0;
  return ratio(current.made + weight * previous.made, current.tried + weight * previous.tried);
}

/** The entity's rate last season, drawn to the league's by j attempts; `prior = L` where j is absent. */
export function priorOf(previous: Tally, league: number | null, j: number | undefined): number | null {
  if (league === null) return ratio(previous.made, previous.tried);
  if (j === undefined) return league;
  return (previous.made + j * league) / (previous.tried + j);
}

/** The rate over the window, drawn to the prior by k attempts; the raw rate where there is no prior. */
export function shrunk(window: Tally, prior: number | null, k: number): number | null {
  if (prior === null) return ratio(window.made, window.tried);
  return (window.made + k * prior) / (window.tried + k);
}

type Measured = {
  possessions_e4: number | null;
  opponent_possessions_e4: number | null;
  minutes: number | null;
  pts: number;
  opponent_pts: number;
};

/** 100 x points over possessions. */
function scored(row: Measured): Tally {
  return row.possessions_e4 === null ? NOTHING : { made: 100 * row.pts, tried: row.possessions_e4 / 1e4 };
}

function allowed(row: Measured): Tally {
  return row.opponent_possessions_e4 === null
    ? NOTHING
    : { made: 100 * row.opponent_pts, tried: row.opponent_possessions_e4 / 1e4 };
}

/** 48 x the mean of both teams' possessions over game minutes. */
function paced(row: Measured): Tally {
  if (row.possessions_e4 === null || row.opponent_possessions_e4 === null || row.minutes === null)
    return NOTHING;
  return {
    made: (48 * (row.possessions_e4 + row.opponent_possessions_e4)) / 2 / 1e4,
    tried: row.minutes / 5,
  };
}

const RATES = [
  { name: "offensive", of: scored, k: 1200, j: 8200 },
  { name: "defensive", of: allowed, k: 1500, j: 8200 },
  { name: "pace", of: paced, k: 384, j: 3936 },
] as const;

export interface TeamEstimates {
  readonly offensive: number | null;
  readonly defensive: number | null;
  readonly pace: number | null;
}

export interface LeagueEstimates {
  readonly leaguePace: number | null;
  readonly of: (team: string) => TeamEstimates;
}

/** Ratings and pace of any team as of D, over its last 15 finals; UTGC, UPGC and TDZA all publish these. */
export function teamEstimates(visible: Raw, history: History, date: GameDate): LeagueEstimates {
  const season = seasonOn(visible, date)!;
  const current = rowsOf(history.offense, "season_year", season);
  const previous = rowsOf(history.offense, "season_year", season - 1).filter(
    (row) => row.season_type === "regular",
  );
  const baselines = RATES.map((rate) =>
    leagueBaseline(
      tally(current, rate.of),
      tally(previous, rate.of),
      previous.filter((row) => rate.of(row).tried > 0).length,
    ),
  );
  const estimateOf = (team: string, index: number): number | null => {
    const rate = RATES[index]!;
    const window = summariesOf(history, team, finalsBefore(visible, team, season).slice(-15)).offense;
    const before = previous.filter((row) => row.team === team);
    return shrunk(tally(window, rate.of), priorOf(tally(before, rate.of), baselines[index]!, rate.j), rate.k);
  };
  return {
    leaguePace: baselines[2]!,
    of: (team) => ({
      offensive: estimateOf(team, 0),
      defensive: estimateOf(team, 1),
      pace: estimateOf(team, 2),
    }),
  };
}
