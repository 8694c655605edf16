import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { GameDate } from "../../dates.ts";
import { BackfillError, messageOf, noTable } from "../../errors.ts";
import { DATASETS, TABLES, type Table, tableOf } from "../../tables.ts";
import type {
  DateFingerprint,
  FileFormat,
  Parameters,
  Row,
  ScannedFile,
  Staging,
  Value,
  Warehouse,
} from "../warehouse.ts";
import { CONVERSIONS } from "./conversions.ts";
import { MIRRORED } from "./mirror.ts";
import { PRELUDE, toDuckDb } from "./prelude.ts";
import { scanFile } from "./scan.ts";
import { createTable, duckDbType } from "./schema.ts";
import type { SideFile } from "./side-file.ts";
import { fromDuckDb } from "./values.ts";

export interface DuckDbOptions {
  /** File, or `:memory:`. */
  readonly path: string;
  readonly readOnly?: boolean;
  readonly threads?: number;
  /** DuckDB's memory_limit, such as `2GB`. */
  readonly memory?: string;
}

/** The embedded engine: one file, one writing process. */
export class DuckDbWarehouse implements Warehouse {
  readonly engine: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #sideFile: SideFile | undefined;
  /** Mirrored tables that a statement has written since the last commit. */
  readonly #written = new Set<string>();
  #inTransaction = false;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, version: string) {
    this.#instance = instance;
    this.#connection = connection;
    this.engine = `duckdb ${version}`;
  }

  /**
   * Opens the file, creating it where it is not there. Throws `warehouse-unavailable` with DuckDB's reason, or
   * `warehouse-busy` where another process has it open.
   */
  static async open(options: DuckDbOptions): Promise<DuckDbWarehouse> {
    const config: Record<string, string> = { access_mode: options.readOnly ? "READ_ONLY" : "AUTOMATIC" };
    if (options.threads !== undefined) config.threads = String(options.threads);
    if (options.memory !== undefined) config.memory_limit = options.memory;
    try {
      const instance = await DuckDBInstance.create(options.path, config);
      const connection = await instance.connect();
      await connection.run([...PRELUDE, ...CONVERSIONS].join(";\n"));
      const version = (await connection.runAndReadAll("SELECT version()")).getRows()[0]![0] as string;
      return new DuckDbWarehouse(instance, connection, version);
    } catch (error) {
      const code = /Could not set lock/.test(messageOf(error)) ? "warehouse-busy" : "warehouse-unavailable";
      throw new BackfillError(code, `cannot open ${options.path}: ${messageOf(error)}`, { cause: error });
    }
  }

  /** From now on this process, which writes, shows its recorded state there. */
  showIn(sideFile: SideFile): void {
    this.#sideFile = sideFile;
  }

  async createTables(tables: Iterable<Table>): Promise<void> {
    for (const dataset of DATASETS) await this.execute(`CREATE SCHEMA IF NOT EXISTS ${dataset}`);
    for (const table of tables) {
      await this.execute(createTable(table));
      await this.#refuseForeignShape(table);
    }
  }

  async #refuseForeignShape(table: Table): Promise<void> {
    const found = await this.read<{ column_name: string; data_type: string }>(
      "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = @dataset AND table_name = @name ORDER BY column_index",
      { dataset: table.dataset, name: table.name },
    );
    const names = found.map((column) => column.column_name).join(", ");
    if (names !== table.columns.map((column) => column.name).join(", ")) {
      throw new BackfillError(
        "foreign-table",
        `${table.id} exists with other columns (${names}); it is left as it is: use another warehouse file`,
      );
    }
  }

  async read<R extends Row = Row>(sql: string, parameters: Parameters = {}): Promise<R[]> {
    const text = toDuckDb(sql);
    const reader = await this.#connection.runAndReadAll(text, used(text, parameters)).catch(tellMissingTable);
    return reader.convertRowObjects<Value>((value) => fromDuckDb(value)) as R[];
  }

  async execute(sql: string, parameters: Parameters = {}): Promise<void> {
    await this.#run(sql, parameters);
    const table = /^(?:INSERT INTO|DELETE FROM|UPDATE) (\w+\.\w+)/.exec(sql)?.[1];
    if (table === undefined || !MIRRORED.has(table)) return;
    this.#written.add(table);
    if (!this.#inTransaction) {
      await this.#mirrorWritten();
      this.#sideFile?.tell();
    }
  }

  async #run(sql: string, parameters: Parameters = {}): Promise<void> {
    const text = toDuckDb(sql);
    await this.#connection.run(text, used(text, parameters)).catch(tellMissingTable);
  }

  /** A statement does not say which rows it has changed: its table is told whole. */
  async #mirrorWritten(): Promise<void> {
    for (const table of this.#written) {
      if (this.#sideFile?.inStep) {
        this.#sideFile.remember({ table, rows: await this.#mirrored(table), whole: true });
      }
    }
    this.#written.clear();
  }

  #mirrored(table: string): Promise<Row[]> {
    return this.read(`SELECT ${MIRRORED.get(table)!.join(", ")} FROM ${table}`);
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const result = await this.#committed(work);
    this.#sideFile?.tell();
    // It is committed, whatever becomes of this: made anew, the side file is told all now, or with the next commit.
    if (this.#sideFile?.isNew) await this.publishState().catch(() => undefined);
    return result;
  }

  async #committed<T>(work: () => Promise<T>): Promise<T> {
    await this.#connection.run("BEGIN TRANSACTION");
    this.#inTransaction = true;
    try {
      const result = await work();
      await this.#mirrorWritten();
      await this.#connection.run("COMMIT");
      this.#inTransaction = false;
      return result;
    } catch (error) {
      this.#inTransaction = false;
      this.#written.clear();
      this.#sideFile?.forget();
      // The first error is the one to tell; a rollback fails only where DuckDB has rolled back already.
      await this.#connection.run("ROLLBACK").catch(() => undefined);
      throw error;
    }
  }

  async insertRows(tableId: string, rows: readonly Row[]): Promise<void> {
    if (rows.length > 0) await this.#insertFromJson(tableId, tableOf(tableId), rows);
  }

  async replaceRows(table: Table, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(createTable(table, "incoming_rows", "OR REPLACE TEMP TABLE"));
    await this.#insertFromJson("incoming_rows", table, rows);
    const equalKeys = table.key.map((column) => `held.${column} = incoming_rows.${column}`).join(" AND ");
    await this.#run(`DELETE FROM ${table.id} AS held USING incoming_rows WHERE ${equalKeys}`);
    await this.#run(`INSERT INTO ${table.id} SELECT * FROM incoming_rows`);
    this.#sideFile?.remember({ table: table.id, rows, whole: false });
    if (!this.#inTransaction) this.#sideFile?.tell();
  }

  async publishState(): Promise<void> {
    if (!this.#sideFile || this.#sideFile.inStep) return;
    const state = new Map<string, Row[]>();
    for (const table of MIRRORED.keys()) state.set(table, await this.#mirrored(table));
    this.#sideFile.publish(this.engine, state);
  }

  announce(runId: string, command: string): void {
    this.#sideFile?.announce(runId, command);
  }

  async askedToStop(): Promise<boolean> {
    return this.#sideFile?.askedToStop() ?? false;
  }

  async #insertFromJson(target: string, table: Table, rows: readonly Row[]): Promise<void> {
    const shape = Object.fromEntries(table.columns.map((column) => [column.name, duckDbType(column)]));
    const columns = table.columns.map((column) => `r."${column.name}"`).join(", ");
    await this.execute(
      `INSERT INTO ${target} SELECT ${columns} FROM (SELECT UNNEST(from_json(@rows, @shape)) AS r)`,
      { rows: JSON.stringify(rows), shape: JSON.stringify([shape]) },
    );
  }

  scanFile(path: string, format: FileFormat, target: string): Promise<ScannedFile> {
    return scanFile(this.#connection, path, format, target);
  }

  async stage(table: Table, statement: string, parameters: Parameters = {}): Promise<Staging> {
    const name = `staging_${table.name}`;
    await this.execute(createTable(table, name, "OR REPLACE TEMP TABLE"));
    await this.execute(`INSERT INTO ${name} ${statement}`, parameters);
    const [counted] = await this.read<{ rows: number }>(`SELECT COUNT(*) AS rows FROM ${name}`);
    return { name, rows: counted!.rows };
  }

  async fingerprints(
    select: string,
    dateColumn: string | null,
    parameters: Parameters = {},
  ): Promise<DateFingerprint[]> {
    const date = dateColumn ?? "DATE '0001-01-01'";
    const rows = await this.read<{ date: string; rows: number; total: Value }>(
      `SELECT ${date} AS date, COUNT(*) AS rows, CAST(SUM(hash(seen)) AS VARCHAR) AS total
       FROM (${select}) AS seen GROUP BY 1 ORDER BY 1`,
      parameters,
    );
    return rows.map((row) => ({
      date: row.date as GameDate,
      rows: row.rows,
      fingerprint: `${row.rows}:${row.total}`,
    }));
  }

  interrupt(): void {
    this.#connection.interrupt();
  }

  async close(): Promise<void> {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** For a table of ours that somebody has dropped. */
function tellMissingTable(error: unknown): never {
  const name = /^Catalog Error: Table with name (\w+) does not exist/.exec(messageOf(error))?.[1];
  const table = [...TABLES.values()].find((of) => of.name === name);
  throw table ? noTable(table.id, error) : error;
}

/** DuckDB refuses parameters that a statement does not name. */
function used(text: string, parameters: Parameters): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(parameters).filter(([name]) => new RegExp(`\\$${name}\\b`).test(text)),
  );
}
