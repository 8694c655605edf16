/** An as-of view: views/<name>.sql, the only kind of file that reads a table. */
export interface View {
  readonly name: string;
  /** The tables it reads, dataset and name; the first one is the table whose dates are its source dates. */
  readonly tables: readonly string[];
  /** Its column that holds the source date; null where rows belong to no date. */
  readonly dateColumn: string | null;
  /**
   * `date`: bounded by @first_target_date and @last_target_date; `history`: by @first_input_date and
   * @last_input_date; `undated`: no bound.
   */
  readonly scope: "date" | "history" | "undated";
}

/** Every view a processor may read. */
export const VIEWS: readonly View[] = [
  // Of D itself, known beforehand.
  {
    name: "fixtures",
    tables: ["nba_raw.schedule", "nba_raw.arenas"],
    dateColumn: "game_date",
    scope: "date",
  },
  {
    name: "lines",
    tables: ["nba_raw.game_lines", "nba_raw.schedule"],
    dateColumn: "game_date",
    scope: "date",
  },
  {
    name: "props",
    tables: ["nba_raw.player_props", "nba_raw.schedule"],
    dateColumn: "game_date",
    scope: "date",
  },
  {
    name: "named_in_props",
    tables: ["nba_raw.player_props", "nba_raw.schedule"],
    dateColumn: "game_date",
    scope: "date",
  },
  {
    name: "injuries",
    tables: ["nba_raw.injury_reports", "nba_raw.schedule"],
    dateColumn: "game_date",
    scope: "date",
  },
  {
    name: "rosters_of_date",
    tables: ["nba_raw.rosters", "nba_raw.schedule"],
    dateColumn: "as_of_date",
    scope: "date",
  },
  { name: "roster_snapshots", tables: ["nba_raw.rosters"], dateColumn: "as_of_date", scope: "history" },
  { name: "people", tables: ["nba_raw.players"], dateColumn: null, scope: "undated" },
  // Of earlier dates: results, and what the summaries made of them.
  {
    name: "results",
    tables: ["nba_raw.schedule", "nba_raw.arenas"],
    dateColumn: "game_date",
    scope: "history",
  },
  {
    name: "team_offense",
    tables: ["nba_analytics.team_offense_game_summary"],
    dateColumn: "game_date",
    scope: "history",
  },
  {
    name: "team_defense",
    tables: ["nba_analytics.team_defense_game_summary"],
    dateColumn: "game_date",
    scope: "history",
  },
  {
    name: "player_games",
    tables: ["nba_analytics.player_game_summary"],
    dateColumn: "game_date",
    scope: "history",
  },
  {
    name: "player_points",
    tables: ["nba_analytics.player_game_summary"],
    dateColumn: "game_date",
    scope: "history",
  },
  {
    name: "player_names",
    tables: ["nba_analytics.player_game_summary"],
    dateColumn: "game_date",
    scope: "history",
  },
  {
    name: "player_zones",
    tables: ["nba_analytics.player_game_summary"],
    dateColumn: "game_date",
    scope: "history",
  },
  {
    name: "player_listings",
    tables: ["nba_analytics.player_game_summary"],
    dateColumn: "game_date",
    scope: "history",
  },
  // Of D itself, for the summaries that describe its games.
  {
    name: "finals_of_date",
    tables: ["nba_raw.schedule"],
    dateColumn: "game_date",
    scope: "date",
  },
  { name: "player_boxes", tables: ["nba_raw.player_boxscores"], dateColumn: "game_date", scope: "date" },
  { name: "team_boxes", tables: ["nba_raw.team_boxscores"], dateColumn: "game_date", scope: "date" },
  { name: "shots_by_player", tables: ["nba_raw.shots"], dateColumn: "game_date", scope: "date" },
  { name: "coverage_of_shots", tables: ["nba_raw.shot_coverage"], dateColumn: "game_date", scope: "date" },
  {
    name: "closing_props",
    tables: ["nba_raw.player_props", "nba_raw.schedule"],
    dateColumn: "game_date",
    scope: "date",
  },
  // Of D itself, computed by the processors before.
  {
    name: "team_context",
    tables: ["nba_analytics.upcoming_team_game_context"],
    dateColumn: "game_date",
    scope: "date",
  },
  {
    name: "player_context",
    tables: ["nba_analytics.upcoming_player_game_context"],
    dateColumn: "game_date",
    scope: "date",
  },
  {
    name: "team_zones",
    tables: ["nba_precompute.team_defense_zone_analysis"],
    dateColumn: "game_date",
    scope: "date",
  },
  {
    name: "player_zone_profile",
    tables: ["nba_precompute.player_shot_zone_analysis"],
    dateColumn: "game_date",
    scope: "date",
  },
  {
    name: "composite_factors",
    tables: ["nba_precompute.player_composite_factors"],
    dateColumn: "game_date",
    scope: "date",
  },
];

const BY_NAME = new Map(VIEWS.map((view) => [view.name, view]));

export function viewNamed(name: string): View {
  const view = BY_NAME.get(name);
  if (!view) throw new Error(`no view ${name} in src/processors/views.ts`);
  return view;
}
