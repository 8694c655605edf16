import type { Reference } from "./processor.ts";

/** Every table with games has them from the schedule. */
export const OF_THE_SCHEDULE: Reference = {
  name: "game_of_schedule",
  severity: "block",
  table: "nba_raw.schedule",
  columns: {
    game_id: "game_id",
    game_date: "game_date",
    season_year: "season_year",
    season_type: "season_type",
  },
};

/** A row per game and player stands on the context of the same. */
export const PLAYER_HAS_CONTEXT: Reference = {
  name: "player_has_context",
  severity: "block",
  table: "nba_analytics.upcoming_player_game_context",
  columns: { game_id: "game_id", player_id: "player_id" },
};

/** A matchup stands on the opponent's zones, whose rows may be set aside. */
export const OPPONENT_HAS_ZONES: Reference = {
  name: "opponent_has_zones",
  severity: "warn",
  table: "nba_precompute.team_defense_zone_analysis",
  columns: { game_date: "game_date", opponent: "team" },
};
