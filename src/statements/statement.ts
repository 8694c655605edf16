import { readFileSync } from "node:fs";
import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { type View, viewNamed } from "../processors/views.ts";
import { contentColumns, tableOf } from "../tables.ts";
import { dateLiterals } from "./date-list.ts";
import { rowHash } from "./row-hash.ts";

/**
 * The statement of a processor for any set of dates, in the portable subset of GoogleSQL: the CTE target_dates, the
 * views and readers of the declaration verbatim and in order, the query as the CTE `content`, and around it the
 * columns in table order, the stamps and row_hash.
 * Parameters: @processor_version, @run_id (STRING), @computed_at (TIMESTAMP), and the bounds of {@link Bounds}.
 */
export function processorStatement(
  processor: Processor,
  dates: readonly GameDate[],
  staged?: StagedReaders,
): string {
  const table = tableOf(processor.table);
  const columns = contentColumns(table);
  return `${withPrefix(processor, dates, staged)},
content AS (
${readSql(`${processor.folder}/query.sql`)}
)
SELECT
${columns.map((column) => `  content.${column.name} AS ${column.name},`).join("\n")}
  @processor_version AS processor_version,
  @run_id AS run_id,
  @computed_at AS computed_at,
  ${rowHash(columns, "content.")} AS row_hash
FROM content
`;
}

/** Readers whose rows were computed before, by name: the table that holds them. */
export type StagedReaders = Readonly<Record<string, string>>;

/** Any SELECT over the views and readers that a processor declares, such as its expected keys. */
export function withPrefix(
  processor: Processor,
  dates: readonly GameDate[],
  staged: StagedReaders = {},
): string {
  const ctes = [
    ...processor.inputs.map((input) => viewCte(viewNamed(input.view))),
    ...processor.readers.map((reader) => {
      const rows = staged[reader];
      return `${reader} AS (\n${rows ? `SELECT * FROM ${rows}` : readSql(`readers/${reader}.sql`)}\n)`;
    }),
  ];
  return `WITH target_dates AS (\n${dateList(dates)}\n),\n${ctes.join(",\n")}`;
}

export function viewCte(view: View): string {
  return `${view.name} AS (\n${readSql(`views/${view.name}.sql`)}\n)`;
}

/** The dates as rows, as GoogleSQL writes them; the DuckDB adapter has its own form of this one line. */
function dateList(dates: readonly GameDate[]): string {
  return `SELECT game_date FROM UNNEST([${dateLiterals(dates)}]) AS game_date`;
}

const texts = new Map<string, string>();

/** The text of a file below src/processors, without its trailing newline; each file is read once. */
export function readSql(path: string): string {
  let text = texts.get(path);
  if (text === undefined) {
    text = readFileSync(new URL(`../processors/${path}`, import.meta.url), "utf8").trimEnd();
    texts.set(path, text);
  }
  return text;
}
