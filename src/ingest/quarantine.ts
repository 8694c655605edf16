import { tableOf } from "../tables.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import type { Mappings } from "./choose.ts";
import { literal, quoted } from "./expression.ts";
import { type Mapping, parseMapping } from "./mapping.ts";
import { rowAsJson, type Source } from "./stage.ts";

const quarantine = tableOf("nba_raw.quarantine");
const names = quarantine.columns.map(({ name }) => name).join(", ");

/** Reasons that a later ingest can clear: the schedule may come, a team may get a name. */
const unresolved = "('unknown_game', 'unknown_team')";

/** An empty `staged_quarantine`. */
export async function createStagedQuarantine(warehouse: Warehouse): Promise<void> {
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE staged_quarantine AS SELECT * FROM ${quarantine.id} LIMIT 0`,
  );
}

/** Collects the rows of a file that do not fit one table: one quarantine row per row of the file. */
export async function setAside(
  warehouse: Warehouse,
  source: Source,
  table: string,
  loadedAt: string,
): Promise<void> {
  await warehouse.execute(
    `INSERT INTO staged_quarantine (${names})
WITH problems AS (
  SELECT source_row, MIN(problem) AS problem, MIN(source) AS source FROM (
    SELECT source_row, problem, source FROM staged_${table}
    WHERE problem IS NOT NULL AND file_number = ${source.number}
    UNION ALL
    SELECT source_row, 'conflicting_duplicate: a later row of the file has the same key and differs', source
    FROM judged_${table}
    WHERE outcome = 'quarantined' AND file_number = ${source.number}
  ) AS every_problem
  GROUP BY source_row
),
told AS (
  SELECT problems.problem AS problem, problems.source AS source, source_file.of_document AS document,
    source_file.source_row - source_file.of_first_row + 1 AS place, ${rowAsJson(source)} AS row_json
  FROM problems JOIN ${withDocuments(source)} AS source_file ON source_file.source_row = problems.source_row
)
SELECT 'nba_raw.${table}', TO_HEX(SHA256(${literal(source.mapping.name)} || row_json)),
  SUBSTR(problem, 1, STRPOS(problem, ': ') - 1), SUBSTR(problem, STRPOS(problem, ': ') + 2),
  document || ', row ' || CAST(place AS STRING), ${literal(source.mapping.name)}, row_json,
  source, TIMESTAMP '${loadedAt}'
FROM told`,
  );
}

/** Collects the lines of a file that are no records. */
export async function setAsideBrokenLines(
  warehouse: Warehouse,
  source: Source,
  loadedAt: string,
): Promise<void> {
  const name = literal(source.mapping.name);
  await warehouse.execute(
    `INSERT INTO staged_quarantine (${names})
SELECT 'nba_raw.${source.mapping.targets[0]!.table}', TO_HEX(SHA256(${name} || text)), 'broken_line', problem,
  ${literal(`${source.name}, line `)} || CAST(line AS STRING), ${name}, CAST(JSON_OBJECT('line', text) AS STRING),
  ${name}, TIMESTAMP '${loadedAt}'
FROM ${source.table}_broken`,
  );
}

/**
 * Writes what was set aside; a row that is in quarantine already stays as it is. What an earlier reading of one of
 * these files had set aside and this one does not goes, unless it still waits for its game or team.
 */
export async function commitQuarantine(warehouse: Warehouse, files: readonly Source[]): Promise<void> {
  for (const file of files) {
    await warehouse.execute(
      `DELETE FROM ${quarantine.id} AS held
WHERE EXISTS (
    SELECT 1 FROM (${documentsOf(file)}) AS documents WHERE STARTS_WITH(held.file, documents.document || ', ')
  )
  AND held.mapping = ${literal(file.mapping.name)}
  AND held.reason NOT IN ${unresolved}
  AND NOT EXISTS (
    SELECT 1 FROM staged_quarantine AS coming
    WHERE coming.table_name = held.table_name AND coming.row_key = held.row_key
  )`,
    );
  }
  await warehouse.execute(
    `INSERT INTO ${quarantine.id} (${names})
SELECT ${names} FROM staged_quarantine AS coming
WHERE NOT EXISTS (
  SELECT 1 FROM ${quarantine.id} AS held
  WHERE held.table_name = coming.table_name AND held.row_key = coming.row_key
)
QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name, row_key ORDER BY file) = 1`,
  );
}

/** The documents that a file holds rows of: without a column that names them, itself. */
function documentsOf({ name, table, documentColumn }: Source): string {
  return documentColumn
    ? `SELECT DISTINCT ${quoted(documentColumn)} AS document FROM ${table}`
    : `SELECT ${literal(name)} AS document`;
}

/** The rows of a file with the document that each is of, and the first row of that. */
function withDocuments({ name, table, documentColumn }: Source): string {
  const document = documentColumn ? quoted(documentColumn) : literal(name);
  const first = documentColumn ? `MIN(source_row) OVER (PARTITION BY ${document})` : "1";
  return `(SELECT *, ${document} AS of_document, ${first} AS of_first_row FROM ${table})`;
}

/** Quarantined rows whose game or team was unknown, as files that come before all others. */
export async function rowsToRetry(warehouse: Warehouse, mappings: Mappings): Promise<Source[]> {
  const groups = await warehouse.read<{ mapping: string; table_name: string }>(
    `SELECT DISTINCT mapping, table_name FROM ${quarantine.id} WHERE reason IN ${unresolved}
     ORDER BY mapping, table_name`,
  );
  const sources: Source[] = [];
  for (const { mapping: name, table_name } of groups) {
    const mapping = mappings.named(name) ?? (await keptMapping(warehouse, name));
    const targets = mapping?.targets.filter(({ table }) => `nba_raw.${table}` === table_name) ?? [];
    if (!mapping || targets.length === 0) continue;
    const where = `mapping = ${literal(name)} AND table_name = ${literal(table_name)} AND reason IN ${unresolved}`;
    const keys = await warehouse.read<{ name: string }>(
      `SELECT DISTINCT UNNEST(json_keys(row_json)) AS name FROM ${quarantine.id} WHERE ${where} ORDER BY name`,
    );
    const columns = keys.map((key) => key.name);
    const number = -1 - sources.length;
    const table = `source_retried_${sources.length + 1}`;
    const fields = columns.map(
      (key) => `row_json ->> ${literal(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`)} AS "${key}"`,
    );
    await warehouse.execute(
      `CREATE OR REPLACE TEMP TABLE ${table} AS
       SELECT ROW_NUMBER() OVER (ORDER BY loaded_at, row_key) AS source_row, row_key AS quarantine_key,
         ${fields.join(", ")}
       FROM ${quarantine.id} WHERE ${where}`,
    );
    sources.push({
      number,
      table,
      columns,
      name: "quarantine",
      mapping: { ...mapping, targets },
      retry: true,
    });
  }
  return sources;
}

