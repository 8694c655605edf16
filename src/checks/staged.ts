import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { viewNamed } from "../processors/views.ts";
import { readSql, viewCte, withPrefix } from "../statements/statement.ts";
import { contentColumns, tableOf } from "../tables.ts";
import type { Parameters, Reader, Row, Staging } from "../warehouse/warehouse.ts";

/** What the rows of one date look like before they are committed. */
export interface DateFindings {
  readonly rows: number;
  readonly duplicates: number;
  readonly expected: number;
  /** Expected keys that are not there, those of games set aside left out, and keys nobody expected. */
  readonly missing: number;
  readonly unexpected: number;
  readonly example: string | null;
  /** Rows whose window of the current season lacks games. */
  readonly holes: number;
  /** Row contracts broken, by check. */
  readonly violations: Readonly<Record<string, number>>;
  /** Final games that cannot be summarised, with the reason. */
  readonly games: readonly { game_id: string; problem: string }[];
  readonly finalGames: number;
  /** Games of the date that are not over. */
  readonly unfinished: readonly string[];
  /** Teams with a fixture and no player row. */
  readonly teamsWithoutListing: readonly string[];
}

const nothing: DateFindings = {
  rows: 0,
  duplicates: 0,
  expected: 0,
  missing: 0,
  unexpected: 0,
  example: null,
  holes: 0,
  violations: {},
  games: [],
  finalGames: 0,
  unfinished: [],
  teamsWithoutListing: [],
};

/** Inspects staged rows of these dates, with a few set-based queries whatever the number of dates. */
export async function inspectStaging(
  reader: Reader,
  processor: Processor,
  staging: Staging,
  dates: readonly GameDate[],
  parameters: Parameters,
): Promise<ReadonlyMap<GameDate, DateFindings>> {
  const found = new Map<GameDate, DateFindings>(dates.map((date) => [date, nothing]));
  const add = (date: string, part: Partial<DateFindings>) => {
    const key = date as GameDate;
    found.set(key, { ...(found.get(key) ?? nothing), ...part });
  };
  for (const { game_date, ...part } of await rowFindings(reader, processor, staging)) add(game_date, part);
  for (const row of await keyFindings(reader, processor, staging, dates, parameters)) {
    const { game_date, expected, missing, unexpected, example } = row;
    add(game_date, { expected, missing, unexpected, example });
  }
  if (processor.kind === "summary") {
    for (const { game_date, ...part } of await gameFindings(reader, processor, dates, parameters))
      add(game_date, part);
  } else if (tableOf(processor.table).key.includes("player_id")) {
    const teams = await teamsWithoutRows(reader, staging, parameters);
    for (const date of dates) {
      const names = teams.filter((row) => row.game_date === date).map((row) => row.team);
      if (names.length > 0) add(date, { teamsWithoutListing: names });
    }
  }
  return found;
}

async function rowFindings(reader: Reader, processor: Processor, staging: Staging) {
  const table = tableOf(processor.table);
  const key = table.key.map((column) => `CAST(${column} AS STRING)`).join(" || ' ' || ");
  const hasWindow = contentColumns(table).some((column) => column.name === "window_games_found");
  const checks = processor.rowChecks.map((check, index) => `COUNTIF(NOT (${check.sql})) AS check_${index}`);
  const rows = await reader.read<
    Row & { game_date: string; row_count: number; duplicates: number; holes: number }
  >(
    `SELECT game_date, COUNT(*) AS row_count, COUNT(*) - COUNT(DISTINCT ${key}) AS duplicates,
       ${hasWindow ? "COUNTIF(window_games_found < window_games_expected)" : "0"} AS holes
       ${checks.map((check) => `, ${check}`).join("")}
     FROM ${staging.name} GROUP BY game_date`,
  );
  return rows.map((row) => ({
    game_date: row.game_date,
    rows: row.row_count,
    duplicates: row.duplicates,
    holes: Number(row.holes),
    violations: Object.fromEntries(
      processor.rowChecks.map((check, index) => [check.name, Number(row[`check_${index}`])]),
    ),
  }));
}

