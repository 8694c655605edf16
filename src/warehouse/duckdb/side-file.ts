import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tableOf } from "../../tables.ts";
import type { Parameters, Reader, Row } from "../warehouse.ts";

/** What is mirrored: what planning, status and the list of runs read. */
export const MIRRORED: readonly { readonly table: string; readonly columns: readonly string[] }[] = [
  { table: "nba_backfill.partitions", columns: columnsOf("nba_backfill.partitions") },
  { table: "nba_backfill.source_dates", columns: columnsOf("nba_backfill.source_dates") },
  { table: "nba_backfill.warehouse_info", columns: ["name", "value"] },
  { table: "nba_backfill.runs", columns: columnsOf("nba_backfill.runs") },
  { table: "nba_backfill.lease", columns: columnsOf("nba_backfill.lease") },
  { table: "nba_raw.schedule", columns: ["game_id", "game_date", "season_year", "season_type", "status"] },
];

function columnsOf(table: string): string[] {
  return tableOf(table).columns.map(({ name }) => name);
}

/** The process that has the warehouse open for writing. */
export interface Holder {
  /** Empty until its run begins, and for commands that are no run. */
  readonly run_id: string;
  readonly command: string;
  readonly host: string;
  readonly pid: number;
  readonly since: string;
  readonly heartbeat_at: string;
}

/** The SQLite file beside a DuckDB warehouse. */
function sideFilePath(warehouse: string): string {
  return `${warehouse}.state.sqlite`;
}

/**
 * A small copy of the recorded state beside the DuckDB file, which lets nobody else in while one process writes. The
 * warehouse always wins: each run publishes all of it again before it adds its commits.
 */
export class SideFile {
  readonly #database: DatabaseSync;
  readonly #now: () => Date;
  #pending: { readonly table: string; readonly rows: readonly Row[] }[] = [];

  constructor(warehouse: string, now: () => Date) {
    this.#now = now;
    this.#database = new DatabaseSync(sideFilePath(warehouse), { timeout: 5000 });
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    for (const { table, columns } of MIRRORED) {
      const key = tableOf(table).key.filter((column) => columns.includes(column));
      this.#database.exec(
        `CREATE TABLE IF NOT EXISTS ${plain(table)} (${columns.join(", ")}, PRIMARY KEY (${key.join(", ")}))`,
      );
    }
    this.#database.exec(
      `CREATE TABLE IF NOT EXISTS holder (run_id, command, host, pid, since, heartbeat_at);
       CREATE TABLE IF NOT EXISTS cancels (run_id PRIMARY KEY, requested_at);
       CREATE TABLE IF NOT EXISTS recorded (engine, as_of)`,
    );
  }

  /** Says who holds the warehouse; call it after the file was opened for writing. */
  hold(holder: Omit<Holder, "since" | "heartbeat_at">): void {
    const now = this.#now().toISOString();
    this.#inTransaction(() => {
      const [held] = this.#database.prepare("SELECT pid, since FROM holder").all();
      this.#database.exec("DELETE FROM holder");
      this.#database
        .prepare("INSERT INTO holder VALUES (?, ?, ?, ?, ?, ?)")
        .run(
          holder.run_id,
          holder.command,
          holder.host,
          holder.pid,
          held?.pid === holder.pid ? held.since! : now,
          now,
        );
    });
  }

  /** A sign of life. */
  beat(): void {
    this.#database.prepare("UPDATE holder SET heartbeat_at = ?").run(this.#now().toISOString());
  }

  cancelRequested(runId: string): boolean {
    return this.#database.prepare("SELECT 1 FROM cancels WHERE run_id = ?").get(runId) !== undefined;
  }

  requestCancel(runId: string): void {
    this.#database
      .prepare("INSERT OR REPLACE INTO cancels VALUES (?, ?)")
      .run(runId, this.#now().toISOString());
  }

  /** Replaces everything by what the warehouse holds. */
  publish(engine: string, state: ReadonlyMap<string, readonly Row[]>): void {
    this.#pending = [];
    this.#inTransaction(() => {
      for (const [table, rows] of state) {
        this.#database.exec(`DELETE FROM ${plain(table)}`);
        this.#put(table, rows);
      }
      this.#database.exec("DELETE FROM recorded");
      this.#database.prepare("INSERT INTO recorded VALUES (?, ?)").run(engine, this.#now().toISOString());
    });
  }

  /** Rows written and not yet committed. */
  remember(table: string, rows: readonly Row[]): void {
    if (MIRRORED.some((mirrored) => mirrored.table === table)) this.#pending.push({ table, rows });
  }

  /** What was remembered is committed. What cannot be told now is told with the next commit: a run goes on without. */
  tell(): void {
    if (this.#pending.length === 0) return;
    try {
      this.#inTransaction(() => {
        for (const { table, rows } of this.#pending) this.#put(table, rows);
        this.#database.prepare("UPDATE recorded SET as_of = ?").run(this.#now().toISOString());
      });
      this.#pending = [];
    } catch {
      // Kept for the next commit.
    }
  }

  /** What was remembered is rolled back. */
  forget(): void {
    this.#pending = [];
  }

  /** Nobody holds the warehouse from now on. */
  release(): void {
    this.#database.exec("DELETE FROM holder; DELETE FROM cancels");
    this.#database.close();
  }

  close(): void {
    this.#database.close();
  }

  #put(table: string, rows: readonly Row[]): void {
    const { columns } = MIRRORED.find((mirrored) => mirrored.table === table)!;
    const marks = columns.map(() => "?").join(", ");
    const insert = this.#database.prepare(`INSERT OR REPLACE INTO ${plain(table)} VALUES (${marks})`);
    for (const row of rows) insert.run(...columns.map((column) => sqliteValue(row[column])));
  }

  #inTransaction(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

