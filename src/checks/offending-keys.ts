import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { onDates } from "../statements/date-list.ts";
import { rowHash } from "../statements/row-hash.ts";
import { readSql, withPrefix } from "../statements/statement.ts";
import { contentColumns, tableOf } from "../tables.ts";
import type { Parameters, Reader, Row } from "../warehouse/warehouse.ts";
import { keyColumns, setAsides } from "./keys.ts";

/** What is wrong with a stored row, or with its absence. */
export type KeyFault = "edited" | "missing" | "unexpected" | "duplicate";

/** A key of a stored partition that is not as a run would have left it. */
export interface OffendingKey {
  readonly game_date: GameDate;
  /** The key's columns but game_date. */
  readonly key: Readonly<Record<string, string>>;
  readonly fault: KeyFault;
}

/**
 * The keys that stored partitions lack, have too many of, or whose columns no longer make the hash that was stored
 * with them. An edit that renewed the hash as well shows in the partition's fingerprint alone.
 */
export async function offendingKeys(
  reader: Reader,
  processor: Processor,
  dates: readonly GameDate[],
  parameters: Parameters,
): Promise<OffendingKey[]> {
  if (dates.length === 0) return [];
  const table = tableOf(processor.table);
  const key = keyColumns(processor);
  const all = ["game_date", ...key];
  const same = all.map((column) => `held.${column} = expected_keys.${column}`).join(" AND ");
  const either = all.map((column) => `COALESCE(expected_keys.${column}, held.${column}) AS ${column}`);
  const asides = setAsides(processor, true);
  const isMissing = ["held.game_date IS NULL", ...asides.map(({ isNot }) => isNot)].join(" AND ");
  const rows = await reader.read<Row & { game_date: GameDate; fault: KeyFault }>(
    `${withPrefix(processor, dates)},
expected_keys AS (\n${readSql(`${processor.folder}/expected.sql`)}\n),
${asides.map(({ cte }) => cte).join(",\n")},
held AS (
  SELECT ${all.map((column) => `stored.${column} AS ${column}`).join(", ")},
    COUNT(*) OVER (PARTITION BY ${all.map((column) => `stored.${column}`).join(", ")}) AS copies,
    stored.row_hash <> ${rowHash(contentColumns(table), "stored.")} AS is_edited
  FROM ${table.id} AS stored
  WHERE ${onDates(dates, "stored.game_date")}
),
judged AS (
  SELECT ${either.join(", ")},
    CASE
      WHEN ${isMissing} THEN 'missing'
      WHEN held.game_date IS NOT NULL AND expected_keys.game_date IS NULL THEN 'unexpected'
      WHEN held.copies > 1 THEN 'duplicate'
      WHEN held.is_edited THEN 'edited'
    END AS fault
  FROM expected_keys
  FULL JOIN held ON ${same}
  ${asides.map(({ join }) => join).join("\n  ")}
)
SELECT DISTINCT ${all.join(", ")}, fault FROM judged WHERE fault IS NOT NULL
ORDER BY ${all.join(", ")}, fault`,
    parameters,
  );
  return rows.map(({ game_date, fault, ...rest }) => ({
    game_date,
    key: Object.fromEntries(key.map((column) => [column, String(rest[column])])),
    fault,
  }));
}
