import type { Processor } from "../../processor.ts";

const shares = (suffix: string) =>
  `ABS(paint_share_allowed_${suffix} + mid_range_share_allowed_${suffix} + three_share_allowed_${suffix} - 1) < 1e-6`;

export const teamDefenseZoneAnalysis: Processor = {
  name: "team_defense_zone_analysis",
  phase: 4,
  kind: "asof",
  table: "nba_precompute.team_defense_zone_analysis",
  folder: "precompute/team_defense_zone_analysis",
  inputs: [
    { view: "fixtures", window: "date" },
    { view: "results", window: "two_seasons" },
    { view: "team_offense", window: "two_seasons" },
    { view: "team_defense", window: "two_seasons" },
  ],
  readers: [
    "target_seasons",
    "team_fixtures",
    "team_results",
    "team_targets",
    "team_samples",
    "shrinkage",
    "team_estimates",
    "zones_allowed",
  ],
  staged: [],
  rowChecks: [
    {
      name: "zone_shares_sum_to_1",
      severity: "block",
      sql: `${shares("last_15")} AND ${shares("estimate")}`,
    },
    {
      name: "percentages_are_fractions",
      severity: "block",
      sql: ["paint", "mid_range", "three"]
        .flatMap((zone) => [
          `${zone}_pct_allowed_last_15`,
          `${zone}_pct_allowed_estimate`,
          `league_${zone}_pct`,
        ])
        .map((column) => `${column} BETWEEN 0 AND 1`)
        .join(" AND "),
    },
    {
      name: "window_found_within_expected",
      severity: "block",
      sql: "games_with_zones BETWEEN 0 AND games_in_sample AND window_games_found BETWEEN 0 AND games_in_sample AND games_in_sample <= window_games_expected AND window_games_expected <= 15",
    },
    {
      name: "estimates_plausible",
      severity: "warn",
      sql: "defensive_rating_estimate BETWEEN 80 AND 150 AND pace_estimate BETWEEN 80 AND 130 AND paint_pct_allowed_estimate BETWEEN 0.4e0 AND 0.75e0 AND mid_range_pct_allowed_estimate BETWEEN 0.3e0 AND 0.55e0 AND three_pct_allowed_estimate BETWEEN 0.25e0 AND 0.5e0",
    },
  ],
  references: [],
  teamTotals: [],
  profiled: [
    "paint_pct_allowed_estimate",
    "three_pct_allowed_estimate",
    "paint_share_allowed_estimate",
    "defensive_rating_estimate",
    "pace_estimate",
    "points_allowed_per_game_last_15",
  ],
};
