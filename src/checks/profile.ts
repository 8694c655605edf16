import { addDays, type GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { onDates } from "../statements/date-list.ts";
import type { Place } from "./declared.ts";

/**
 * When a date's columns look unlike those of the dates before it in its season. A date is compared where enough teams
 * play and enough dates are before it: a playoff night has the players of two teams, and differs from the league.
 */
const PROFILE = {
  /** Dates before that a date is compared with. */
  dates: 30,
  /** Days within which these are looked for. */
  days: 60,
  leastDates: 10,
  leastTeams: 8,
  /** Largest shift of the mean, in standard deviations of the rows before (and a thousandth, to be above rounding). */
  shift: 1.5,
  /** Largest rise of a column's share of NULL, or of 0 among its values. */
  rise: 0.25,
} as const;

/** One value in thousandths: integer sums do not depend on the order of rows. */
const thousandths = (column: string) => `CAST(FLOOR(${column} * 1e3 + 0.5e0) AS INT64)`;

/** Counts and sums of the profiled columns by date, beside those of the dates before. */
export function profileCtes(processor: Processor, dates: readonly GameDate[], from: string): string[] {
  const { profiled } = processor;
  const sorted = [...dates].sort();
  const columns = ["season_year", "game_date", "team", ...profiled].join(", ");
  const measures = ["count", "sum", "square", "zero"].flatMap((measure) =>
    profiled.map((_, index) => `${measure}_${index}`),
  );
  return [
    `profile_rows AS (
  SELECT ${columns} FROM ${from} AS checked_rows
  UNION ALL
  SELECT ${columns} FROM ${processor.table}
  WHERE game_date BETWEEN DATE '${addDays(sorted[0]!, -PROFILE.days)}' AND DATE '${sorted.at(-1)}'
    AND NOT (${onDates(sorted)})
)`,
    `profile_dates AS (
  SELECT season_year, game_date, COUNT(*) AS row_count, COUNT(DISTINCT team) AS teams,
    ${profiled
      .map((column, index) =>
        [
          `COUNT(${column}) AS count_${index}`,
          `SUM(${thousandths(column)}) AS sum_${index}`,
          `SUM(${thousandths(column)} * ${thousandths(column)}) AS square_${index}`,
          `COUNTIF(${column} = 0) AS zero_${index}`,
        ].join(", "),
      )
      .join(",\n    ")}
  FROM profile_rows GROUP BY season_year, game_date
)`,
    `profile_windows AS (
  SELECT game_date, row_count, teams, ${measures.join(", ")},
    COUNT(*) OVER before AS dates_before, SUM(row_count) OVER before AS rows_before,
    ${measures.map((measure) => `CAST(SUM(${measure}) OVER before AS FLOAT64) AS ${measure}_before`).join(",\n    ")}
  FROM profile_dates
  WINDOW before AS (
    PARTITION BY season_year ORDER BY game_date ROWS BETWEEN ${PROFILE.dates} PRECEDING AND 1 PRECEDING
  )
)`,
    `profile_counts AS (
  SELECT game_date,
    ${profileFindings(processor)
      .map(
        ({
          name,
          faults,
        }) => `${faults.map((fault) => `CASE WHEN ${fault} THEN 1 ELSE 0 END`).join(" + ")} AS ${name},
    CASE ${faults.map((fault, index) => `WHEN ${fault} THEN '${profiled[index]}'`).join(" ")} END AS ${name}_example`,
      )
      .join(",\n    ")}
  FROM profile_windows
  WHERE dates_before >= ${PROFILE.leastDates} AND teams >= ${PROFILE.leastTeams} AND ${onDates(sorted)}
)`,
  ];
}

/** Where the counts of the three checks of a column's profile stand. */
export function profilePlaces(processor: Processor): Place[] {
  return profileFindings(processor).map(({ name }) => ({
    name,
    cte: "profile_counts",
    checked: String(processor.profiled.length),
    found: name,
    example: `${name}_example`,
  }));
}

/** The faults of each column, by check. */
function profileFindings({ profiled }: Processor) {
  const each = (fault: (index: number) => string) => profiled.map((_, index) => fault(index));
  const mean = (n: number) => `SAFE_DIVIDE(sum_${n}_before, count_${n}_before)`;
  const variance = (n: number) =>
    `SAFE_DIVIDE(square_${n}_before, count_${n}_before) - ${mean(n)} * ${mean(n)}`;
  const risen = (part: string, whole: string, partBefore: string, wholeBefore: string) =>
    `SAFE_DIVIDE(${part}, ${whole}) - SAFE_DIVIDE(${partBefore}, ${wholeBefore}) > ${PROFILE.rise}e0`;
  return [
    {
      name: "distribution",
      faults: each(
        (n) =>
          `ABS(SAFE_DIVIDE(sum_${n}, count_${n}) - ${mean(n)})
        > 1 + ${PROFILE.shift}e0 * SQRT(ABS(${variance(n)}))`,
      ),
    },
    {
      name: "null_share",
      faults: each(
        (n) =>
          `${risen(`(row_count - count_${n})`, "row_count", `(rows_before - count_${n}_before)`, "rows_before")}
        OR count_${n} + count_${n}_before = 0`,
      ),
    },
    {
      name: "zero_share",
      faults: each(
        (n) =>
          `${risen(`zero_${n}`, `count_${n}`, `zero_${n}_before`, `count_${n}_before`)}
        OR (count_${n} > 0 AND zero_${n} + zero_${n}_before = count_${n} + count_${n}_before)`,
      ),
    },
  ];
}
