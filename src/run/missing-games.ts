import type { Calendar } from "../calendar.ts";
import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { viewNamed } from "../processors/views.ts";
import type { Reader } from "../warehouse/warehouse.ts";

interface Game {
  readonly game_id: string;
  readonly game_date: GameDate;
  readonly season_year: number;
}

/**
 * Official final games without rows in the summaries that a processor looks back on: what the windows of its rows
 * lack. Gives, for a date, the games of its season before it.
 */
export async function missingGamesBefore(
  reader: Reader,
  processor: Processor,
  calendar: Calendar,
): Promise<(date: GameDate) => readonly string[]> {
  const summaries = new Set(
    processor.inputs
      .filter(({ window }) => window !== "date")
      .flatMap(({ view }) => viewNamed(view).tables)
      .filter((table) => table.endsWith("_game_summary")),
  );
  const games: Game[] = [];
  for (const table of summaries) {
    games.push(
      ...(await reader.read<Game & { [column: string]: string | number }>(
        `SELECT schedule.game_id AS game_id, schedule.game_date AS game_date, schedule.season_year AS season_year
         FROM nba_raw.schedule AS schedule
         LEFT JOIN (SELECT DISTINCT game_id FROM ${table}) AS held ON held.game_id = schedule.game_id
         WHERE schedule.status = 'final' AND held.game_id IS NULL
           AND schedule.season_type IN ('regular', 'cup_final', 'play_in', 'playoffs')
         ORDER BY schedule.game_id`,
      )),
    );
  }
  return (date) => {
    const seasonYear = calendar.get(date)?.seasonYear;
    const before = games.filter((game) => game.season_year === seasonYear && game.game_date < date);
    return [...new Set(before.map((game) => game.game_id))];
  };
}
