import type { Processor } from "../../processor.ts";
import { OF_THE_SCHEDULE } from "../../references.ts";
import { teamOffenseGameSummary } from "../team_offense_game_summary/processor.ts";

export const teamDefenseGameSummary: Processor = {
  name: "team_defense_game_summary",
  phase: 3,
  kind: "summary",
  table: "nba_analytics.team_defense_game_summary",
  folder: "analytics/team_defense_game_summary",
  inputs: teamOffenseGameSummary.inputs,
  readers: teamOffenseGameSummary.readers,
  staged: [],
  rowChecks: [
    {
      name: "makes_within_attempts",
      severity: "block",
      sql: "opponent_fgm <= opponent_fga AND opponent_fg3m <= opponent_fg3a",
    },
    {
      name: "zone_makes_within_attempts",
      severity: "block",
      sql: "opponent_paint_fgm <= opponent_paint_fga AND opponent_three_fgm <= opponent_three_fga",
    },
    { name: "defensive_rating_within_bounds", severity: "block", sql: "defensive_rating BETWEEN 40 AND 250" },
  ],
  references: [OF_THE_SCHEDULE],
  teamTotals: [],
  profiled: [
    "points_allowed",
    "opponent_fga",
    "dreb",
    "turnovers_forced",
    "steals",
    "blocks",
    "defensive_rating",
  ],
};
