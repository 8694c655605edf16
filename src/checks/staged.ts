import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { viewNamed } from "../processors/views.ts";
import { readSql, type StagedReaders, viewCte, withPrefix } from "../statements/statement.ts";
import { tableOf } from "../tables.ts";
import type { Parameters, Reader, Staging, Warehouse } from "../warehouse/warehouse.ts";
import { type BrokenRow, brokenRows, contractsOf } from "./broken-rows.ts";
import { checkStatement } from "./statement.ts";

/** What the rows of one date look like before they are committed. */
export interface DateFindings {
  readonly rows: number;
  readonly expected: number;
  /** How often each check fails, and an example; a check that holds is not there. */
  readonly failures: Readonly<Record<string, Failure>>;
  /** The rows that break a contract that blocks. */
  readonly broken: readonly BrokenRow[];
  /** Final games that cannot be summarised, with the reason. */
  readonly games: readonly { game_id: string; problem: string }[];
  readonly finalGames: number;
  /** Games of the date that are not over. */
  readonly unfinished: readonly string[];
  /** Teams with a fixture and no player row. */
  readonly teamsWithoutListing: readonly string[];
}

export interface Failure {
  readonly found: number;
  readonly example: string | null;
}

const nothing: DateFindings = {
  rows: 0,
  expected: 0,
  failures: {},
  broken: [],
  games: [],
  finalGames: 0,
  unfinished: [],
  teamsWithoutListing: [],
};

/** What was found, and where the results of the checks are staged: rows of nba_backfill.check_results. */
export interface Inspection {
  readonly findings: ReadonlyMap<GameDate, DateFindings>;
  readonly results: Staging;
}

/** Checks the staged rows of these dates: the same few statements whatever the number of dates and of checks. */
export async function inspectStaging(
  warehouse: Warehouse,
  processor: Processor,
  staging: Staging,
  dates: readonly GameDate[],
  parameters: Parameters,
  readers?: StagedReaders,
): Promise<Inspection> {
  const findings = new Map<GameDate, DateFindings>(dates.map((date) => [date, nothing]));
  const add = (date: string, part: Partial<DateFindings>) => {
    const key = date as GameDate;
    findings.set(key, { ...(findings.get(key) ?? nothing), ...part });
  };
  const statement = checkStatement(processor, dates, { staging: staging.name }, readers);
  const results = await warehouse.stage(tableOf("nba_backfill.check_results"), statement, parameters);
  const contracts = new Set(contractsOf(processor).map(({ name }) => name));
  const broken = new Set<GameDate>();
  for (const row of await failuresIn(warehouse, results)) {
    const { game_date, check_name, checked, found, example } = row;
    if (check_name === "keys_duplicate") add(game_date, { rows: checked });
    if (check_name === "keys_missing") add(game_date, { expected: checked });
    if (found === 0) continue;
    const { failures } = findings.get(game_date) ?? nothing;
    add(game_date, { failures: { ...failures, [check_name]: { found, example } } });
    if (contracts.has(check_name)) broken.add(game_date);
  }
  for (const [date, rows] of await brokenRows(warehouse, processor, staging, [...broken])) {
    add(date, { broken: rows });
  }
  if (processor.kind === "summary") {
    for (const { game_date, ...part } of await gameFindings(warehouse, processor, dates, parameters))
      add(game_date, part);
  } else if (tableOf(processor.table).key.includes("player_id")) {
    const teams = await teamsWithoutRows(warehouse, staging, parameters);
    for (const date of dates) {
      const names = teams.filter((row) => row.game_date === date).map((row) => row.team);
      if (names.length > 0) add(date, { teamsWithoutListing: names });
    }
  }
  return { findings, results };
}

/** What fails, and of every date how many rows there are and how many were expected. */
function failuresIn(reader: Reader, results: Staging) {
  return reader.read<{
    game_date: GameDate;
    check_name: string;
    checked: number;
    found: number;
    example: string | null;
  }>(
    `SELECT game_date, check_name, checked, found, example FROM ${results.name}
     WHERE found > 0 OR check_name IN ('keys_duplicate', 'keys_missing')`,
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
