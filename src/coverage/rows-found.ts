import type { SourceRange } from "../processors/windows.ts";
import type { RowsFound } from "../progress/backfill-progress.ts";
import { partitionKey } from "../progress/partition.ts";
import type { World } from "./coverage.ts";

/**
 * Where tables hold more or fewer rows on these dates than recorded; nothing where nobody looked.
 *
 * @param written keys of partitions that are as recorded, whatever was found
 */
export function rowsFound(
  { actual, partitions, processors, calendar }: World,
  { first, last }: SourceRange,
  written: ReadonlySet<string> = new Set(),
): RowsFound {
  if (!actual) return new Map();
  const dates = calendar.dates.filter(({ date }) => date >= first && date <= last);
  return new Map(
    processors.map(({ name }) => [
      name,
      new Map(
        dates.flatMap(({ date }) => {
          const key = partitionKey(name, date);
          const rows = actual.get(key)?.rows ?? 0;
          const isAsRecorded = written.has(key) || rows === (partitions.get(key)?.row_count ?? 0);
          return isAsRecorded ? [] : [[date, rows] as const];
        }),
      ),
    ]),
  );
}