/** `nba_raw.schedule` to `schedule`: SQLite's schemas are attached files. */
function plain(table: string): string {
  return tableOf(table).name;
}

function sqliteValue(value: Row[string] | undefined): string | number | null {
  return typeof value === "boolean" ? Number(value) : (value ?? null);
}

/** SQLite takes an unknown type's name for a number's. */
function toSqlite(sql: string): string {
  return sql.replaceAll(" AS STRING)", " AS TEXT)");
}

/** The recorded state as another process may read it. */
export interface RecordedState {
  readonly reader: Reader;
  readonly holder: Holder | undefined;
  /** When it was last told, or null where no run has published yet. */
  readonly asOf: string | null;
  close(): void;
}

/** Opens the side file of a warehouse for reading; undefined where there is none. */
export function readSideFile(warehouse: string): RecordedState | undefined {
  const path = sideFilePath(warehouse);
  if (!existsSync(path)) return undefined;
  const database = new DatabaseSync(":memory:", { timeout: 5000 });
  // Attached under both dataset names, so that the warehouse's own simple reads run on it as they are.
  for (const dataset of ["nba_backfill", "nba_raw"]) database.prepare(`ATTACH ? AS ${dataset}`).run(path);
  try {
    const holder = database.prepare("SELECT * FROM nba_backfill.holder").get() as Holder | undefined;
    const recorded = database.prepare("SELECT engine, as_of FROM nba_backfill.recorded").get();
    return {
      reader: {
        engine: String(recorded?.engine ?? ""),
        read: async <R extends Row = Row>(sql: string, parameters: Parameters = {}) =>
          database.prepare(toSqlite(sql)).all(parameters as Record<string, string | number | null>) as R[],
        fingerprints: () => Promise.reject(new Error("the side file holds no rows to hash")),
      },
      holder,
      asOf: recorded ? String(recorded.as_of) : null,
      close: () => database.close(),
    };
  } catch {
    // Its maker was stopped before the tables stood: there is nothing to read yet.
    database.close();
    return undefined;
  }
}
