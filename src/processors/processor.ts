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

/** A contract of a single row: a boolean SQL expression over the table's columns that must not be FALSE. */
export interface RowCheck {
  readonly name: string;
  readonly severity: "block" | "warn";
  readonly sql: string;
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
  readonly rowChecks: readonly RowCheck[];
  /** Folder of query.sql and README.md, relative to src/processors. */
  readonly folder: string;
}
