import type { ProcessorName } from "../../src/processors/processor.ts";

/** Dates by processor. */
export type Dates = Partial<Record<ProcessorName, readonly string[]>>;

/** Of the hand-worked league after 2022-06-01: later in its season, in the next, and in the third within 365 days. */
export const later = ["2022-06-02", "2022-06-11", "2022-06-12"];
export const next = ["2022-10-20", "2022-10-21"];
const withinYear = ["2023-05-28", "2023-06-01"];

/**
 * What rests on a changed player summary of 2022-06-01: its season's listings for teams, two seasons or 365 days for
 * players.
 */
export const afterPlayers: Dates = {
  upcoming_team_game_context: later,
  upcoming_player_game_context: [...later, ...next, ...withinYear],
  player_shot_zone_analysis: [...later, ...next],
  player_composite_factors: [...later, ...next, ...withinYear],
  ml_feature_store: [...later, ...next, ...withinYear],
};
