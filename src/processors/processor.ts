/** The nine, in dependency order. */
export const PROCESSOR_NAMES = [
  "player_game_summary",
  "team_offense_game_summary",
  "team_defense_game_summary",
  "upcoming_team_game_context",
  "upcoming_player_game_context",
  "team_defense_zone_analysis",
  "player_shot_zone_analysis",
  "player_composite_factors",
  "ml_feature_store",
] as const;

export type ProcessorName = (typeof PROCESSOR_NAMES)[number];

/**
 * Which source dates a partition of date D reads from a view.
 * - `date`: D itself
 * - `season`: the first date of D's season up to D-1
 * - `two_seasons`: the first date of the season before up to D-1
 * - `days_365`: D-365 up to D-1
 * - `days_10`: D-10 up to D-1
 * - `undated`: rows that belong to no date
 */
export type Window = "date" | "season" | "two_seasons" | "days_365" | "days_10" | "undated";

/** A named as-of view (views/<view>.sql) and the window of source dates that is read from it. */
export interface Input {
  readonly view: string;
  readonly window: Window;
}

/** What a failing check does: `block` keeps rows out of the table, `warn` is recorded. */
export type Severity = "block" | "warn";

/**
 * A contract of a single row: a boolean SQL expression over the table's columns that must not be FALSE. A row that
 * breaks one that blocks is set aside.
 */
export interface RowCheck {
  readonly name: string;
  readonly severity: Severity;
  readonly sql: string;
}

/** A foreign key: another table holds a row for each of ours. A broken one that blocks fails the partition. */
export interface Reference {
  readonly name: string;
  readonly severity: Severity;
  readonly table: string;
  /** Our columns to theirs; a row with a NULL among ours refers to nothing. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Sums over the rows of a team and game against the team's box score. */
export interface TeamTotal {
  readonly name: string;
  readonly severity: "warn";
  /** Our columns to expressions over nba_raw.team_boxscores. */
  readonly sums: Readonly<Record<string, string>>;
  /** Largest difference, as a share of the team's number. */
  readonly tolerance: number;
}

export interface Processor {
  readonly name: ProcessorName;
  readonly phase: 3 | 4;
  /** A summary describes the games of its date; an as-of table what was known before them. */
  readonly kind: "summary" | "asof";
  /** The table it fills, dataset and name. */
  readonly table: string;
  /** As-of views it reads, with their windows: planning, staleness and lineage all use this list. */
  readonly inputs: readonly Input[];
  /** Shared CTEs of readers/, in the order in which they stand before the query. */
  readonly readers: readonly string[];
  /** Of these, what its query and its expected keys both need and is dear: a run computes it once for both. */
  readonly staged: readonly string[];
  readonly rowChecks: readonly RowCheck[];
  readonly references: readonly Reference[];
  readonly teamTotals: readonly TeamTotal[];
  /** Columns whose mean and shares of NULL and 0 are compared with the dates before; of no optional source. */
  readonly profiled: readonly string[];
  /** Folder of query.sql and README.md, relative to src/processors. */
  readonly folder: string;
}
