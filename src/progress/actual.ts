import type { Processor } from "../processors/processor.ts";
import { contentColumns, TABLES, type Table, tableOf } from "../tables.ts";
import type { DateFingerprint, Reader } from "../warehouse/warehouse.ts";
import { partitionKey } from "./partition.ts";
import { rawCountsDiffer } from "./raw-counts.ts";

/** What the output tables really hold, by {@link partitionKey}: counted and hashed from the columns, never from stored hashes. */
export type Actual = ReadonlyMap<string, DateFingerprint>;

/** Reads what fingerprints are made of: every column but those that tell of the run. */
export function contentOf(table: Table, from: string): string {
  return `SELECT ${contentColumns(table)
    .map((column) => column.name)
    .join(", ")} FROM ${from}`;
}

/** Those of our tables that are there. */
export async function tablesOf(reader: Reader): Promise<readonly string[]> {
  const found = await reader.read<{ id: string }>(
    "SELECT table_schema || '.' || table_name AS id FROM information_schema.tables",
  );
  return found.map(({ id }) => id).filter((id) => TABLES.has(id));
}

/** One query per table; a table that somebody has dropped holds nothing. */
export async function readActual(reader: Reader, processors: readonly Processor[]): Promise<Actual> {
  const actual = new Map<string, DateFingerprint>();
  const present = await tablesOf(reader);
  for (const { name, table } of processors) {
    if (!present.includes(table)) continue;
    for (const found of await reader.fingerprints(contentOf(tableOf(table), table), "game_date")) {
      actual.set(partitionKey(name, found.date), found);
    }
  }
  return actual;
}

/**
 * Whether a raw table has another number of rows than when it was last looked into, or some partition than its record
 * says, rows without a record included: a few milliseconds, where {@link readActual} takes a second. Edited rows do not
 * show in it.
 */
export async function countsDiffer(reader: Reader, processors: readonly Processor[]): Promise<boolean> {
  const present = await tablesOf(reader);
  if (await rawCountsDiffer(reader, present)) return true;
  const there = processors.filter(({ table }) => present.includes(table));
  if (there.length < processors.length) return true;
  const counts = there.map(
    ({ name, table }) =>
      `SELECT '${name}' AS processor, game_date, COUNT(*) AS row_count FROM ${table} GROUP BY game_date`,
  );
  const [found] = await reader.read<{ differing: number }>(
    `WITH found AS (
  ${counts.join("\n  UNION ALL\n  ")}
)
SELECT COUNT(*) AS differing
FROM nba_backfill.partitions AS recorded
FULL JOIN found ON found.processor = recorded.processor AND found.game_date = recorded.game_date
WHERE COALESCE(recorded.row_count, 0) <> COALESCE(found.row_count, 0)`,
  );
  return found!.differing > 0;
}
