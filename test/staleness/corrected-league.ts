import { tableOf } from "../../src/tables.ts";
import type { Row, Warehouse } from "../../src/warehouse/warehouse.ts";
import { run, worldOf } from "../run/league-runs.ts";
import { judgeCorrection, type Verdict } from "./judge.ts";
import type { Correction } from "./league-corrections.ts";
import { emptyWarehouse, type Files, ingestFiles } from "./league-files.ts";

/** Loads and builds the league as it was, corrects it, and judges it by a league built from nothing. */
export async function verdictOn({ before, after }: Correction): Promise<Verdict> {
  const first = await built(before);
  const second = await built(after);
  try {
    return await judgeCorrection(first, () => correct(first, before, after), second, {
      worldOf: (warehouse) => worldOf({ warehouse }),
      run: (warehouse) => run({ warehouse }),
    });
  } finally {
    await first.close();
    await second.close();
  }
}

/** Ingest reads an id as the number it is. */
function textOf(row: Row, column: string): string {
  return column === "player_id" ? String(Number(row[column])) : String(row[column]);
}

const LATER = "2023-03-01T12:00:00Z";

async function built(files: Files) {
  const warehouse = await emptyWarehouse();
  await ingestFiles(warehouse, files, "2023-02-28T12:00:00Z");
  await run({ warehouse });
  return warehouse;
}

/** What is new or changed comes by the real ingest; no file can take a row away, so that is done behind its back. */
async function correct(warehouse: Warehouse, before: Files, after: Files): Promise<void> {
  for (const [table, rows] of Object.entries(before)) {
    const key = tableOf(`nba_raw.${table}`).key.filter((column) => column !== "snapshot_key");
    const keyOf = (row: Row) => [...key, "snapshot_at"].map((column) => row[column] ?? "").join(" ");
    const kept = new Set(after[table]!.map(keyOf));
    for (const gone of rows.filter((row) => !kept.has(keyOf(row)))) {
      const same = key.map((column) => `${column} = '${textOf(gone, column)}'`).join(" AND ");
      await warehouse.execute(`DELETE FROM nba_raw.${table} WHERE ${same}`);
    }
  }
  const known = new Set(Object.values(before).flatMap((rows) => rows.map((row) => JSON.stringify(row))));
  const coming = Object.entries(after).map(([table, rows]) => [
    table,
    rows.filter((row) => !known.has(JSON.stringify(row))),
  ]);
  // With rows it knows already, so that there always is a file: what is derived follows what was deleted.
  await ingestFiles(warehouse, { ...Object.fromEntries(coming), players: after.players! }, LATER);
}
