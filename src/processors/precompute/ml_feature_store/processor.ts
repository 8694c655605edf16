import type { Processor } from "../../processor.ts";

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
    { name: "points_estimate_plausible", severity: "warn", sql: "points_estimate BETWEEN 0 AND 50" },
  ],
};
