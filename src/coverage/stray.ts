import type { GameDate } from "../dates.ts";
import type { ProcessorName } from "../processors/processor.ts";
import { partitionKey } from "../progress/partition.ts";
import type { World } from "./coverage.ts";

/** Rows in one of our tables on a date that the schedule does not have as a game date; no run of ours wrote them. */
export interface StrayRows {
  readonly processor: ProcessorName;
  readonly game_date: GameDate;
  readonly rows: number;
}

/** Windows read them like any others. Null where nobody looked; none where the schedule is empty and nothing is known. */
export function strayRows({ actual, calendar, processors }: World): StrayRows[] | null {
  if (!actual) return null;
  if (calendar.dates.length === 0) return [];
  const dates = new Set([...actual.values()].map(({ date }) => date));
  const off = [...dates].filter((date) => !calendar.get(date)).sort();
  return processors.flatMap(({ name }) =>
    off.flatMap((game_date) => {
      const rows = actual.get(partitionKey(name, game_date))?.rows ?? 0;
      return rows > 0 ? [{ processor: name, game_date, rows }] : [];
    }),
  );
}
