import { BackfillError } from "../errors.ts";
import { type Column, tableOf } from "../tables.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { EXTRA_COLUMNS, gameTables, RAW_TABLES } from "./columns.ts";
import { Compiler, type Doubt, literal, quoted } from "./expression.ts";
import type { Mapping, Target } from "./mapping.ts";

/** A file as it stands in the warehouse for the time of an ingest. */
export interface Source {
  /** Order of the files: of two rows with one key the later file's stays. Retried rows come before all files. */
  readonly number: number;
  /** The temporary table with its rows, one text column for each of `columns`. */
  readonly table: string;
  readonly columns: readonly string[];
  /** What quarantine calls it. */
  readonly name: string;
  /** The column that names the document each row is of, where a file holds many: quarantine then goes by document. */
  readonly documentColumn?: string | undefined;
  readonly mapping: Mapping;
  /** Rows tried again out of quarantine: they never replace a row that is held. */
  readonly retry: boolean;
}

/** The columns of a row under way. */
function stagedColumns(table: string): readonly Pick<Column, "name" | "type" | "required">[] {
  const extra = (EXTRA_COLUMNS[table] ?? []).map((column) => ({ ...column, required: false }));
  return [...tableOf(`nba_raw.${table}`).columns, ...extra];
}

/** An empty temporary table `staged_<table>`: the raw table's columns, where each row is from, and its problem. */
export async function createStaged(warehouse: Warehouse, table: string): Promise<void> {
  const extra = (EXTRA_COLUMNS[table] ?? []).map(({ name, type }) => `, CAST(NULL AS ${type}) AS ${name}`);
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE staged_${table} AS
     SELECT CAST(0 AS INT64) AS file_number, CAST(0 AS INT64) AS source_row, CAST('' AS STRING) AS problem,
       held.*${extra.join("")}
     FROM nba_raw.${table} AS held LIMIT 0`,
  );
}

/** The statement that converts the rows of a file for one target, and what the mapping misses in the file. */
function stageStatement(
  source: Source,
  target: Target,
  loadedAt: string,
): { sql: string; missing: readonly string[] } {
  const { mapping } = source;
  const table = target.table;
  const rules = RAW_TABLES[table]!;
  const compiler = new Compiler(table, source.columns);
  const columns = stagedColumns(table);
  const doubts: Doubt[] = [];
  const converted = new Map<string, string>();
  const inGame = gameTables.has(table);

  for (const { name, type } of columns) {
    if (name === "loaded_at") converted.set(name, `TIMESTAMP '${loadedAt}'`);
    else if (name === "from_name") converted.set(name, compiler.fromName(target.columns.player_id));
    else if (rules.derived?.[name] !== undefined) converted.set(name, rules.derived[name]);
    else {
      const expression = name === "source" ? (mapping.source ?? { value: null }) : target.columns[name];
      const compiled = expression === undefined ? undefined : compiler.compile(expression, type);
      if (compiled) doubts.push(...compiled.doubts);
      const sql = compiled?.sql ?? "NULL";
      converted.set(name, name === "source" ? `COALESCE(${sql}, ${literal(mapping.name)})` : sql);
    }
  }
  const game = inGame ? compileGame(mapping, compiler, doubts) : undefined;
  if (game) for (const [name, sql] of Object.entries(game)) converted.set(name, sql);

  const names = columns.map(({ name }) => name);
  const conditions = [
    ...(mapping.skip ?? []).map(({ when }) => `NOT (${compiler.condition(when)})`),
    ...(target.when ? [compiler.condition(target.when)] : []),
  ];
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const projection = [...converted].map(([name, sql]) => {
    const type = types.get(name) ?? (name === "given_date" ? "DATE" : "STRING");
    // The word TIMESTAMP means another type on DuckDB: an instant without a value is a parsed one.
    if (type !== "TIMESTAMP") return `  CAST(${sql} AS ${type}) AS ${name}`;
    return `  ${sql === "NULL" ? "parse_instant(CAST(NULL AS STRING))" : sql} AS ${name}`;
  });
  const steps = [
    `fields AS ${compiler.fields(source.table)}`,
    `converted AS (
SELECT source_file.source_row AS source_row,
  ${problemOf(doubts)} AS problem,
${projection.join(",\n")}
FROM fields AS source_file
${compiler.lookups.map(({ join }) => join).join("")}${
  conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`
})`,
    ...(inGame ? gameSteps(table, names) : []),
    `filled AS (\n${project(inGame ? "placed" : "converted", names, rules.defaults, "COALESCE")}\n)`,
    `worked AS (\n${project("filled", names, rules.worked)}\n)`,
  ];
  const checks: Doubt[] = [
    ...(inGame && table !== "injury_reports" ? gameDoubts(game!) : []),
    ...columns
      .filter(({ name, required }) => required || (table === "shots" && name === "zone"))
      .filter(({ name }) => !(table === "shots" && name === "event_id"))
      .map(
        ({ name }) => ({ when: `${name} IS NULL`, reason: "missing_value", detail: `'no ${name}'` }) as never,
      ),
    ...Object.entries(rules.rules ?? {}).map(
      ([rule, detail]): Doubt => ({ when: `NOT (${rule})`, reason: "bad_value", detail: literal(detail) }),
    ),
  ];
  return {
    sql: `INSERT INTO staged_${table} (file_number, source_row, problem, ${names.join(", ")})
WITH ${steps.join(",\n")}
SELECT ${source.number}, source_row, COALESCE(problem, ${problemOf(checks)}), ${names.join(", ")}
FROM worked`,
    missing: [...compiler.missing],
  };
}

/** `reason: detail` of the first doubt that holds, else NULL. */
function problemOf(doubts: readonly Doubt[]): string {
  if (doubts.length === 0) return "CAST(NULL AS STRING)";
  const cases = doubts.map(({ when, reason, detail }) => `WHEN ${when} THEN '${reason}: ' || ${detail}`);
  return `CASE\n    ${cases.join("\n    ")}\n  END`;
}

function project(
  from: string,
  names: readonly string[],
  replaced: Readonly<Record<string, string>> = {},
  how?: "COALESCE",
): string {
  const columns = names.map((name) => {
    const sql = replaced[name];
    if (sql === undefined) return name;
    return how ? `COALESCE(${name}, ${sql}) AS ${name}` : `${sql} AS ${name}`;
  });
  return `SELECT source_row, problem, ${columns.join(", ")}\nFROM ${from}`;
}

/** What a row says about its game; game_id and game_date are then found from it. */
function compileGame(mapping: Mapping, compiler: Compiler, doubts: Doubt[]): Record<string, string> {
  const { id, date, teams } = mapping.game ?? {};
  const compiled = {
    given_id: id === undefined ? undefined : compiler.compile(id, "STRING"),
    given_date: date === undefined ? undefined : compiler.compile(date, "DATE"),
    given_team: teams && compiler.compile({ team: teams[0] }, "STRING"),
    given_opponent: teams && compiler.compile({ team: teams[1] }, "STRING"),
  };
  for (const part of Object.values(compiled)) if (part) doubts.push(...part.doubts);
  return Object.fromEntries(Object.entries(compiled).map(([name, part]) => [name, part?.sql ?? "NULL"]));
}

/**
 * The game by its id, else by date and the two teams; the date is the schedule's where it has the game. An injury
 * report needs no game and has one only where the source says so, else its id would hang on the order of the files.
 */
function gameSteps(table: string, names: readonly string[]): string[] {
  const others = names.filter((name) => name !== "game_id" && name !== "game_date");
  const list = others.map((name) => `converted.${name} AS ${name}`).join(", ");
  const date =
    table === "injury_reports"
      ? "COALESCE(given_date, games.game_date)"
      : "COALESCE(games.game_date, given_date)";
  return [
    `identified AS (
SELECT converted.source_row AS source_row, converted.problem AS problem, ${list}, converted.given_date AS given_date,
  ${table === "injury_reports" ? "converted.given_id" : "COALESCE(converted.given_id, by_teams.game_id)"} AS game_id
FROM converted
LEFT JOIN games_by_teams AS by_teams
  ON by_teams.game_date = converted.given_date
  AND by_teams.first_team = CASE WHEN given_team < given_opponent THEN given_team ELSE given_opponent END
  AND by_teams.second_team = CASE WHEN given_team < given_opponent THEN given_opponent ELSE given_team END
)`,
    `placed AS (
SELECT identified.source_row AS source_row, identified.problem AS problem, ${others.map((name) => `identified.${name} AS ${name}`).join(", ")},
  identified.game_id AS game_id, ${date} AS game_date
FROM identified
LEFT JOIN known_games AS games ON games.game_id = identified.game_id
)`,
  ];
}

function gameDoubts(game: Record<string, string>): Doubt[] {
  const byTeams = game.given_team !== "NULL";
  const doubts: Doubt[] = [
    {
      when: "game_id IS NOT NULL AND game_date IS NULL",
      reason: "unknown_game",
      detail: "'the schedule has no game ' || game_id || ' and the row has no date'",
    },
  ];
  if (byTeams) {
    doubts.unshift({
      when: "game_id IS NULL",
      reason: "unknown_game",
      detail: "'the schedule has no such game'",
    });
  }
  return doubts;
}

/** Converts the rows of a file for every target of its mapping in that table. */
export async function stageFile(
  warehouse: Warehouse,
  source: Source,
  table: string,
  loadedAt: string,
): Promise<void> {
  for (const target of source.mapping.targets) {
    if (target.table !== table) continue;
    const { sql, missing } = stageStatement(source, target, loadedAt);
    if (missing.length > 0 && !source.retry) {
      throw new BackfillError(
        "mapping-invalid",
        `mapping ${source.mapping.name} needs columns that ${source.name} lacks: ${missing.join(", ")}; it has ${source.columns.join(", ")}`,
      );
    }
    await warehouse.execute(sql);
  }
}

/** What the shots being loaded say of their games; counts and zone method are derived at the end. */
export async function stageCoverage(warehouse: Warehouse): Promise<void> {
  await warehouse.execute(
    `INSERT INTO staged_shot_coverage (file_number, source_row, game_id, game_date, home_shots, away_shots,
       has_assists, has_blocks, zone_method, source, loaded_at)
     SELECT file_number, MIN(source_row), game_id, MIN(game_date), 0, 0,
       COALESCE(LOGICAL_OR(has_assists), FALSE), COALESCE(LOGICAL_OR(has_blocks), FALSE), '', MIN(source), MIN(loaded_at)
     FROM staged_shots WHERE problem IS NULL GROUP BY file_number, game_id`,
  );
}

/** A condition per file row: why it makes no row in any table; NULL where it makes one. */
export function skippedStatement(source: Source): string {
  const { mapping } = source;
  const compiler = new Compiler("skipped", source.columns);
  const cases = (mapping.skip ?? []).map(
    ({ when, reason }) => `WHEN ${compiler.condition(when)} THEN ${literal(reason)}`,
  );
  if (mapping.targets.every(({ when }) => when !== undefined)) {
    const some = mapping.targets.map(({ when }) => compiler.condition(when!)).join(" OR ");
    cases.push(`WHEN NOT (${some}) THEN 'nothing in it for any table'`);
  }
  if (cases.length === 0) return "";
  return `SELECT reason, COUNT(*) AS skipped FROM (
    SELECT CASE ${cases.join(" ")} END AS reason FROM ${compiler.fields(source.table)} AS source_file
  ) AS judged WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason`;
}

/** The names of the columns of a file, as SQL over the alias `source_file`. */
export function rowAsJson(source: Pick<Source, "columns">): string {
  const parts = source.columns.map((name) => `${literal(name)}, source_file.${quoted(name)}`);
  return `CAST(JSON_OBJECT(${parts.join(", ")}) AS STRING)`;
}
