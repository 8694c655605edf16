import type { GameDate } from "../dates.ts";
import type { Processor, Reference } from "../processors/processor.ts";
import { readSql, type StagedReaders, withPrefix } from "../statements/statement.ts";
import { tableOf } from "../tables.ts";
import { checksOf, hasWindow, type Place } from "./declared.ts";
import { profileCounts, profileCtes } from "./profile.ts";

/** The rows that are checked: computed and not committed yet, or as they are stored. */
export type Checked = { readonly staging: string } | { readonly stored: true };

/**
 * One statement for all checks of a processor over the rows of these dates, whatever their number: a row of
 * nba_backfill.check_results for each date and check. Rows set aside are expected keys that are rightly not stored.
 * Parameters: @run_id (STRING) and the bounds of the processor's statement.
 */
export function checkStatement(
  processor: Processor,
  dates: readonly GameDate[],
  rows: Checked,
  staged?: StagedReaders,
): string {
  const from = "staging" in rows ? rows.staging : storedRows(processor, dates);
  const ctes = [
    ...keyCtes(processor, from, "stored" in rows),
    rowCounts(processor, from),
    ...(processor.teamTotals.length > 0 ? [teamCounts(processor, from)] : []),
    ...profileCtes(processor, dates, from),
  ];
  const places = new Map(
    [
      ...KEY_COUNTS,
      ...rowConditions(processor).map(({ name }, index) => rowPlace(name, index)),
      ...processor.teamTotals.map(({ name }, index) => ({
        name,
        cte: "team_counts",
        checked: "team_count",
        found: `team_${index}`,
        example: `team_${index}_example`,
      })),
      ...profileCounts(processor),
    ].map((place) => [place.name, place]),
  );
  const selects = checksOf(processor).map(({ name, severity }) => {
    const { cte, checked, found, example } = places.get(name)!;
    return `SELECT '${processor.name}' AS processor, game_date, '${name}' AS check_name, '${severity}' AS severity,
  CAST(${checked} AS INT64) AS checked, CAST(${found} AS INT64) AS found, ${example} AS example, @run_id AS run_id
FROM ${cte}`;
  });
  return `${withPrefix(processor, dates, staged)},\n${ctes.join(",\n")}\n${selects.join("\nUNION ALL\n")}`;
}

const KEY_COUNTS: readonly Place[] = [
  { name: "keys_duplicate", checked: "row_count", found: "duplicates", example: "duplicate" },
  { name: "keys_missing", checked: "expected_count", found: "missing_count", example: "missing_key" },
  { name: "keys_unexpected", checked: "key_count", found: "unexpected_count", example: "unexpected_key" },
].map((place) => ({ ...place, cte: "key_counts" }));

function rowPlace(name: string, index: number): Place {
  return {
    name,
    cte: "row_counts",
    checked: "row_count",
    found: `row_${index}`,
    example: `row_${index}_example`,
  };
}

/** The key of a row within its date, as text: what examples and exceptions name it by. */
export function rowKey(processor: Processor, qualifier = ""): string {
  return keyColumns(processor)
    .map((column) => `${qualifier}${column}`)
    .join(" || ' ' || ");
}

function keyColumns(processor: Processor): string[] {
  return tableOf(processor.table).key.filter((column) => column !== "game_date");
}

function storedRows(processor: Processor, dates: readonly GameDate[]): string {
  const list = dates.map((date) => `DATE '${date}'`).join(", ");
  const { columns } = tableOf(processor.table);
  return `(SELECT ${columns.map(({ name }) => name).join(", ")} FROM ${processor.table} WHERE game_date IN (${list}))`;
}

/** Expected keys against those that are there, each counted once however often a join repeats it. */
function keyCtes(processor: Processor, from: string, areStored: boolean): string[] {
  const columns = ["game_date", ...keyColumns(processor)];
  const all = columns.join(", ");
  const same = columns.map((column) => `held_keys.${column} = expected_keys.${column}`).join(" AND ");
  const asides = [
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
  WHERE ${ofTheDates} AND processor = '${processor.name}' AND kind = 'row_contract'
)`,
            join: `LEFT JOIN rows_set_aside
    ON rows_set_aside.aside_date = expected_keys.game_date AND rows_set_aside.aside_key = ${rowKey(processor, "expected_keys.")}`,
            isNot: "rows_set_aside.aside_key IS NULL",
          },
        ]
      : []),
  ];
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

function rowCounts(processor: Processor, from: string): string {
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
    SELECT DISTINCT ${theirs}, 1 AS reference_${index} FROM ${table} WHERE ${ofTheDates}
  ) AS referenced_${index} ON ${same}`;
}

/** What the rows of a date refer to is of that date: bounds let an engine leave the other partitions unread. */
const ofTheDates = "game_date BETWEEN @first_target_date AND @last_target_date";

/** Sums of the rows of a team and game against its box score; nothing where the team has none. */
function teamCounts(processor: Processor, from: string): string {
  const totals = processor.teamTotals.map(({ sums, tolerance }) =>
    Object.entries(sums).map(([ours, theirs]) => ({ ours, theirs, tolerance })),
  );
  const each = totals.flatMap((total, index) =>
    total.map((sum, place) => ({ ...sum, name: `${index}_${place}` })),
  );
  const differs = (index: number) =>
    each
      .filter(({ name }) => name.startsWith(`${index}_`))
      .map(({ name, tolerance }) => `ABS(ours_${name} - theirs_${name}) > ${tolerance}e0 * theirs_${name}`)
      .join(" OR ");
  const key = "team_sums.game_id || ' ' || team_sums.team";
  return `team_sums AS (
  SELECT game_date, game_id, team, ${each.map(({ ours, name }) => `SUM(${ours}) AS ours_${name}`).join(", ")}
  FROM ${from} AS checked_rows GROUP BY game_date, game_id, team
),
boxes_of_teams AS (
  SELECT game_id AS box_game, team AS box_team, ${each.map(({ theirs, name }) => `${theirs} AS theirs_${name}`).join(", ")}
  FROM nba_raw.team_boxscores WHERE ${ofTheDates}
),
team_counts AS (
  SELECT game_date, COUNT(*) AS team_count, ${totals
    .map(
      (_, index) => `COUNTIF(${differs(index)}) AS team_${index},
    MIN(CASE WHEN ${differs(index)} THEN ${key} END) AS team_${index}_example`,
    )
    .join(",\n    ")}
  FROM team_sums
  JOIN boxes_of_teams ON boxes_of_teams.box_game = team_sums.game_id AND boxes_of_teams.box_team = team_sums.team
  GROUP BY game_date
)`;
}
