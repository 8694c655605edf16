import type { GameDate } from "../../src/dates.ts";
import type { ProcessorName } from "../../src/processors/processor.ts";
import { type Column, contentColumns, type Table, tableOf } from "../../src/tables.ts";
import type { Reader, Row, Value } from "../../src/warehouse/warehouse.ts";
import { loadRaw } from "./load.ts";
import { Oracle } from "./oracle.ts";
import type { Raw } from "./raw.ts";

export interface Partition {
  readonly processor: ProcessorName;
  readonly date: GameDate;
}

export interface Difference extends Partition {
  readonly key: string;
  /** The column, or `(row)` where only one side has the row. */
  readonly column: string;
  readonly stored: Value;
  readonly oracle: Value;
}

export interface Comparison {
  readonly rows: number;
  readonly cells: number;
  readonly differences: readonly Difference[];
}

/** Columns that the contract leaves to the project. */
const NOT_JUDGED: readonly string[] = ["feature_version"];

function judgedColumns(table: Table): readonly Column[] {
  return contentColumns(table).filter((column) => !NOT_JUDGED.includes(column.name));
}

function tableFor(processor: ProcessorName): Table {
  const precomputed =
    processor === "team_defense_zone_analysis" ||
    processor === "player_shot_zone_analysis" ||
    processor === "player_composite_factors" ||
    processor === "ml_feature_store";
  return tableOf(`${precomputed ? "nba_precompute" : "nba_analytics"}.${processor}`);
}

/** Stored rows against the oracle's, partition by partition, a season's raw rows in memory at a time. */
export async function compareWarehouse(
  reader: Reader,
  partitions: readonly Partition[],
  report: (done: Partition, found: Comparison) => void = () => undefined,
): Promise<Comparison> {
  const differences: Difference[] = [];
  let rows = 0;
  let cells = 0;
  let held: { season: number; raw: Raw } | undefined;
  let oracle: { date: GameDate; of: Oracle } | undefined;
  const ordered = [...partitions].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  for (const partition of ordered) {
    const season = await seasonOf(reader, partition.date);
    if (held?.season !== season) {
      held = { season, raw: await loadRaw(reader, season) };
      oracle = undefined;
    }
    if (oracle?.date !== partition.date)
      oracle = { date: partition.date, of: new Oracle(held.raw, partition.date) };
    const table = tableFor(partition.processor);
    const stored = await reader.read(`SELECT * FROM ${table.id} WHERE game_date = CAST(@date AS DATE)`, {
      date: partition.date,
    });
    const found = compareRows(partition, stored, oracle.of.rows(partition.processor));
    report(partition, found);
    rows += found.rows;
    cells += found.cells;
    differences.push(...found.differences);
  }
  return { rows, cells, differences };
}

async function seasonOf(reader: Reader, date: GameDate): Promise<number> {
  const [row] = await reader.read<{ season: number | null }>(
    "SELECT MIN(season_year) AS season FROM nba_raw.schedule WHERE game_date = CAST(@date AS DATE)",
    { date },
  );
  return row?.season ?? 0;
}

function compareRows(partition: Partition, stored: readonly Row[], expected: readonly Row[]): Comparison {
  const table = tableFor(partition.processor);
  const columns = judgedColumns(table);
  const keyOf = (row: Row) => table.key.map((name) => String(row[name])).join(" ");
  const storedByKey = new Map(stored.map((row) => [keyOf(row), row]));
  const expectedByKey = new Map(expected.map((row) => [keyOf(row), row]));
  const differences: Difference[] = [];
  const add = (key: string, column: string, one: Value, other: Value) =>
    differences.push({ ...partition, key, column, stored: one, oracle: other });
  if (storedByKey.size < stored.length) add("", "(row)", stored.length, storedByKey.size);
  for (const key of storedByKey.keys()) if (!expectedByKey.has(key)) add(key, "(row)", "present", "absent");
  for (const [key, row] of expectedByKey) {
    const found = storedByKey.get(key);
    if (!found) {
      add(key, "(row)", "absent", "present");
      continue;
    }
    for (const column of columns) {
      const value = row[column.name];
      if (value === undefined) throw new Error(`the oracle has no ${table.id}.${column.name}`);
      if (!isSame(column, found[column.name]!, value)) add(key, column.name, found[column.name]!, value);
    }
  }
  return { rows: expected.length, cells: expected.length * columns.length, differences };
}

/** Floats to 1e-9 relative, and to the last of the nine decimals that are stored; all else exactly. */
function isSame(column: Column, stored: Value, expected: Value): boolean {
  if (column.type !== "FLOAT64" || typeof stored !== "number" || typeof expected !== "number") {
    return stored === expected;
  }
  const scale = Math.max(Math.abs(stored), Math.abs(expected));
  return Math.abs(stored - expected) <= 1e-9 * scale + 2e-9;
}