/** Lets the retried rows go that fit by now. */
export async function release(warehouse: Warehouse, source: Source): Promise<void> {
  const table = source.mapping.targets[0]!.table;
  await warehouse.execute(
    `DELETE FROM ${quarantine.id} WHERE table_name = 'nba_raw.${table}' AND row_key IN (
       SELECT quarantine_key FROM ${source.table} WHERE ${fitting(source)}
     )`,
  );
}

/** How many rows were tried again, and how many of them fit. */
export async function countRetried(
  warehouse: Warehouse,
  source: Source,
): Promise<{ rows: number; released: number }> {
  const [counted] = await warehouse.read<{ rows: number; released: number }>(
    `SELECT COUNT(*) AS rows, COUNT(CASE WHEN ${fitting(source)} THEN 1 END) AS released FROM ${source.table}`,
  );
  return counted!;
}

function fitting(source: Source): string {
  return `source_row NOT IN (
    SELECT source_row FROM staged_${source.mapping.targets[0]!.table}
    WHERE problem IS NOT NULL AND file_number = ${source.number}
  )`;
}

/** Keeps a mapping of the user's own with the warehouse, so that its rows can be tried again without the file. */
export async function keepMapping(warehouse: Warehouse, mapping: Mapping): Promise<void> {
  await warehouse.replaceRows(tableOf("nba_backfill.warehouse_info"), [
    { name: `mapping:${mapping.name}`, value: JSON.stringify(mapping) },
  ]);
}

async function keptMapping(warehouse: Warehouse, name: string): Promise<Mapping | undefined> {
  const [kept] = await warehouse.read<{ value: string }>(
    "SELECT value FROM nba_backfill.warehouse_info WHERE name = @name",
    { name: `mapping:${name}` },
  );
  return kept && parseMapping(kept.value, `mapping ${name} kept with the warehouse`);
}
