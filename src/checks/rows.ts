import type { Processor, Reference } from "../processors/processor.ts";
import { hasWindow, OF_THE_DATES, type Place } from "./declared.ts";
import { rowKey } from "./keys.ts";

/** What is wrong with a row, as conditions on it and on the rows of other tables that it refers to. */
function rowConditions(processor: Processor): { readonly name: string; readonly isBroken: string }[] {
  return [
    ...processor.references.map(({ name, columns }, index) => ({
      name,
      isBroken: [
        `reference_${index} IS NULL`,
        ...Object.keys(columns).map((column) => `${column} IS NOT NULL`),
      ].join(" AND "),
    })),
    ...processor.rowChecks.map(({ name, sql }) => ({ name, isBroken: `NOT (${sql})` })),
    ...(hasWindow(processor)
      ? [{ name: "window_holes", isBroken: "window_games_found < window_games_expected" }]
      : []),
  ];
}

/** How many rows of each date are wrong in each way, with an example. */
export function rowCounts(processor: Processor, from: string): string {
  const counts = rowConditions(processor).map(
    ({ isBroken }, index) => `,
    COUNTIF(${isBroken}) AS row_${index},
    MIN(CASE WHEN ${isBroken} THEN ${rowKey(processor)} END) AS row_${index}_example`,
  );
  return `row_counts AS (
  SELECT game_date, COUNT(*) AS row_count${counts.join("")}
  FROM ${from} AS checked_rows${processor.references.map(referenceJoin).join("")}
  GROUP BY game_date
)`;
}

/** Their columns under names of their own, so that the conditions on a row need no qualifier. */
function referenceJoin({ table, columns }: Reference, index: number): string {
  const pairs = Object.entries(columns);
  const theirs = pairs.map(([ours, theirs]) => `${theirs} AS reference_${index}_${ours}`).join(", ");
  const same = pairs.map(([ours]) => `reference_${index}_${ours} = checked_rows.${ours}`).join(" AND ");
  return `
  LEFT JOIN (
    SELECT DISTINCT ${theirs}, 1 AS reference_${index} FROM ${table} WHERE ${OF_THE_DATES}
  ) AS referenced_${index} ON ${same}`;
}

/** Where the counts of the checks of rows stand. */
export function rowPlaces(processor: Processor): Place[] {
  return rowConditions(processor).map(({ name }, index) => ({
    name,
    cte: "row_counts",
    checked: "row_count",
    found: `row_${index}`,
    example: `row_${index}_example`,
  }));
}
