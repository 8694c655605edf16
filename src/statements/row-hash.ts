import type { Column } from "../tables.ts";

/** NULL stands in the canonical text as a backslash and N, written so that both engines read the same two letters. */
const nullText = "'2:' || CHR(92) || 'N'";

/**
 * SQL for the hash of a row: SHA-256 in hex over the canonical text of the columns in order, each length-prefixed
 * (`3:abc`). Floats are the integer FLOOR(x * 1e9 + 0.5), dates ISO, booleans 0 and 1: the same on every engine.
 */
export function rowHash(columns: readonly Column[], qualifier: string): string {
  const parts = columns.map((column) => {
    const text = canonicalText(column, `${qualifier}${column.name}`);
    return `COALESCE(CAST(LENGTH(${text}) AS STRING) || ':' || ${text}, ${nullText})`;
  });
  return `TO_HEX(SHA256(${parts.join("\n    || ")}))`;
}

function canonicalText(column: Column, name: string): string {
  switch (column.type) {
    case "STRING":
      return name;
    case "BOOL":
      return `CASE WHEN ${name} THEN '1' WHEN NOT ${name} THEN '0' END`;
    case "FLOAT64":
      return `CAST(CAST(FLOOR(${name} * 1e9 + 0.5e0) AS INT64) AS STRING)`;
    case "TIMESTAMP":
      return `CAST(UNIX_SECONDS(${name}) AS STRING)`;
    case "INT64":
    case "DATE":
      return `CAST(${name} AS STRING)`;
  }
}
