import type { Processor } from "../../processor.ts";
import { OF_THE_SCHEDULE, OPPONENT_HAS_ZONES, PLAYER_HAS_CONTEXT } from "../../references.ts";

export const playerCompositeFactors: Processor = {
  name: "player_composite_factors",
  phase: 4,
  kind: "asof",
  table: "nba_precompute.player_composite_factors",
  folder: "precompute/player_composite_factors",
  inputs: [
    { view: "player_context", window: "date" },
    { view: "team_zones", window: "date" },
    { view: "player_zone_profile", window: "date" },
  ],
  readers: [],
  staged: [],
  rowChecks: [
    {
      name: "scores_within_clamps",
      severity: "block",
      sql: "fatigue_score BETWEEN 0 AND 100 AND shot_zone_mismatch_score BETWEEN -10 AND 10 AND pace_score BETWEEN -3 AND 3 AND usage_spike_score BETWEEN -3 AND 3",
    },
    {
      name: "total_of_known_parts",
      severity: "block",
      sql: "(total_composite_adjustment IS NULL) = (fatigue_score IS NULL OR shot_zone_mismatch_score IS NULL OR pace_score IS NULL OR usage_spike_score IS NULL)",
    },
  ],
  references: [
    OF_THE_SCHEDULE,
    PLAYER_HAS_CONTEXT,
    {
      name: "player_has_zones",
      severity: "warn",
      table: "nba_precompute.player_shot_zone_analysis",
      columns: { game_date: "game_date", player_id: "player_id" },
    },
    OPPONENT_HAS_ZONES,
  ],
  teamTotals: [],
  profiled: ["fatigue_score", "pace_score", "usage_spike_score", "total_composite_adjustment"],
};
