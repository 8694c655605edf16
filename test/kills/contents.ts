import { copyFileSync, existsSync } from "node:fs";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { partitionKey } from "../../src/progress/partition.ts";
import { readRuns } from "../../src/progress/runs.ts";
import { TABLES } from "../../src/tables.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Reader } from "../../src/warehouse/warehouse.ts";

/** Columns that tell of when and by whom, in which two equal warehouses may differ. */
const CIRCUMSTANCES: readonly string[] = [
  "run_id",
  "computed_at",
  "started_at",
  "committed_at",
  "duration_ms",
  "changed_at",
  "updated_at",
  "loaded_at",
  "row_hash",
  ...["phase3", "phase4"].flatMap((phase) => [`${phase}_started_at`, `${phase}_completed_at`]),
];
const LOGS: readonly string[] = ["nba_backfill.runs", "nba_backfill.lease"];

/** What a warehouse holds, and who wrote each partition when. */
export interface Contents {
  /** Table, or table and game date, to a fingerprint of its columns as they are in the table. */
  readonly fingerprints: ReadonlyMap<string, string>;
  /** Partition to the run that committed it and the time it did. */
  readonly committed: ReadonlyMap<string, string>;
  readonly runs: readonly { readonly run_id: string; readonly status: string }[];
  readonly leaseHolder: string;
}

const NOTHING: Contents = { fingerprints: new Map(), committed: new Map(), runs: [], leaseHolder: "" };

/** Reads a warehouse file as the next process would find it, on a copy, so that it is left as it is. */
export async function contentsOf(path: string): Promise<Contents> {
  if (!existsSync(path)) return NOTHING;
  const copy = `${path}.copy`;
  for (const suffix of ["", ".wal"]) {
    if (existsSync(`${path}${suffix}`)) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`);
  }
  const warehouse = await DuckDbWarehouse.open({ path: copy, threads: 1 });
  try {
    const [counted] = await warehouse.read("SELECT COUNT(*) AS tables FROM information_schema.tables");
    return counted?.tables === 0 ? NOTHING : await read(warehouse);
  } finally {
    await warehouse.close();
  }
}

async function read(reader: Reader): Promise<Contents> {
  const computed = new Set(PROCESSORS.map(({ table }) => table));
  const fingerprints = new Map<string, string>();
  for (const table of TABLES.values()) {
    if (LOGS.includes(table.id)) continue;
    const columns = table.columns.map(({ name }) => name).filter((name) => !CIRCUMSTANCES.includes(name));
    const select = `SELECT ${columns.join(", ")} FROM ${table.id}`;
    for (const found of await reader.fingerprints(select, computed.has(table.id) ? "game_date" : null)) {
      fingerprints.set(`${table.id} ${found.date}`, found.fingerprint);
    }
  }
  const partitions = await reader.read<Record<"processor" | "game_date" | "run_id" | "committed_at", string>>(
    "SELECT processor, game_date, run_id, committed_at FROM nba_backfill.partitions",
  );
  const [lease] = await reader.read<{ holder: string }>("SELECT holder FROM nba_backfill.lease");
  return {
    fingerprints,
    committed: new Map(
      partitions.map((row) => [
        partitionKey(row.processor, row.game_date),
        `${row.run_id} ${row.committed_at}`,
      ]),
    ),
    runs: await readRuns(reader),
    leaseHolder: lease?.holder ?? "",
  };
}

/** What differs, as sentences; none where the contents are equal. */
export function differences(found: Contents, expected: Contents): string[] {
  const keys = new Set([...found.fingerprints.keys(), ...expected.fingerprints.keys()]);
  return [...keys].flatMap((key) => {
    const [is, was] = [found.fingerprints.get(key), expected.fingerprints.get(key)];
    return is === was ? [] : [`${key}: ${is ?? "nothing"} in place of ${was ?? "nothing"}`];
  });
}
