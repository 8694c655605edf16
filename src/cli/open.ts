import { existsSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { BackfillError, messageOf, noTable } from "../errors.ts";
import { tablesOf } from "../progress/actual.ts";
import { readInfo, writeInfo } from "../progress/store.ts";
import { TABLES } from "../tables.ts";
import { DuckDbWarehouse } from "../warehouse/duckdb/duckdb-warehouse.ts";
import { type Holder, sideFiles } from "../warehouse/duckdb/mirror.ts";
import { forgetHolder, readSideFile } from "../warehouse/duckdb/recorded-state.ts";
import { SideFile, stampOf } from "../warehouse/duckdb/side-file.ts";
import type { Reader, Warehouse } from "../warehouse/warehouse.ts";
import { clock } from "./clock.ts";
import { terminal } from "./terminal.ts";

/** Grows with every change of a table of nba_raw or nba_backfill; a writing command adds the tables that are new. */
const SCHEMA_VERSION = 2;

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
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const path = options.warehouse;
  if (mode !== "create") refuseMissing(path);
  const isNew = mode === "create" && !existsSync(path);
  const stamp = stampOf(path);
  const warehouse = await open(options, mode).catch((error: unknown) => {
    if (isNew && !isBusy(error)) removeFiles(path);
    throw error;
  });
  const sideFile = mode === "read" || path === ":memory:" ? undefined : holdIn(warehouse, path, stamp);
  const heart = setInterval(() => sideFile?.beat(), BEAT_MS);
  // True while a failure would leave nothing but the empty warehouse that we made.
  let isOurs = false;
  try {
    // Killed at its first step, an earlier attempt may have left a file without a table.
    if (mode === "create" && (await isBare(warehouse))) {
      isOurs = isNew;
      await createAll(warehouse);
    }
    const version = await schemaVersion(warehouse, path);
    if (mode !== "read") {
      const dropped = await droppedTables(warehouse);
      if (version === SCHEMA_VERSION && dropped.length > 0) tellDropped(dropped, mode);
      if (version < SCHEMA_VERSION || dropped.length > 0) await createAll(warehouse);
    }
    if (mode === "create") await warehouse.publishState();
    if (mode === "read") forgetHolder(path);
    const result = await work(warehouse);
    isOurs = false;
    return result;
  } finally {
    clearInterval(heart);
    // The name goes before the lock: whoever gets the lock next writes its own.
    sideFile?.release();
    await warehouse.close();
    sideFile?.close(stampOf(path));
    // What failed at its first step leaves no empty warehouse behind.
    if (isOurs) removeFiles(path);
  }
}

/** Names itself in the side file, and gives signs of life there. */
function holdIn(warehouse: DuckDbWarehouse, path: string, stamp: string): SideFile {
  const sideFile = new SideFile(path, {
    now: clock(undefined),
    onFailure: (error) =>
      terminal.note(
        `other commands cannot see how far this one is: ${path}.state.sqlite: ${messageOf(error)}`,
      ),
  });
  sideFile.hold({ command: process.argv[2] ?? "", host: hostname(), pid: process.pid }, stamp);
  warehouse.showIn(sideFile);
  return sideFile;
}

/** A passing reader has the file for moments, on a busy machine for many; a holder that has just begun has no name yet. */
const ATTEMPTS = 600;
const PAUSE_MS = 100;
const SILENT_ATTEMPTS = 10;
const BEAT_MS = 1000;

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
          `${nameOf(holder)} has held ${path} since ${holder.since}, last sign of life ${holder.heartbeat_at}: wait for it${holder.run_id === "" ? "" : ", or stop it with 'nba-backfill cancel'"}`,
          { cause: error },
        );
      }
      if (attempt >= ATTEMPTS) {
        const text = `${holderText(error)} has had ${path} open for ${(ATTEMPTS * PAUSE_MS) / 1000} s: wait for it to end`;
        throw new BackfillError("lease-held", text, { cause: error });
      }
      if (attempt >= (options.patience ?? ATTEMPTS)) throw error;
      if (attempt === SILENT_ATTEMPTS && options.patience === undefined) {
        terminal.note(`waiting for ${holderText(error)}, which has ${path} open`);
      }
      await sleep(PAUSE_MS);
    }
  }
}

export function isBusy(error: unknown): error is BackfillError {
  return error instanceof BackfillError && ["lease-held", "warehouse-busy"].includes(error.code);
}

/** The holder as the side file names it, where it is the process that DuckDB met. */
function holderOf(path: string, busy: BackfillError): Holder | undefined {
  const state = readSideFile(path);
  state?.close();
  return isMet(state?.holder, busy) ? state?.holder : undefined;
}

/** False for the name that a killed process has left. DuckDB may not know the process id, and then it is 0. */
export function isMet(holder: Holder | undefined, busy: unknown): boolean {
  const pid = pidOf(busy);
  return holder !== undefined && (pid === 0 || pid === holder.pid);
}

function pidOf(busy: unknown): number {
  return Number(/\(PID (\d+)\)/.exec(messageOf(busy))?.[1] ?? 0);
}

/** The process as far as DuckDB names it. */
export function holderText(busy: unknown): string {
  const pid = pidOf(busy);
  return pid === 0 ? "another process" : `process ${pid}`;
}

export function nameOf({ run_id, command, host, pid }: Holder): string {
  return `${run_id === "" ? command : `run ${run_id}`} (${host}, pid ${pid})`;
}

export function refuseMissing(path: string): void {
  if (existsSync(path)) return;
  throw new BackfillError(
    "warehouse-missing",
    `there is no warehouse ${path}: make one with 'nba-backfill ingest PATH' or 'nba-backfill demo', or name another with --warehouse`,
  );
}

function removeFiles(path: string): void {
  for (const file of [path, `${path}.wal`, ...sideFiles(path)]) if (existsSync(file)) rmSync(file);
}

async function isBare(warehouse: Reader): Promise<boolean> {
  const [found] = await warehouse.read<{ tables: number }>(
    "SELECT COUNT(*) AS tables FROM information_schema.tables",
  );
  return found?.tables === 0;
}

/** What somebody has dropped: partitions are lost with it, and a run fills it again. */
async function droppedTables(warehouse: Reader): Promise<string[]> {
  const present = await tablesOf(warehouse);
  return [...TABLES.keys()].filter((id) => !present.includes(id));
}

/** Made again by an ingest alone where it was raw: a run would build everything anew, without what it held. */
function tellDropped(dropped: readonly string[], mode: OpenMode): void {
  const raw = dropped.find((id) => id.startsWith("nba_raw."));
  if (raw && mode === "write") throw noTable(raw);
  terminal.note(`no longer there, and made again without rows: ${dropped.join(", ")}`);
}

/** Every table that is not there; one of another shape is refused. */
async function createAll(warehouse: Warehouse): Promise<void> {
  await warehouse.transaction(async () => {
    await warehouse.createTables(TABLES.values());
    await writeInfo(warehouse, { schema_version: String(SCHEMA_VERSION) });
  });
}

/** The version that a warehouse of ours says it has; any other warehouse, and a newer one, is refused. */
async function schemaVersion(warehouse: Warehouse, path: string): Promise<number> {
  let version: number;
  try {
    version = Number((await readInfo(warehouse)).get("schema_version"));
  } catch (error) {
    // Tables with names of ours, where nothing says that they are.
    const [foreign] = await tablesOf(warehouse);
    if (foreign !== undefined) {
      throw new BackfillError(
        "foreign-table",
        `${path} has a table ${foreign} that nba-backfill did not make; it is left as it is: name another file with --warehouse`,
      );
    }
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
  return version;
}
