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
