import type { DuckDBConnection } from "@duckdb/node-api";
import { BackfillError, messageOf } from "../../errors.ts";
import type { FileFormat, ScannedFile } from "../warehouse.ts";

/**
 * Reads a file into the temporary table `target`: `source_row` (1, 2, ... in the order of the file) and every column
 * of the file as text, its name in lower case. Lines that are no records go to `<target>_broken` (line, text, problem).
 */
export async function scanFile(
  connection: DuckDBConnection,
  path: string,
  format: FileFormat,
  target: string,
): Promise<ScannedFile> {
  const run = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  // DuckDB takes a path for a pattern; this one names one file.
  const file = literal(path.replace(/[*?[]/g, "[$&]"));
  const lines = `read_csv(${file}, columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '', header = false, auto_detect = false)`;

  const scan = async (select: string, columns: readonly string[]) => {
    await run(
      `CREATE OR REPLACE TEMP TABLE ${target} AS SELECT row_number() OVER () AS source_row, ${select}`,
    );
    const [[rows], [broken]] = [
      (await run(`SELECT COUNT(*) FROM ${target}`))[0]!,
      (await run(`SELECT COUNT(*) FROM ${target}_broken`))[0]!,
    ];
    return { columns, rows: Number(rows), brokenLines: Number(broken) };
  };
  const noBrokenLines = () =>
    run(`CREATE OR REPLACE TEMP TABLE ${target}_broken (line BIGINT, text VARCHAR, problem VARCHAR)`);

  const parquet = async () => {
    const names = (await run(`DESCRIBE SELECT * FROM read_parquet(${file})`)).map(([name]) => String(name));
    await noBrokenLines();
    const columns = unique(names);
    const select = names.map((name, i) => `CAST(${quoted(name)} AS VARCHAR) AS ${quoted(columns[i]!)}`);
    return scan(`${select.join(", ")} FROM read_parquet(${file})`, columns);
  };

  const csv = async () => {
    const [first] = await run(`SELECT line FROM ${lines} LIMIT 1`);
    const header = String(first?.[0] ?? "").replace(/^\uFEFF/, "");
    if (header.trim() === "") throw new Error("it is empty");
    const delimiter = [",", ";", "\t"].reduce((a, b) =>
      header.split(b).length > header.split(a).length ? b : a,
    );
    const columns = unique(fieldsOf(header, delimiter));
    const shape = columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
    const rejects = `${target}_rejects`;
    await run(`DROP TABLE IF EXISTS ${rejects}`);
    await run(`DROP TABLE IF EXISTS ${rejects}_scan`);
    await noBrokenLines();
    const scanned = await scan(
      `* FROM read_csv(${file}, columns = {${shape}}, auto_detect = false, header = true, delim = ${literal(delimiter)},
         quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = true, null_padding = false,
         store_rejects = true, rejects_table = '${rejects}', rejects_scan = '${rejects}_scan', rejects_limit = 0)`,
      columns,
    );
    await run(
      `INSERT INTO ${target}_broken
       SELECT line, MIN(trim(csv_line, chr(10) || chr(13))), MIN(error_message) FROM ${rejects} GROUP BY line`,
    );
    await run(`DROP TABLE ${rejects}`);
    await run(`DROP TABLE ${rejects}_scan`);
    const [[broken]] = [(await run(`SELECT COUNT(*) FROM ${target}_broken`))[0]!];
    return { ...scanned, brokenLines: Number(broken) };
  };

  const jsonArray = async () => {
    const records = `read_json(${file}, format = 'array', records = true, maximum_depth = 1, sample_size = -1)`;
    const names = (await run(`DESCRIBE SELECT * FROM ${records}`)).map(([name]) => String(name));
    await noBrokenLines();
    const columns = unique(names);
    const select = names.map((name, i) => `${quoted(name)} ->> '$' AS ${quoted(columns[i]!)}`);
    return scan(`${select.join(", ")} FROM ${records}`, columns);
  };

  /** TRUE where the file is one object with result sets, on one line or over many. */
  const isStatsDocument = async (first: string) => {
    if (first.includes('"resultSets"')) return true;
    if (first.trim() !== "{") return false;
    const [found] = await run(
      `SELECT json_exists(json, '$.resultSets') FROM read_json_objects(${file}, format = 'unstructured') LIMIT 1`,
    );
    return found?.[0] === true;
  };

  /** A document of stats.nba.com: the rows of its first result set, under its headers. */
  const resultSet = async () => {
    const sets = `SELECT json -> '$.resultSets[0]' AS found FROM read_json_objects(${file}, format = 'unstructured')`;
    const names = (
      await run(`SELECT UNNEST(CAST(found -> '$.headers' AS VARCHAR[])) FROM (${sets} LIMIT 1)`)
    ).map(([name]) => String(name));
    if (names.length === 0) throw new Error("its first result set has no headers");
    await noBrokenLines();
    const columns = unique(names);
    const select = columns.map((name, i) => `record ->> '$[${i}]' AS ${quoted(name)}`);
    return scan(
      `${select.join(", ")} FROM (SELECT UNNEST(json_extract(found, '$.rowSet[*]')) AS record FROM (${sets}))`,
      columns,
    );
  };

  const json = async () => {
    const [first] = await run(`SELECT line FROM ${lines} WHERE trim(line) <> '' LIMIT 1`);
    if (!first) throw new Error("it is empty");
    if (String(first[0]).trimStart().startsWith("[")) return jsonArray();
    if (await isStatsDocument(String(first[0]))) return resultSet();
    await run(
      `CREATE OR REPLACE TEMP TABLE ${target}_lines AS
       SELECT line, text, TRY_CAST(text AS JSON) AS record
       FROM (SELECT row_number() OVER () AS line, line AS text FROM ${lines}) WHERE trim(text) <> ''`,
    );
    const isRecord = "COALESCE(json_type(record) = 'OBJECT', false)";
    const names = (
      await run(
        `SELECT DISTINCT UNNEST(json_keys(record)) AS name FROM ${target}_lines WHERE ${isRecord} ORDER BY name`,
      )
    ).map(([name]) => String(name));
    if (names.length === 0) throw new Error("no line of it is a JSON object");
    await run(
      `CREATE OR REPLACE TEMP TABLE ${target}_broken AS
       SELECT line, text, 'not a JSON object' AS problem FROM ${target}_lines WHERE NOT ${isRecord}`,
    );
    const columns = unique(names);
    const select = names.map((name, i) => `record ->> ${literal(pointer(name))} AS ${quoted(columns[i]!)}`);
    const scanned = await scan(
      `${select.join(", ")} FROM (SELECT record FROM ${target}_lines WHERE ${isRecord} ORDER BY line)`,
      columns,
    );
    await run(`DROP TABLE ${target}_lines`);
    return scanned;
  };

  await connection.run("SET preserve_insertion_order = true");
  try {
    return await { parquet, csv, json }[format]();
  } catch (error) {
    const name = { parquet: "Parquet", csv: "CSV", json: "JSON lines" }[format];
    throw new BackfillError("input-invalid", `cannot read ${path} as ${name}: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    // In a transaction that the error above has ended no statement runs; that error is the one to tell.
    await connection.run("SET preserve_insertion_order = false").catch(() => undefined);
  }
}

/** DuckDB's reason on one line, without its advice on options that are ours. */
function reasonOf(error: unknown): string {
  const lines = error instanceof Error ? error.message.split("\n") : [];
  const [, line] = /CSV Error on Line: (\d+)/.exec(lines[0] ?? "") ?? [];
  if (line !== undefined) return `line ${line}: ${lines[2]}`;
  return messageOf(error).replace(/^(Invalid Input|IO) Error: /, "");
}

/** The fields of a CSV header line. */
function fieldsOf(line: string, delimiter: string): string[] {
  const fields = line.match(new RegExp(`("([^"]|"")*"|[^${delimiter}]*)(${delimiter}|$)`, "g")) ?? [];
  if (!line.endsWith(delimiter)) fields.pop(); // the empty match at the end of the line
  return fields.map((field) =>
    field
      .replace(new RegExp(`${delimiter}$`), "")
      .replace(/^"(.*)"$/, "$1")
      .replaceAll('""', '"'),
  );
}

/** Column names as a table can hold them: lower case, none empty, none twice, none that is ours. */
function unique(names: readonly string[]): string[] {
  const seen = new Set(["source_row"]);
  return names.map((name, index) => {
    const wanted = name.trim().toLowerCase() || `column_${index + 1}`;
    let free = wanted;
    for (let n = 2; seen.has(free); n++) free = `${wanted}_${n}`;
    seen.add(free);
    return free;
  });
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function pointer(key: string): string {
  return `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
