import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { BackfillError, messageOf } from "../../errors.ts";
import type { Parameters, Reader, Row } from "../warehouse.ts";
import { type Holder, sideFiles, VERSION } from "./mirror.ts";
import { isDamage } from "./side-file.ts";

/** The recorded state as another process may read it while one writes. */
export interface RecordedState {
  readonly reader: Reader;
  /** As last written; of a killed process it stands there until the next has opened the warehouse. */
  readonly holder: Holder | undefined;
  /** When it was last told, or null where nobody has published yet. */
  readonly asOf: string | null;
  /** Whether the holder has told all that is recorded: if not, it is as an earlier one left it. */
  readonly inStep: boolean;
  close(): void;
}

/** Opens the side file of a warehouse for reading; undefined where there is none of this version. */
export function readSideFile(warehouse: string): RecordedState | undefined {
  const [path] = sideFiles(warehouse);
  if (!existsSync(path)) return undefined;
  const database = new DatabaseSync(":memory:", { timeout: 5000 });
  try {
    // Attached under both dataset names, so that the warehouse's own simple reads run on it as they are.
    for (const dataset of ["nba_backfill", "nba_raw"]) database.prepare(`ATTACH ? AS ${dataset}`).run(path);
    // One snapshot for all reads: a commit told between two of them would make partitions look stale.
    database.exec("BEGIN");
    const version = database.prepare("PRAGMA nba_backfill.user_version").get();
    if (version?.user_version !== VERSION) throw new Error("of another version");
    const holder = database.prepare("SELECT * FROM nba_backfill.holder").get() as Holder | undefined;
    const recorded = database.prepare("SELECT engine, as_of, in_step FROM nba_backfill.recorded").get();
    return {
      reader: readerOf(database, String(recorded?.engine ?? "")),
      holder,
      asOf: recorded ? String(recorded.as_of) : null,
      inStep: recorded?.in_step === 1,
      close: () => database.close(),
    };
  } catch {
    // Damaged, of another version, or its maker has not got that far: whoever writes next makes it anew.
    database.close();
    return undefined;
  }
}

function readerOf(database: DatabaseSync, engine: string): Reader {
  return {
    engine,
    read: async <R extends Row = Row>(sql: string, parameters: Parameters = {}) => {
      try {
        return database
          .prepare(toSqlite(sql))
          .all(parameters as Record<string, string | number | null>) as R[];
      } catch (error) {
        // As if there were none: its holder makes it anew.
        if (isDamage(error)) throw new BackfillError("warehouse-busy", messageOf(error), { cause: error });
        throw error;
      }
    },
    fingerprints: () => Promise.reject(new Error("the side file holds no rows to hash")),
  };
}

/** SQLite takes an unknown type's name for a number's. */
function toSqlite(sql: string): string {
  return sql.replaceAll(" AS STRING)", " AS TEXT)");
}

/** Asks the process that holds the warehouse to stop. False where there is no side file to ask through. */
export function requestCancel(warehouse: string, now: Date): boolean {
  return change(warehouse, (database) =>
    database.prepare("INSERT INTO cancels VALUES (?)").run(now.toISOString()),
  );
}

/** Takes away the name of a process that was killed. Call it where the warehouse could be opened: nobody writes. */
export function forgetHolder(warehouse: string): void {
  change(warehouse, (database) => database.exec("DELETE FROM holder; DELETE FROM cancels"));
}

function change(warehouse: string, work: (database: DatabaseSync) => void): boolean {
  const [path] = sideFiles(warehouse);
  if (!existsSync(path)) return false;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 5000 });
    if (database.prepare("PRAGMA user_version").get()?.user_version !== VERSION) return false;
    work(database);
    return true;
  } catch {
    return false;
  } finally {
    database?.close();
  }
}
