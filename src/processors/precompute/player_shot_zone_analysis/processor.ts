import type { Processor } from "../../processor.ts";

const ZONES = ["paint", "mid_range", "three"] as const;
const WINDOWS = ["last_10", "last_20"] as const;

export const playerShotZoneAnalysis: Processor = {
  name: "player_shot_zone_analysis",
  phase: 4,
  kind: "asof",
  table: "nba_precompute.player_shot_zone_analysis",
  folder: "precompute/player_shot_zone_analysis",
  inputs: [
    { view: "fixtures", window: "date" },
    { view: "named_in_props", window: "date" },
    { view: "injuries", window: "date" },
    { view: "rosters_of_date", window: "date" },
    { view: "roster_snapshots", window: "days_10" },
    // A game that comes late to the season before tells of it here alone, until its summary is there.
    { view: "results", window: "two_seasons" },
    { view: "player_listings", window: "two_seasons" },
    { view: "player_zones", window: "two_seasons" },
  ],
  readers: [
    "target_seasons",
    "team_fixtures",
    "team_results",
    "team_days",
    "player_season_before",
    "numbered_listings",
    "latest_listings",
    "last_season_listings",
    "snapshot_members",
    "roster",
    "shrinkage",
    "zone_attempts",
    "zone_windows",
    "last_season_zones",
    "league_shots",
  ],
  staged: ["roster"],
  rowChecks: [
    {
      name: "zone_shares_sum_to_1",
      severity: "block",
      sql: [...WINDOWS, "estimate"]
        .map((window) => `ABS(${ZONES.map((zone) => `${zone}_share_${window}`).join(" + ")} - 1) < 1e-6`)
        .join(" AND "),
    },
    {
      name: "percentages_are_fractions",
      severity: "block",
      sql: ZONES.flatMap((zone) =>
        [...WINDOWS, "estimate"].map((window) => `${zone}_pct_${window} BETWEEN 0 AND 1`),
      )
        .concat(WINDOWS.map((window) => `assisted_share_${window} BETWEEN 0 AND 1`))
        .join(" AND "),
    },
    {
      name: "zones_within_sample",
      severity: "block",
      sql: "games_with_zones_last_10 <= games_in_sample_last_10 AND games_with_zones_last_20 <= games_in_sample_last_20",
    },
    {
      name: "window_within_expected",
      severity: "block",
      sql: "window_games_found BETWEEN 0 AND window_games_expected",
    },
  ],
  references: [],
  teamTotals: [],
  profiled: [
    "paint_share_estimate",
    "three_share_estimate",
    "paint_pct_estimate",
    "three_pct_estimate",
    "attempts_per_game_last_20",
  ],
};
