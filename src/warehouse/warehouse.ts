import type { GameDate } from "../dates.ts";
import type { Table } from "../tables.ts";

/**
 * A value as rows carry it, in and out: INT64 and FLOAT64 are numbers, DATE is YYYY-MM-DD, TIMESTAMP is an ISO
 * instant in UTC (`2022-10-18T23:30:00.000Z`), integers beyond 2^53 are decimal strings.
 */
export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;
export type Parameters = Readonly<Record<string, Value>>;

/** Count and sum of row hashes of one date: equal exactly where the rows are (up to hash collisions). */
export interface DateFingerprint {
  readonly date: GameDate;
  readonly rows: number;
  /** `count:sum`, the sum in decimal modulo 2^128; sums of several dates add. */
  readonly fingerprint: string;
}

/** A read of the warehouse, or a statement over it, in our GoogleSQL subset with @parameters. */
export interface Reader {
  /** Engine and version, part of every fingerprint: `duckdb v1.5.6`. */
  readonly engine: string;
  read<R extends Row = Row>(sql: string, parameters?: Parameters): Promise<R[]>;
  /** Fingerprints per date over the whole rows of a SELECT. With `dateColumn` null all rows belong to 0001-01-01. */
  fingerprints(
    select: string,
    dateColumn: string | null,
    parameters?: Parameters,
  ): Promise<DateFingerprint[]>;
}

/** The port to an engine. */
export interface Warehouse extends Reader {
  /** Creates the tables that are not there; an existing table of another shape is refused (`foreign-table`). */
  createTables(tables: Iterable<Table>): Promise<void>;
  execute(sql: string, parameters?: Parameters): Promise<void>;
  /** Runs the work in one transaction: all of it, or none of it. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Appends rows; columns that a row lacks are NULL. */
  insertRows(tableId: string, rows: readonly Row[]): Promise<void>;
  /** Replaces rows by key (primary key of the table). */
  replaceRows(table: Table, rows: readonly Row[]): Promise<void>;
  /**
   * Reads a file into a temporary table of text columns and `source_row`; lines that are no records go to
   * `<target>_broken` (line, text, problem). Throws `input-invalid` where the file is not what its format says.
   */
  scanFile(path: string, format: FileFormat, target: string): Promise<ScannedFile>;
  /** Computes a statement into a staging table of that table's shape, in place of what the staging table held. */
  stage(table: Table, statement: string, parameters?: Parameters): Promise<Staging>;
  /**
   * Makes the recorded state readable for other processes where the engine keeps them out while it writes; from then
   * on every commit is told as well.
   */
  publishState(): Promise<void>;
  /** Names the run that this process begins, for those it keeps out. */
  announce(runId: string, command: string): void;
  /** True once another process has asked this one to stop. */
  askedToStop(): Promise<boolean>;
  /** Ends the work under way in another call, which then throws. */
  interrupt(): void;
  close(): Promise<void>;
}

/** Rows computed and not yet committed: readable by name in SQL, gone with the next stage of the same table. */
export interface Staging {
  readonly name: string;
  readonly rows: number;
}

export type FileFormat = "parquet" | "csv" | "json";

/** What a scan of a file found. */
export interface ScannedFile {
  /** Names of the columns, in lower case. */
  readonly columns: readonly string[];
  readonly rows: number;
  readonly brokenLines: number;
}
