import { readdirSync, readFileSync } from "node:fs";
import { BackfillError } from "./errors.ts";

/** The GoogleSQL types our tables use. */
export type ColumnType = "STRING" | "INT64" | "FLOAT64" | "BOOL" | "DATE" | "TIMESTAMP";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly description: string;
}

/** A table as its file under schemas/bigquery declares it: the single source of its shape on every engine. */
export interface Table {
  /** Dataset and name, `nba_raw.schedule`. */
  readonly id: string;
  readonly dataset: string;
  readonly name: string;
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly partitionBy: string | undefined;
  readonly description: string;
  /** The GoogleSQL text itself. */
  readonly ddl: string;
}

export const DATASETS = ["nba_raw", "nba_analytics", "nba_precompute", "nba_backfill"] as const;

const schemas = new URL("../schemas/bigquery/", import.meta.url);
const columnLine =
  /^\s+(\w+) (STRING|INT64|FLOAT64|BOOL|DATE|TIMESTAMP)( NOT NULL)? OPTIONS \(description = "(.*)"\),$/;

/** Reads one of our CREATE TABLE statements; the form is fixed (one column a line) and anything else is an error. */
function parseTable(ddl: string): Table {
  const head = /CREATE TABLE IF NOT EXISTS (\w+)\.(\w+) \(/.exec(ddl);
  const key = /^\s+PRIMARY KEY \(([^)]*)\) NOT ENFORCED$/m.exec(ddl);
  const description = /^OPTIONS \(description = "((?:[^"\\]|\\.)*)"/m.exec(ddl)?.[1];
  const body = ddl.slice(ddl.indexOf("(\n") + 2, ddl.indexOf("  PRIMARY KEY"));
  if (!head || !key || description === undefined) {
    throw new BackfillError("config-invalid", `not a table statement in our form: ${ddl.slice(0, 80)}`);
  }
  const columns = body
    .trimEnd()
    .split("\n")
    .map((line): Column => {
      const found = columnLine.exec(line);
      if (!found) throw new BackfillError("config-invalid", `not a column in our form: ${line.trim()}`);
      const [, name, type, required, text] = found;
      return { name: name!, type: type as ColumnType, required: required !== undefined, description: text! };
    });
  return {
    id: `${head[1]}.${head[2]}`,
    dataset: head[1]!,
    name: head[2]!,
    columns,
    key: key[1]!.split(", "),
    partitionBy: /^PARTITION BY (\w+)$/m.exec(ddl)?.[1],
    description,
    ddl,
  };
}

function loadTables(): ReadonlyMap<string, Table> {
  const tables = DATASETS.flatMap((dataset) =>
    readdirSync(new URL(`${dataset}/`, schemas))
      .filter((file) => file.endsWith(".sql"))
      .map((file) => parseTable(readFileSync(new URL(`${dataset}/${file}`, schemas), "utf8"))),
  );
  return new Map(tables.map((table) => [table.id, table]));
}

/** All tables of the four datasets, by id. */
export const TABLES = loadTables();

/** The table of that id; a wrong id is a mistake in the code. */
export function tableOf(id: string): Table {
  const table = TABLES.get(id);
  if (!table) throw new Error(`no schema file for table ${id}`);
  return table;
}

/** Columns every output row carries that are no content. */
const STAMP_COLUMNS = ["processor_version", "run_id", "computed_at", "row_hash"] as const;

/** The columns of an output table that a processor's query computes, in order. */
export function contentColumns(table: Table): readonly Column[] {
  return table.columns.filter((column) => !(STAMP_COLUMNS as readonly string[]).includes(column.name));
}
