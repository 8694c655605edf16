import type { Processor } from "../../processor.ts";
import { OF_THE_SCHEDULE, OPPONENT_HAS_ZONES, PLAYER_HAS_CONTEXT } from "../../references.ts";

export const mlFeatureStore: Processor = {
  name: "ml_feature_store",
  phase: 4,
  kind: "asof",
  table: "nba_precompute.ml_feature_store",
  folder: "precompute/ml_feature_store",
  inputs: [
    { view: "player_context", window: "date" },
    { view: "team_context", window: "date" },
    { view: "team_zones", window: "date" },
    { view: "player_zone_profile", window: "date" },
    { view: "composite_factors", window: "date" },
    { view: "player_games", window: "season" },
    { view: "player_points", window: "two_seasons" },
  ],
  readers: ["played_games", "feature_form", "decided_lines", "below_mean_streaks", "last_season_points"],
  staged: [],
  rowChecks: [
    { name: "quality_is_a_percentage", severity: "block", sql: "feature_quality_score BETWEEN 0 AND 100" },
    {
      name: "ready_means_complete",
      severity: "block",
      sql: "NOT is_training_ready OR (feature_quality_score = 100 AND played_games_season > 0)",
    },
    {
      name: "rates_are_fractions",
      severity: "block",
      sql: "over_rate_last_10 BETWEEN 0 AND 1 AND three_point_attempt_rate_last_10 BETWEEN 0 AND 1 AND free_throw_points_share_last_10 BETWEEN 0 AND 1",
    },
    {
      name: "zone_shares_sum_to_1",
      severity: "block",
      sql: "ABS(paint_share + mid_range_share + three_share - 1) < 1e-6",
    },
    { name: "points_estimate_plausible", severity: "warn", sql: "points_estimate BETWEEN 0 AND 50" },
  ],
  references: [
    OF_THE_SCHEDULE,
    PLAYER_HAS_CONTEXT,
    {
      name: "player_has_factors",
      severity: "warn",
      table: "nba_precompute.player_composite_factors",
      columns: { game_id: "game_id", player_id: "player_id" },
    },
    {
      name: "team_has_context",
      severity: "warn",
      table: "nba_analytics.upcoming_team_game_context",
      columns: { game_id: "game_id", team: "team" },
    },
    OPPONENT_HAS_ZONES,
  ],
  teamTotals: [],
  profiled: [
    "points_mean_last_10",
    "points_estimate",
    "fatigue_score",
    "opponent_defensive_rating",
    "team_pace",
    "minutes_mean_last_10",
    "usage_rate_season",
    "feature_quality_score",
  ],
};
