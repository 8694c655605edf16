import type { Processor } from "../../processor.ts";

export const playerGameSummary: Processor = {
  name: "player_game_summary",
  phase: 3,
  kind: "summary",
  table: "nba_analytics.player_game_summary",
  folder: "analytics/player_game_summary",
  inputs: [
    { view: "fixtures", window: "date" },
    { view: "finals_of_date", window: "date" },
    { view: "player_boxes", window: "date" },
    { view: "team_boxes", window: "date" },
    { view: "shots_by_player", window: "date" },
    { view: "coverage_of_shots", window: "date" },
    { view: "closing_props", window: "date" },
  ],
  readers: ["finals", "zone_games", "complete_boxes"],
  rowChecks: [
    {
      name: "makes_within_attempts",
      severity: "block",
      sql: "fgm <= fga AND fg3m <= fg3a AND ftm <= fta AND fg3m <= fgm",
    },
    { name: "points_from_makes", severity: "block", sql: "pts = 2 * fgm + fg3m + ftm" },
    {
      name: "no_statistics_without_playing",
      severity: "block",
      sql: "played OR (seconds = 0 AND pts IS NULL)",
    },
    {
      name: "zones_within_attempts",
      severity: "warn",
      sql: "ABS(paint_fga + mid_range_fga + three_fga - fga) <= 4",
    },
    { name: "usage_within_bounds", severity: "warn", sql: "usage_rate BETWEEN 0 AND 1.5e0" },
  ],
};
