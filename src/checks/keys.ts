import type { Processor } from "../processors/processor.ts";
import { readSql } from "../statements/statement.ts";
import { tableOf } from "../tables.ts";
import { OF_THE_DATES, type Place } from "./declared.ts";

/** Where the counts of the checks of keys stand. */
export const KEY_PLACES: readonly Place[] = [
  { name: "keys_duplicate", checked: "row_count", found: "duplicates", example: "duplicate" },
  { name: "keys_missing", checked: "expected_count", found: "missing_count", example: "missing_key" },
  { name: "keys_unexpected", checked: "key_count", found: "unexpected_count", example: "unexpected_key" },
].map((place) => ({ ...place, cte: "key_counts" }));

/** The key of a row within its date, as text: what examples and exceptions name it by. */
export function rowKey(processor: Processor, qualifier = ""): string {
  return keyColumns(processor)
    .map((column) => `${qualifier}${column}`)
    .join(" || ' ' || ");
}

/** The columns of a key within its date. */
export function keyColumns(processor: Processor): string[] {
  return tableOf(processor.table).key.filter((column) => column !== "game_date");
}

/** Expected keys against those that are there, each counted once however often a join repeats it. */
export function keyCtes(processor: Processor, from: string, areStored: boolean): string[] {
  const columns = ["game_date", ...keyColumns(processor)];
  const all = columns.join(", ");
  const same = columns.map((column) => `held_keys.${column} = expected_keys.${column}`).join(" AND ");
  const asides = setAsides(processor, areStored);
  const isMissing = ["held_keys.game_date IS NULL", ...asides.map(({ isNot }) => isNot)].join(" AND ");
  const isUnexpected = "expected_keys.game_date IS NULL";
  return [
    `all_expected AS (\n${readSql(`${processor.folder}/expected.sql`)}\n)`,
    `expected_keys AS (\n  SELECT DISTINCT ${all} FROM all_expected\n)`,
    ...asides.map(({ cte }) => cte),
    `held_keys AS (
  SELECT ${columns.map((column) => `checked_rows.${column} AS ${column}`).join(", ")}, COUNT(*) AS copies
  FROM ${from} AS checked_rows GROUP BY ${all}
)`,
    `key_counts AS (
  SELECT COALESCE(expected_keys.game_date, held_keys.game_date) AS game_date,
    SUM(COALESCE(copies, 0)) AS row_count,
    SUM(COALESCE(copies - 1, 0)) AS duplicates,
    MIN(CASE WHEN copies > 1 THEN ${rowKey(processor, "held_keys.")} END) AS duplicate,
    COUNT(expected_keys.game_date) AS expected_count,
    COUNT(held_keys.game_date) AS key_count,
    COUNTIF(${isMissing}) AS missing_count,
    MIN(CASE WHEN ${isMissing} THEN ${rowKey(processor, "expected_keys.")} END) AS missing_key,
    COUNTIF(${isUnexpected}) AS unexpected_count,
    MIN(CASE WHEN ${isUnexpected} THEN ${rowKey(processor, "held_keys.")} END) AS unexpected_key
  FROM expected_keys
  FULL JOIN held_keys ON ${same}
  ${asides.map(({ join }) => join).join("\n  ")}
  GROUP BY 1
)`,
  ];
}

/** What is expected and rightly not there, as a CTE, its join to `expected_keys`, and that a key is none of it. */
export function setAsides(
  processor: Processor,
  areStored: boolean,
): readonly { readonly cte: string; readonly join: string; readonly isNot: string }[] {
  return [
    ...(processor.kind === "summary"
      ? [
          {
            cte: `games_set_aside AS (\n${readSql(`${processor.folder}/games.sql`)}\n)`,
            join: "LEFT JOIN games_set_aside ON games_set_aside.game_id = expected_keys.game_id",
            isNot: "games_set_aside.game_id IS NULL",
          },
        ]
      : []),
    ...(areStored
      ? [
          {
            cte: `rows_set_aside AS (
  SELECT game_date AS aside_date, row_key AS aside_key FROM nba_backfill.exceptions
  WHERE ${OF_THE_DATES} AND processor = '${processor.name}' AND kind = 'row_contract'
)`,
            join: `LEFT JOIN rows_set_aside
    ON rows_set_aside.aside_date = expected_keys.game_date AND rows_set_aside.aside_key = ${rowKey(processor, "expected_keys.")}`,
            isNot: "rows_set_aside.aside_key IS NULL",
          },
        ]
      : []),
  ];
}
