import { rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Row } from "../warehouse.ts";
import { type Holder, MIRRORED, plain, SHAPE, sideFiles, VERSION } from "./mirror.ts";

export interface SideFileOptions {
  readonly now: () => Date;
  /** Told once, with the reason, when the side file cannot be written. */
  readonly onFailure: (error: unknown) => void;
}

/** How a mirrored table has changed: rows by key, or all of it. */
interface Change {
  readonly table: string;
  readonly rows: readonly Row[];
  readonly whole: boolean;
}

/**
 * A small copy of the recorded state beside the DuckDB file, which lets nobody else in while one process writes. The
 * warehouse always wins, and nothing here stops a command: a side file that cannot be written is done without, and one
 * of another shape, damaged, or taken away is made anew.
 */
export class SideFile {
  readonly #files: readonly [string, string, string];
  #database: DatabaseSync | undefined;
  /** Which files it is: others of their names are not ours. */
  #identity = "";
  /** The holder as last told. */
  #holder: Holder | undefined;
  #isNew = false;
  readonly #now: () => Date;
  readonly #onFailure: (error: unknown) => void;
  #hasFailed = false;
  /** True while the file holds all that is committed. */
  #inStep = false;
  #pending: Change[] = [];

  /** Opens or makes the file. Call it after the warehouse was opened for writing: then no other process makes it. */
  constructor(warehouse: string, options: SideFileOptions) {
    this.#now = options.now;
    this.#onFailure = options.onFailure;
    this.#files = sideFiles(warehouse);
    this.#open();
  }

  #open(): void {
    this.#database = this.#attempt(() => openOrMake(this.#files));
    this.#identity = this.#attempt(() => this.#identityNow()) ?? "";
  }

  /** The file and its journal, which a reader of a deleted one takes away by its name when it closes. */
  #identityNow(): string {
    const [file, journal] = this.#files;
    return `${inodeOf(file)} ${inodeOf(journal)}`;
  }

  get inStep(): boolean {
    return this.#inStep;
  }

  /** True after it had to be made anew, until everything is told again. */
  get isNew(): boolean {
    return this.#isNew;
  }

  /** Says who holds the warehouse, which was `stampOf` that file before it was opened. */
  hold(holder: Omit<Holder, "run_id" | "since" | "heartbeat_at">, stamp: string): void {
    const now = this.#now().toISOString();
    this.#holder = { run_id: "", ...holder, since: now, heartbeat_at: now };
    this.#write((database) => {
      const recorded = database.prepare("SELECT made_from FROM recorded").get();
      const inStep = stamp !== "" && recorded?.made_from === stamp;
      putHolder(database, this.#holder!);
      database.prepare("UPDATE recorded SET in_step = ?, made_from = ''").run(Number(inStep));
      if (inStep) database.prepare("UPDATE recorded SET as_of = ?").run(now);
      return () => {
        this.#inStep = inStep;
      };
    });
  }

  /** Names the run that the holder has begun. */
  announce(runId: string, command: string): void {
    if (this.#holder) this.#holder = { ...this.#holder, run_id: runId, command };
    this.#write((database) => {
      database.prepare("UPDATE holder SET run_id = ?, command = ?").run(runId, command);
    });
  }

  /** A sign of life; what is recorded has been told up to now. */
  beat(): void {
    const identity = this.#attempt(() => this.#identityNow());
    if (this.#database && identity !== undefined && identity !== this.#identity) this.#makeAnew();
    this.#write((database) => {
      const now = this.#now().toISOString();
      database.prepare("UPDATE holder SET heartbeat_at = ?").run(now);
      // What could not be told yet is not as of now.
      if (this.#inStep && this.#pending.length === 0) {
        database.prepare("UPDATE recorded SET as_of = ?").run(now);
      }
    });
  }

  askedToStop(): boolean {
    const asked = this.#attempt(() => {
      try {
        return this.#database?.prepare("SELECT 1 FROM cancels").get();
      } catch (error) {
        if (!isDamage(error)) throw error;
        this.#makeAnew();
        return undefined;
      }
    });
    return asked !== undefined;
  }

  /** Replaces everything by what the warehouse holds. */
  publish(engine: string, state: ReadonlyMap<string, readonly Row[]>): void {
    this.#pending = [];
    this.#write((database) => {
      for (const [table, rows] of state) put(database, { table, rows, whole: true });
      database.exec("DELETE FROM recorded");
      const now = this.#now().toISOString();
      database.prepare("INSERT INTO recorded VALUES (?, ?, 1, '')").run(engine, now);
      return () => {
        this.#inStep = true;
        this.#isNew = false;
        // Another failure is news again.
        this.#hasFailed = false;
      };
    });
  }

  /** What is written and not yet committed. */
  remember(change: Change): void {
    // Without all of the rest, single rows would make an old state look new.
    if (this.#inStep && MIRRORED.has(change.table)) this.#pending.push(change);
  }

  /** What was remembered is committed. What cannot be told now is told with the next commit. */
  tell(): void {
    if (this.#pending.length === 0) return;
    this.#write((database) => {
      for (const change of this.#pending) put(database, change);
      database.prepare("UPDATE recorded SET as_of = ?").run(this.#now().toISOString());
      return () => {
        this.#pending = [];
      };
    });
  }

  /** What was remembered is rolled back. */
  forget(): void {
    this.#pending = [];
  }

  /** Nobody holds the warehouse from now on. Call it before the warehouse is closed: the next holder writes its own name. */
  release(): void {
    this.#holder = undefined;
    this.#write((database) => database.exec("DELETE FROM holder; DELETE FROM cancels"));
  }

  /** The warehouse is closed and has this stamp. Another may hold it by now, and then it is no longer what we made. */
  close(stamp: string): void {
    if (this.#inStep && this.#pending.length === 0) {
      this.#write((database) => {
        const text = "UPDATE recorded SET made_from = ? WHERE NOT EXISTS (SELECT 1 FROM holder)";
        database.prepare(text).run(stamp);
      });
    }
    this.#attempt(() => this.#database?.close());
  }

  /** All of the work or nothing of it. */
  #write(work: Work): void {
    const database = this.#database;
    if (!database) return;
    this.#attempt(() => {
      try {
        inTransaction(database, work);
      } catch (error) {
        if (!isDamage(error)) throw error;
        // What the work was to tell is told with the rest.
        this.#makeAnew();
      }
    });
  }

  /** In place of one that is damaged, or that somebody has taken away. It knows the holder, and nothing else yet. */
  #makeAnew(): void {
    try {
      this.#database?.close();
    } catch {
      // Of no use either way.
    }
    for (const file of this.#files) this.#attempt(() => rmSync(file, { force: true }));
    this.#pending = [];
    this.#inStep = false;
    this.#isNew = true;
    this.#open();
    const holder = this.#holder;
    if (holder && this.#database) {
      const database = this.#database;
      this.#attempt(() => inTransaction(database, () => putHolder(database, holder)));
    }
  }

  #attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!this.#hasFailed) this.#onFailure(error);
      this.#hasFailed = true;
      return undefined;
    }
  }
}