async function keyFindings(
  reader: Reader,
  processor: Processor,
  staging: Staging,
  dates: readonly GameDate[],
  parameters: Parameters,
) {
  const key = tableOf(processor.table).key.filter((column) => column !== "game_date");
  const same = ["game_date", ...key]
    .map((column) => `staged.${column} = expected_keys.${column}`)
    .join(" AND ");
  const text = (alias: string) => key.map((column) => `${alias}.${column}`).join(" || ' ' || ");
  const setAside = processor.kind === "summary";
  return reader.read<{
    game_date: string;
    expected: number;
    missing: number;
    unexpected: number;
    example: string | null;
  }>(
    `${withPrefix(processor, dates)},
expected_keys AS (\n${readSql(`${processor.folder}/expected.sql`)}\n)
${setAside ? `, games_set_aside AS (\n${readSql(`${processor.folder}/games.sql`)}\n)` : ""}
SELECT COALESCE(expected_keys.game_date, staged.game_date) AS game_date,
  CAST(COUNTIF(expected_keys.game_date IS NOT NULL) AS INT64) AS expected,
  CAST(COUNTIF(staged.game_date IS NULL ${setAside ? "AND games_set_aside.game_id IS NULL" : ""}) AS INT64) AS missing,
  CAST(COUNTIF(expected_keys.game_date IS NULL) AS INT64) AS unexpected,
  MIN(CASE WHEN staged.game_date IS NULL ${setAside ? "AND games_set_aside.game_id IS NULL" : ""}
      THEN ${text("expected_keys")} WHEN expected_keys.game_date IS NULL THEN ${text("staged")} END) AS example
FROM expected_keys
FULL JOIN ${staging.name} AS staged ON ${same}
${setAside ? "LEFT JOIN games_set_aside ON games_set_aside.game_id = expected_keys.game_id" : ""}
GROUP BY 1`,
    parameters,
  );
}

async function gameFindings(
  reader: Reader,
  processor: Processor,
  dates: readonly GameDate[],
  parameters: Parameters,
) {
  const rows = await reader.read<{
    game_date: string;
    game_id: string;
    is_final: boolean;
    problem: string | null;
  }>(
    `${withPrefix(processor, dates)},
games_set_aside AS (\n${readSql(`${processor.folder}/games.sql`)}\n)
SELECT fixtures.game_date AS game_date, fixtures.game_id AS game_id,
  finals_of_date.game_id IS NOT NULL AS is_final, games_set_aside.problem AS problem
FROM fixtures
LEFT JOIN finals_of_date ON finals_of_date.game_id = fixtures.game_id
LEFT JOIN games_set_aside ON games_set_aside.game_id = fixtures.game_id
ORDER BY 1, 2`,
    parameters,
  );
  return dates.map((game_date) => {
    const games = rows.filter((row) => row.game_date === game_date);
    return {
      game_date,
      finalGames: games.filter((game) => game.is_final).length,
      unfinished: games.filter((game) => !game.is_final).map((game) => game.game_id),
      games: games.flatMap(({ game_id, problem }) => (problem ? [{ game_id, problem }] : [])),
    };
  });
}

function teamsWithoutRows(reader: Reader, staging: Staging, parameters: Parameters) {
  return reader.read<{ game_date: string; team: string }>(
    `WITH ${viewCte(viewNamed("fixtures"))},
sides AS (
  SELECT game_date, home_team AS team FROM fixtures
  UNION ALL
  SELECT game_date, away_team AS team FROM fixtures
)
SELECT sides.game_date AS game_date, sides.team AS team
FROM sides
LEFT JOIN ${staging.name} AS staged ON staged.game_date = sides.game_date AND staged.team = sides.team
WHERE staged.team IS NULL
ORDER BY 1, 2`,
    parameters,
  );
}
