import type { Processor } from "../processors/processor.ts";
import { contentColumns, tableOf } from "../tables.ts";
import type { DateFingerprint, Reader } from "../warehouse/warehouse.ts";
import { partitionKey } from "./partition.ts";

/** What the output tables really hold, by {@link partitionKey}: counted and hashed from the columns, never from stored hashes. */
export type Actual = ReadonlyMap<string, DateFingerprint>;

/** One query per table. */
export async function readActual(reader: Reader, processors: readonly Processor[]): Promise<Actual> {
  const actual = new Map<string, DateFingerprint>();
  for (const { name, table } of processors) {
    const columns = contentColumns(tableOf(table)).map((column) => column.name);
    for (const found of await reader.fingerprints(
      `SELECT ${columns.join(", ")} FROM ${table}`,
      "game_date",
    )) {
      actual.set(partitionKey(name, found.date), found);
    }
  }
  return actual;
}
