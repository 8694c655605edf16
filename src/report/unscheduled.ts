import { counted } from "../counted.ts";
import type { GameDate } from "../dates.ts";
import type { RawGame } from "../progress/raw-findings.ts";

/** Raw games that the schedule lacks; null where another process holds the file and nobody could look. */
export type Unscheduled = { readonly games: number; readonly dates: readonly GameDate[] } | null;

/** The shape of `unscheduled` in `status --json` and `monitor --json`. */
export function unscheduledOf(held: readonly RawGame[] | null): Unscheduled {
  return (
    held && {
      games: new Set(held.map(({ game_id }) => game_id)).size,
      dates: [...new Set(held.map(({ game_date }) => game_date))].sort(),
    }
  );
}

/** The line of a report that names them in sum, and what mends it; none where there are none. */
export function unscheduledLines(found: Unscheduled, scheduledDates: number): string[] {
  if (scheduledDates === 0) return [`${emptySchedule(found)}: ${WITH_SCHEDULE}`];
  if (!found || found.games === 0) return [];
  const { games, dates } = found;
  const verb = games === 1 ? "is" : "are";
  return [
    `Unscheduled: ${counted(games, "game")} on ${datesText(dates)} ${verb} in raw tables and not in the schedule: ${WITH_SCHEDULE}`,
  ];
}

/** What an empty schedule means. */
export function emptySchedule(found: Unscheduled): string {
  const raw = !found
    ? "raw tables were not read"
    : found.games === 0
      ? "raw tables hold no games"
      : `raw tables hold games on ${datesText(found.dates)}`;
  return `The schedule has no official game: nothing is expected; ${raw}`;
}

export const WITH_SCHEDULE = "nba-backfill ingest PATH, with the whole schedule";

function datesText(dates: readonly GameDate[]): string {
  return dates.length === 1 ? dates[0]! : `${counted(dates.length, "date")}, ${dates[0]} .. ${dates.at(-1)}`;
}