/** What to write; what it gives back is done once that is on the disk. */
// biome-ignore lint/suspicious/noConfusingVoidType: most work has nothing to do afterwards.
type Work = (database: DatabaseSync) => (() => void) | void;

function inTransaction(database: DatabaseSync, work: Work): void {
  database.exec("BEGIN IMMEDIATE");
  try {
    const written = work(database);
    database.exec("COMMIT");
    written?.();
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}

function putHolder(database: DatabaseSync, holder: Holder): void {
  database.exec("DELETE FROM holder; DELETE FROM cancels");
  const { run_id, command, host, pid, since, heartbeat_at } = holder;
  database
    .prepare("INSERT INTO holder VALUES (?, ?, ?, ?, ?, ?)")
    .run(run_id, command, host, pid, since, heartbeat_at);
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

/** What tells one state of a closed warehouse file from another; empty where it is not there, or was not closed. */
export function stampOf(warehouse: string): string {
  if (statSync(`${warehouse}.wal`, { throwIfNoEntry: false })) return "";
  const found = statSync(warehouse, { throwIfNoEntry: false, bigint: true });
  return found ? `${found.ino}:${found.size}:${found.mtimeNs}` : "";
}

function openOrMake(files: readonly [string, string, string]): DatabaseSync {
  try {
    return inShape(open(files[0]));
  } catch (error) {
    if (!isDamage(error)) throw error;
    for (const file of files) rmSync(file, { force: true });
    return inShape(open(files[0]));
  }
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    database.exec("PRAGMA journal_mode = WAL");
  } catch {
    // Somebody is looking at a new file just now. It works without, only then the one waits for the other.
  }
  return database;
}

/** Makes the tables where they are not there, or are another version's; in place, since others may have it open. */
function inShape(database: DatabaseSync): DatabaseSync {
  try {
    database.exec("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE");
    if (database.prepare("PRAGMA user_version").get()?.user_version !== VERSION) {
      const found = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
      for (const { name } of found) database.exec(`DROP TABLE "${name}"`);
      database.exec(`${SHAPE}; PRAGMA user_version = ${VERSION}`);
    }
    database.exec("COMMIT");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite's codes for a malformed file, and for one that is no database; what stands above the low byte says more. */
export function isDamage(error: unknown): boolean {
  return [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff);
}

function put(database: DatabaseSync, { table, rows, whole }: Change): void {
  const columns = MIRRORED.get(table)!;
  if (whole) database.exec(`DELETE FROM ${plain(table)}`);
  const marks = columns.map(() => "?").join(", ");
  const insert = database.prepare(`INSERT OR REPLACE INTO ${plain(table)} VALUES (${marks})`);
  for (const row of rows) insert.run(...columns.map((column) => sqliteValue(row[column])));
}

function sqliteValue(value: Row[string] | undefined): string | number | null {
  return typeof value === "boolean" ? Number(value) : (value ?? null);
}
