import type { Column, Table } from "../../tables.ts";

/** GoogleSQL's TIMESTAMP is an instant, DuckDB's is not: ours is TIMESTAMPTZ there. */
export function duckDbType(column: Column): string {
  return column.type === "TIMESTAMP" ? "TIMESTAMPTZ" : column.type === "FLOAT64" ? "DOUBLE" : column.type;
}

/** The DuckDB table for a GoogleSQL one: types and NOT NULL; keys are asserted by checks, not by an index. */
export function createTable(table: Table, name = table.id, kind = "TABLE IF NOT EXISTS"): string {
  const columns = table.columns.map(
    (column) => `  "${column.name}" ${duckDbType(column)}${column.required ? " NOT NULL" : ""}`,
  );
  return `CREATE ${kind} ${name} (\n${columns.join(",\n")}\n)`;
}
