import { rawViews } from "../processors/lineage.ts";
import type { Reader, Warehouse } from "../warehouse/warehouse.ts";
import { readInfo, writeInfo } from "./store.ts";

/** The raw tables that views read. */
const READ = [...new Set(rawViews().flatMap(({ tables }) => tables))].sort();

/** Remembers how many rows the raw tables have, in the transaction that looks into them. */
export async function recordRawCounts(warehouse: Warehouse): Promise<void> {
  await writeInfo(warehouse, { raw_rows: await countRaw(warehouse) });
}

/**
 * Whether a raw table has more or fewer rows than when somebody last looked into all of them, or is not there; true in a
 * warehouse in which nobody has looked since these counts are kept.
 */
export async function rawCountsDiffer(reader: Reader, present: readonly string[]): Promise<boolean> {
  const recorded = (await readInfo(reader)).get("raw_rows");
  if (recorded === undefined || READ.some((table) => !present.includes(table))) return true;
  return (await countRaw(reader)) !== recorded;
}

async function countRaw(reader: Reader): Promise<string> {
  const counts = READ.map((table) => `SELECT '${table}' AS id, COUNT(*) AS row_count FROM ${table}`);
  const rows = await reader.read<{ id: string; row_count: number }>(
    `${counts.join("\nUNION ALL\n")}\nORDER BY id`,
  );
  return JSON.stringify(Object.fromEntries(rows.map(({ id, row_count }) => [id, row_count])));
}
