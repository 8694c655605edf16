import { existsSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { BackfillError, messageOf } from "../errors.ts";
import { readInfo, writeInfo } from "../progress/store.ts";
import { TABLES } from "../tables.ts";
import { DuckDbWarehouse } from "../warehouse/duckdb/duckdb-warehouse.ts";
import { type Holder, type RecordedState, readSideFile, SideFile } from "../warehouse/duckdb/side-file.ts";
import type { Reader, Warehouse } from "../warehouse/warehouse.ts";
import { clock } from "./clock.ts";

/** Grows with every change of a table of nba_raw or nba_backfill. */
const SCHEMA_VERSION = 1;

export interface OpenOptions {
  readonly warehouse: string;
  readonly threads?: number;
  readonly memory?: string;
  /** Attempts at a file that another process has open. */
  readonly patience?: number;
}

/** `read` holds no write handle; `write` needs a warehouse that is there; `create` makes one. */
export type OpenMode = "read" | "write" | "create";

/** Opens the warehouse for the time of the work, and closes it whatever happens. */
export async function withWarehouse<T>(
  options: OpenOptions,
  mode: OpenMode,
  work: (warehouse: Warehouse, sideFile: SideFile | undefined) => Promise<T>,
): Promise<T> {
  const path = options.warehouse;
  if (mode !== "create") refuseMissing(path);
  const isNew = mode === "create" && !existsSync(path);
  const warehouse = await open(options, mode).catch((error: unknown) => {
    if (isNew && !(error instanceof BackfillError && error.code === "warehouse-busy")) removeFiles(path);
    throw error;
  });
  let sideFile: SideFile | undefined;
  let worked = false;
  try {
    // Killed at its first step, an earlier attempt may have left a file without a table.
    if (isNew || (mode === "create" && (await isBare(warehouse)))) {
      await warehouse.transaction(async () => {
        await warehouse.createTables(TABLES.values());
        await writeInfo(warehouse, { schema_version: String(SCHEMA_VERSION) });
      });
    }
    await refuseOtherSchemas(warehouse, path);
    if (mode !== "read" && path !== ":memory:") {
      sideFile = new SideFile(path, clock(undefined));
      sideFile.hold({ run_id: "", command: process.argv[2] ?? "", host: hostname(), pid: process.pid });
      warehouse.showIn(sideFile);
    }
    const result = await work(warehouse, sideFile);
    worked = true;
    return result;
  } finally {
    // The name goes before the lock: whoever gets the lock next writes its own.
    try {
      sideFile?.release();
    } catch {
      // On a full disk not even that can be written; the error that tells of it is on its way.
    }
    await warehouse.close();
    // What failed at its first step leaves no empty warehouse behind.
    if (isNew && !worked) removeFiles(path);
  }
}

/** What a command says that could not look into the tables: who keeps it out, and how old the state it shows is. */
export interface NotRead {
  readonly as_of: string;
  readonly holder: Holder;
}

/**
 * Hands the warehouse's recorded state to the work: from the warehouse itself, or, while another process writes, from
 * the side file, then with what could not be read.
 */
export async function withRecordedState<T>(
  options: OpenOptions,
  work: (reader: Reader, notRead: NotRead | undefined) => Promise<T>,
): Promise<T> {
  refuseMissing(options.warehouse);
  for (let attempt = 1; ; attempt++) {
    let state: RecordedState | undefined;
    try {
      return await withWarehouse({ ...options, patience: 1 }, "read", (warehouse) =>
        work(warehouse, undefined),
      );
    } catch (error) {
      if (!(error instanceof BackfillError) || !["lease-held", "warehouse-busy"].includes(error.code))
        throw error;
      state = readSideFile(options.warehouse);
      if (attempt === ATTEMPTS && !(state?.holder && state.asOf)) throw error;
    }
    try {
      const { holder, asOf, reader } = state ?? {};
      if (reader && holder && asOf) return await work(reader, { as_of: asOf, holder });
    } finally {
      state?.close();
    }
    await sleep(PAUSE_MS);
  }
}

/** The line above a report made from the side file. */
export function notReadLine({ as_of, holder }: NotRead): string {
  return `recorded state as of ${as_of}; tables not read because ${nameOf(holder)} holds the file`;
}

function nameOf({ run_id, command, host, pid }: Holder): string {
  return `${run_id === "" ? command : `run ${run_id}`} (${host}, pid ${pid})`;
}

/** A passing reader has the file for moments; a holder that has just begun needs some to write its name. */
const ATTEMPTS = 30;
const PAUSE_MS = 100;

async function open(options: OpenOptions, mode: OpenMode): Promise<DuckDbWarehouse> {
  const { warehouse: path, threads, memory } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await DuckDbWarehouse.open({
        path,
        readOnly: mode === "read",
        ...(threads === undefined ? {} : { threads }),
        ...(memory === undefined ? {} : { memory }),
      });
    } catch (error) {
      if (!(error instanceof BackfillError) || error.code !== "warehouse-busy") throw error;
      const holder = holderOf(path, error);
      if (holder) {
        throw new BackfillError(
          "lease-held",
          `${nameOf(holder)} has held ${path} since ${holder.since}, last sign of life ${holder.heartbeat_at}: wait for it, or stop it with 'nba-backfill cancel'`,
          { cause: error },
        );
      }
      if (attempt >= (options.patience ?? ATTEMPTS)) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/** The holder as the side file names it, where it is the process that DuckDB met. */
function holderOf(path: string, busy: BackfillError): Holder | undefined {
  const pid = /\(PID (\d+)\)/.exec(busy.message)?.[1];
  const state = readSideFile(path);
  state?.close();
  const holder = state?.holder;
  return holder && (pid === undefined || Number(pid) === holder.pid) ? holder : undefined;
}

function refuseMissing(path: string): void {
  if (existsSync(path)) return;
  throw new BackfillError(
    "warehouse-missing",
    `there is no warehouse ${path}: make one with 'nba-backfill ingest PATH' or 'nba-backfill demo', or name another with --warehouse`,
  );
}

function removeFiles(path: string): void {
  for (const suffix of ["", ".wal", ".state.sqlite", ".state.sqlite-wal", ".state.sqlite-shm"]) {
    const file = `${path}${suffix}`;
    if (existsSync(file)) rmSync(file);
  }
}

async function isBare(warehouse: Reader): Promise<boolean> {
  const [found] = await warehouse.read<{ tables: number }>(
    "SELECT COUNT(*) AS tables FROM information_schema.tables",
  );
  return found?.tables === 0;
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
  if (!Number.isInteger(version)) {
    throw new BackfillError(
      "warehouse-unavailable",
      `${path} does not say which schema it has: make a new one`,
    );
  }
  if (version > SCHEMA_VERSION) {
    throw new BackfillError(
      "warehouse-newer",
      `${path} was made by a newer nba-backfill (schema ${version}, this one knows ${SCHEMA_VERSION}): update nba-backfill`,
    );
  }
}
