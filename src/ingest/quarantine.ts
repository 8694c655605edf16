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

/**
 * Collects the rows of a file that do not fit one table: one quarantine row per row of the file. Each file of an ingest
 * is a microsecond after the one before, so that what waits keeps the order in which it came.
 */
export async function setAside(
  warehouse: Warehouse,
  source: Source,
  table: string,
  loadedAt: string,
): Promise<void> {
  await warehouse.execute(
    `INSERT INTO staged_quarantine (${names})
WITH problems AS (${problemsOf(source, table)}),
told AS (
  SELECT problems.problem AS problem, problems.source AS source, source_file.of_document AS document,
    source_file.source_row - source_file.of_first_row + 1 AS place, ${rowAsJson(source)} AS row_json
  FROM problems JOIN ${withDocuments(source)} AS source_file ON source_file.source_row = problems.source_row
)
SELECT 'nba_raw.${table}', TO_HEX(SHA256(${literal(source.mapping.name)} || row_json)),
  ${reason}, ${detail},
  document || ', row ' || CAST(place AS STRING), ${literal(source.mapping.name)}, row_json,
  source, TIMESTAMP '${loadedAt}' + INTERVAL ${source.number} MICROSECOND
FROM told`,
  );
}

/** What is wrong with the rows of a file for one table, as `reason: detail`, by row. */
function problemsOf({ number }: Source, table: string): string {
  return `
  SELECT source_row, MIN(problem) AS problem, MIN(source) AS source FROM (
    SELECT source_row, problem, source FROM staged_${table}
    WHERE problem IS NOT NULL AND file_number = ${number}
    UNION ALL
    SELECT source_row, 'conflicting_duplicate: a later row of the file has the same key and differs', source
    FROM judged_${table}
    WHERE outcome = 'quarantined' AND file_number = ${number}
  ) AS every_problem
  GROUP BY source_row
`;
}

const reason = "SUBSTR(problem, 1, STRPOS(problem, ': ') - 1)";
const detail = "SUBSTR(problem, STRPOS(problem, ': ') + 2)";

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
 * Writes what was set aside; a row that is in quarantine already stays as it is, but one that waits and comes again
 * waits from then on: it is the later one of its key. What an earlier reading of one of these files had set aside and
 * this one does not goes, unless it still waits for its game or team.
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
    `DELETE FROM ${quarantine.id} AS held
WHERE held.reason IN ${unresolved} AND EXISTS (
  SELECT 1 FROM staged_quarantine AS coming
  WHERE coming.table_name = held.table_name AND coming.row_key = held.row_key
)`,
  );
  // Of equal rows the last, as everywhere: of two places in one file the longer or greater text is the later one.
  await warehouse.execute(
    `INSERT INTO ${quarantine.id} (${names})
SELECT ${names} FROM staged_quarantine AS coming
WHERE NOT EXISTS (
  SELECT 1 FROM ${quarantine.id} AS held
  WHERE held.table_name = coming.table_name AND held.row_key = coming.row_key
)
QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name, row_key ORDER BY loaded_at DESC, LENGTH(file) DESC, file DESC) = 1`,
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

/**
 * Quarantined rows whose game or team was unknown, as the files they were in: before all others, in the order in which
 * they came, and each row where it was in its file.
 */
export async function rowsToRetry(warehouse: Warehouse, mappings: Mappings): Promise<Source[]> {
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE waiting_rows AS
     SELECT *, CAST(regexp_extract(file, ', row ([0-9]+)$', 1) AS INT64) AS source_row,
       -DENSE_RANK() OVER (
         ORDER BY loaded_at DESC, regexp_replace(file, ', row [0-9]+$', '') DESC, mapping, table_name
       ) AS file_number
     FROM ${quarantine.id} WHERE reason IN ${unresolved}`,
  );
  const files = await warehouse.read<{ file_number: number; mapping: string; table_name: string }>(
    "SELECT DISTINCT file_number, mapping, table_name FROM waiting_rows ORDER BY file_number",
  );
  const sources: Source[] = [];
  for (const { file_number: number, mapping: name, table_name } of files) {
    const mapping = mappings.named(name) ?? (await keptMapping(warehouse, name));
    const targets = mapping?.targets.filter(({ table }) => `nba_raw.${table}` === table_name) ?? [];
    if (!mapping || targets.length === 0) continue;
    const keys = await warehouse.read<{ name: string }>(
      `SELECT DISTINCT UNNEST(json_keys(row_json)) AS name FROM waiting_rows
       WHERE file_number = ${number} ORDER BY name`,
    );
    const columns = keys.map((key) => key.name);
    const table = `source_retried_${-number}`;
    const fields = columns.map(
      (key) => `row_json ->> ${literal(`/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`)} AS "${key}"`,
    );
    await warehouse.execute(
      `CREATE OR REPLACE TEMP TABLE ${table} AS
       SELECT source_row, row_key AS quarantine_key, ${fields.join(", ")}
       FROM waiting_rows WHERE file_number = ${number}`,
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

/** Lets the retried rows go that fit by now; the others stay with what is wrong with them today. */
export async function settleRetried(warehouse: Warehouse, source: Source): Promise<void> {
  const table = source.mapping.targets[0]!.table;
  await warehouse.execute(
    `UPDATE ${quarantine.id} AS held SET reason = ${reason}, detail = ${detail}
     FROM (
       SELECT quarantine_key, problem FROM ${source.table} AS source_file
       JOIN (${problemsOf(source, table)}) AS problems ON problems.source_row = source_file.source_row
     ) AS judged
     WHERE held.table_name = 'nba_raw.${table}' AND held.row_key = judged.quarantine_key`,
  );
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
  const problems = problemsOf(source, source.mapping.targets[0]!.table);
  return `source_row NOT IN (SELECT source_row FROM (${problems}) AS problems)`;
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
