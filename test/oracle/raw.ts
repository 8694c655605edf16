import type { GameDate } from "../../src/dates.ts";

/** The raw rows the oracle reads, as plain objects: dates YYYY-MM-DD, instants ISO in UTC. */
export interface Raw {
  readonly schedule: readonly ScheduledGame[];
  readonly player_boxscores: readonly PlayerBox[];
  readonly team_boxscores: readonly TeamBox[];
  readonly shots: readonly Shot[];
  readonly shot_coverage: readonly ShotCoverage[];
  readonly game_lines: readonly GameLine[];
  readonly player_props: readonly PlayerProp[];
  readonly injury_reports: readonly InjuryRow[];
  readonly rosters: readonly RosterRow[];
  readonly players: readonly Player[];
  readonly arenas: readonly Arena[];
}

export type ScheduledGame = {
  game_id: string;
  season_year: number;
  season_type: string;
  game_date: GameDate;
  asof_cutoff_at: string;
  home_team: string;
  away_team: string;
  neutral_site: boolean;
  status: string;
  home_score: number | null;
  away_score: number | null;
  arena_id: string | null;
};

export const COUNTING_STATS = [
  "fgm",
  "fga",
  "fg3m",
  "fg3a",
  "ftm",
  "fta",
  "oreb",
  "dreb",
  "ast",
  "stl",
  "blk",
  "tov",
  "pf",
  "pts",
] as const;
type CountingStat = (typeof COUNTING_STATS)[number];

export type PlayerBox = {
  game_id: string;
  player_id: string;
  game_date: GameDate;
  player_name: string | null;
  team: string;
  starter: boolean | null;
  status: string;
  dnp_reason: string | null;
  lists_nonplayers: boolean;
  seconds: number;
  plus_minus: number | null;
} & { [stat in CountingStat]: number | null };

export type TeamBox = {
  game_id: string;
  team: string;
  game_date: GameDate;
  minutes: number | null;
  team_fga: number | null;
} & { [stat in CountingStat]: number };

export type Shot = {
  game_id: string;
  game_date: GameDate;
  player_id: string;
  team: string;
  made: boolean;
  zone: string;
  zone_method: string;
  assist_player_id: string | null;
  block_player_id: string | null;
};

export type ShotCoverage = {
  game_id: string;
  game_date: GameDate;
  has_assists: boolean;
  has_blocks: boolean;
};

export type GameLine = {
  game_id: string;
  game_date: GameDate;
  bookmaker: string;
  market: string;
  side: string;
  snapshot_key: string;
  snapshot_at: string | null;
  snapshot_kind: string;
  point: number | null;
  price: number | null;
};

export type PlayerProp = {
  game_id: string;
  game_date: GameDate;
  player_id: string;
  player_name: string | null;
  bookmaker: string;
  market: string;
  snapshot_at: string | null;
  snapshot_kind: string;
  team: string | null;
  line: number;
  over_price: number | null;
  under_price: number | null;
};

export type InjuryRow = {
  game_date: GameDate;
  team: string;
  player_id: string;
  player_name: string | null;
  reported_at: string;
  status: string;
  reason_category: string | null;
};

export type RosterRow = {
  team: string;
  player_id: string;
  player_name: string | null;
  as_of_at: string;
  as_of_date: GameDate;
};

export type Player = { player_id: string; player_name: string | null; birth_date: GameDate | null };

export type Arena = {
  arena_id: string;
  team: string;
  role: string;
  first_season_year: number | null;
  last_season_year: number | null;
  latitude: number;
  longitude: number;
  time_zone: string;
  altitude_feet: number;
};

const OFFICIAL = ["regular", "cup_final", "play_in", "playoffs"];

export function isOfficial(game: ScheduledGame): boolean {
  return OFFICIAL.includes(game.season_type);
}

export function byDateAndGame(
  a: { game_date: string; game_id: string },
  b: { game_date: string; game_id: string },
): number {
  return a.game_date === b.game_date
    ? compareText(a.game_id, b.game_id)
    : compareText(a.game_date, b.game_date);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const indexes = new WeakMap<object, Map<string, Map<unknown, object[]>>>();

/** The rows whose column has that value, in their order; an index per list and column is made on first use. */
export function rowsOf<T extends object>(
  rows: readonly T[],
  column: keyof T & string,
  value: unknown,
): readonly T[] {
  const columns = indexes.get(rows) ?? new Map<string, Map<unknown, object[]>>();
  indexes.set(rows, columns);
  const index = columns.get(column) ?? Map.groupBy<unknown, object>(rows, (row) => (row as T)[column]);
  columns.set(column, index);
  return (index.get(value) ?? []) as T[];
}
