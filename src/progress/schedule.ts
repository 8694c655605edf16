import { Calendar, OFFICIAL_SEASON_TYPES } from "../calendar.ts";
import type { GameDate } from "../dates.ts";
import type { Reader } from "../warehouse/warehouse.ts";

const official = OFFICIAL_SEASON_TYPES.map((type) => `'${type}'`).join(", ");

/** The official game dates of the schedule: dates with at least one game that is neither postponed nor cancelled. */
export async function readCalendar(reader: Reader): Promise<Calendar> {
  const rows = await reader.read<{ date: string; season_year: number; season_type: string; games: number }>(
    `SELECT game_date AS date, MIN(season_year) AS season_year, MAX(season_type) AS season_type, COUNT(*) AS games
     FROM nba_raw.schedule
     WHERE season_type IN (${official}) AND status NOT IN ('postponed', 'cancelled')
     GROUP BY game_date`,
  );
  return new Calendar(
    rows.map((row) => ({
      date: row.date as GameDate,
      seasonYear: row.season_year,
      seasonType: row.season_type,
      games: row.games,
    })),
  );
}
