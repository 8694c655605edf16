/**
 * What makes a DuckDB connection read our GoogleSQL text as GoogleSQL means it. Each macro has a conformance test
 * against the value that GoogleSQL's reference gives.
 */
export const PRELUDE: readonly string[] = [
  "SET default_null_order = 'nulls_first_on_asc_last_on_desc'",
  "SET TimeZone = 'UTC'",
  "SET ieee_floating_point_ops = false",
  "SET preserve_insertion_order = false",
  "CREATE TEMP TYPE FLOAT64 AS DOUBLE",
  "CREATE TEMP MACRO safe_divide(a, b) AS CASE WHEN b = 0 THEN NULL ELSE CAST(a AS DOUBLE) / CAST(b AS DOUBLE) END",
  "CREATE TEMP MACRO unix_date(d) AS CAST(d - DATE '1970-01-01' AS BIGINT)",
  "CREATE TEMP MACRO date_from_unix_date(n) AS DATE '1970-01-01' + CAST(n AS INTEGER)",
  "CREATE TEMP MACRO unix_seconds(t) AS CAST(FLOOR(epoch(t)) AS BIGINT)",
  "CREATE TEMP MACRO timestamp_seconds(n) AS to_timestamp(n)",
  "CREATE TEMP MACRO logical_or(b) AS bool_or(b)",
  "CREATE TEMP MACRO logical_and(b) AS bool_and(b)",
  "CREATE TEMP MACRO countif(b) AS COUNT(*) FILTER (WHERE b)",
  "CREATE TEMP MACRO div(a, b) AS CASE WHEN b = 0 THEN error('division by zero in DIV') ELSE CAST(a // b AS BIGINT) END",
  "CREATE TEMP MACRO to_hex(x) AS x",
];

/** The text as DuckDB takes it: `$name` for `@name`, and the dates of target_dates unnested in DuckDB's form. */
export function toDuckDb(sql: string): string {
  return sql
    .replace(/SELECT game_date FROM UNNEST\(\[([^\]]*)\]\) AS game_date/, "SELECT UNNEST([$1]) AS game_date")
    .replace(/@(\w+)/g, (_, name) => `$${name}`);
}
