import type { Processor } from "../../processor.ts";
import { OF_THE_SCHEDULE } from "../../references.ts";

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
  readers: ["finals", "shots_by_team", "zone_games", "complete_boxes"],
  staged: [],
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
      name: "statistics_within_bounds",
      severity: "block",
      sql: "seconds BETWEEN 0 AND 6000 AND fgm >= 0 AND fg3m >= 0 AND ftm >= 0 AND pts BETWEEN 0 AND 150 AND reb BETWEEN 0 AND 70 AND ast BETWEEN 0 AND 50 AND stl BETWEEN 0 AND 20 AND blk BETWEEN 0 AND 25 AND tov BETWEEN 0 AND 25 AND pf BETWEEN 0 AND 10",
    },
    {
      name: "zones_within_attempts",
      severity: "warn",
      sql: "ABS(paint_fga + mid_range_fga + three_fga - fga) <= 4",
    },
    { name: "usage_within_bounds", severity: "warn", sql: "usage_rate BETWEEN 0 AND 1.5e0" },
  ],
  references: [
    OF_THE_SCHEDULE,
    {
      name: "team_has_box_score",
      severity: "warn",
      table: "nba_raw.team_boxscores",
      columns: { game_id: "game_id", team: "team" },
    },
  ],
  teamTotals: [
    { name: "points_sum_to_team", severity: "warn", sums: { pts: "pts" }, tolerance: 0 },
    {
      name: "counts_sum_to_team",
      severity: "warn",
      sums: Object.fromEntries(
        ["fgm", "fga", "fg3m", "fg3a", "ftm", "fta", "ast", "stl", "blk"].map((stat) => [stat, stat]),
      ),
      tolerance: 0,
    },
    { name: "seconds_sum_to_team", severity: "warn", sums: { seconds: "minutes * 60" }, tolerance: 0.05 },
  ],
  profiled: ["seconds", "pts", "fga", "reb", "ast", "tov", "ts_pct", "usage_rate"],
};
