import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { type IngestRequest, ingest } from "../../src/ingest/ingest.ts";
import type { IngestSummary } from "../../src/ingest/summary.ts";
import { TABLES } from "../../src/tables.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";

/** Files written by hand and a warehouse to load them into; `await using` removes both. */
export class Folder {
  readonly path: string;
  readonly warehouse: DuckDbWarehouse;
  /** When the next ingest takes place; each is a day after the one before. */
  now = new Date("2026-01-17T12:00:00Z");

  private constructor(path: string, warehouse: DuckDbWarehouse) {
    this.path = path;
    this.warehouse = warehouse;
  }

  static async open(): Promise<Folder> {
    const warehouse = await DuckDbWarehouse.open({ path: ":memory:" });
    await warehouse.createTables(TABLES.values());
    return new Folder(mkdtempSync(join(tmpdir(), "nba-backfill-ingest-")), warehouse);
  }

  /** Writes text as it is; gzipped where the name says so. Gives the path. */
  write(name: string, text: string): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
    return path;
  }

  rename(path: string, name: string): string {
    const renamed = join(this.path, name);
    renameSync(path, renamed);
    return renamed;
  }

  /** Writes rows as CSV, the columns being those of all rows. */
  csv(name: string, rows: readonly Row[]): string {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? null)).join(","));
    return this.write(name, `${[columns.join(","), ...lines].join("\n")}\n`);
  }

  jsonLines(name: string, rows: readonly Row[]): string {
    return this.write(name, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }

  /** Writes a SELECT as Parquet. */
  async parquet(name: string, select: string): Promise<string> {
    const path = join(this.path, name);
    await this.warehouse.execute(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    return path;
  }

  async ingest(
    paths: string | readonly string[],
    request: Partial<IngestRequest> = {},
  ): Promise<IngestSummary> {
    const summary = await ingest(
      this.warehouse,
      { paths: typeof paths === "string" ? [paths] : paths, ...request },
      { now: this.now },
    );
    this.now = new Date(this.now.getTime() + 86_400_000);
    return summary;
  }

  /** Writes rows as CSV and loads them. */
  load(rows: readonly Row[], name = "rows.csv"): Promise<IngestSummary> {
    return this.ingest(this.csv(name, rows));
  }

  read<R extends Row = Row>(sql: string): Promise<R[]> {
    return this.warehouse.read<R>(sql);
  }

  /** All rows of the raw tables, without when and out of which file they came. */
  async contents(): Promise<Record<string, Row[]>> {
    const contents: Record<string, Row[]> = {};
    for (const { id, dataset, columns, key } of TABLES.values()) {
      if (dataset !== "nba_raw") continue;
      const kept = columns
        .filter(({ name }) => name !== "loaded_at" && name !== "file")
        .map(({ name }) => name);
      contents[id] = await this.read(`SELECT ${kept.join(", ")} FROM ${id} ORDER BY ${key.join(", ")}`);
    }
    return contents;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.warehouse.close();
    rmSync(this.path, { recursive: true });
  }
}

function cell(value: Row[string]): string {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
