import { existsSync, rmSync } from "node:fs";
import { BackfillError, messageOf } from "../errors.ts";
import { readInfo, writeInfo } from "../progress/store.ts";
import { TABLES } from "../tables.ts";
import { DuckDbWarehouse } from "../warehouse/duckdb/duckdb-warehouse.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

/** Grows with every change of a table of nba_raw or nba_backfill. */
const SCHEMA_VERSION = 1;

export interface OpenOptions {
  readonly warehouse: string;
  readonly threads?: number;
  readonly memory?: string;
}

/** `read` holds no write handle; `write` needs a warehouse that is there; `create` makes one. */
export type OpenMode = "read" | "write" | "create";

/** Opens the warehouse for the time of the work, and closes it whatever happens. */
export async function withWarehouse<T>(
  options: OpenOptions,
  mode: OpenMode,
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const path = options.warehouse;
  if (mode !== "create" && !existsSync(path)) {
    throw new BackfillError(
      "warehouse-missing",
      `there is no warehouse ${path}: make one with 'nba-backfill ingest PATH' or 'nba-backfill demo', or name another with --warehouse`,
    );
  }
  const isNew = mode === "create" && !existsSync(path);
  const warehouse = await DuckDbWarehouse.open({
    path,
    readOnly: mode === "read",
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.memory === undefined ? {} : { memory: options.memory }),
  });
  let worked = false;
  try {
    if (isNew) {
      await warehouse.createTables(TABLES.values());
      await writeInfo(warehouse, { schema_version: String(SCHEMA_VERSION) });
    }
    await refuseOtherSchemas(warehouse, path);
    const result = await work(warehouse);
    worked = true;
    return result;
  } finally {
    await warehouse.close();
    // What failed at its first step leaves no empty warehouse behind.
    if (isNew && !worked) for (const file of [path, `${path}.wal`]) rmSync(file, { force: true });
  }
}

async function refuseOtherSchemas(warehouse: Warehouse, path: string): Promise<void> {
  let version: number;
  try {
    version = Number((await readInfo(warehouse)).get("schema_version"));
  } catch (error) {
    throw new BackfillError(
      "warehouse-unavailable",
      `${path} is no warehouse of nba-backfill (${messageOf(error)})`,
      {
        cause: error,
      },
    );
  }
  if (version > SCHEMA_VERSION) {
    throw new BackfillError(
      "warehouse-newer",
      `${path} was made by a newer nba-backfill (schema ${version}, this one knows ${SCHEMA_VERSION}): update nba-backfill`,
    );
  }
}
