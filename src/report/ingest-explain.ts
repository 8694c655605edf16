import { counted } from "../counted.ts";
import type { FileExplanation } from "../ingest/explain.ts";
import { renderTable } from "./table.ts";

/** How files would be read, in words. */
export function renderExplanations(files: readonly FileExplanation[]): string {
  return [...files.map(renderFile), "Nothing was written."].join("\n\n");
}

function renderFile(file: FileExplanation): string {
  const { mapping, why, lacking, unused, targets, outcome, examples } = file;
  const quarantined = outcome?.tables.reduce((sum, table) => sum + table.quarantined, 0) ?? 0;
  return [
    file.file,
    mapping === null
      ? `  not read: ${why}${unused.length > 0 ? "\n  docs/mappings.md says how to write one" : ""}`
      : `  mapping ${mapping}: ${why}`,
    lacking.length > 0 ? `  refused: the mapping needs columns it lacks: ${lacking.join(", ")}` : "",
    ...targets.flatMap(({ table, columns, unfilled }) => [
      "",
      renderTable(
        [table, "from"],
        columns.map(({ column, how }) => [column, how]),
      ),
      unfilled.length > 0 ? `Not filled: ${unfilled.join(", ")}` : "",
    ]),
    "",
    mapping !== null && unused.length > 0 ? `Columns not used: ${unused.join(", ")}` : "",
    ...(outcome?.tables ?? []).map(
      ({ table, rows, inserted, replaced, unchanged }) =>
        `${table}: ${counted(rows, "row")}, ${inserted} new, ${replaced} replaced, ${unchanged} unchanged`,
    ),
    ...Object.entries(outcome?.skippedRows ?? {}).map(
      ([reason, rows]) => `Not loaded: ${counted(rows, "row")}, ${reason}`,
    ),
    outcome
      ? `Quarantine would get ${quarantined + outcome.brokenLines}${examples.length > 0 ? ", such as" : ""}`
      : "",
    ...examples.map(({ reason, detail, where }) => `  ${where}: ${reason}, ${detail}`),
  ]
    .filter((line, index, all) => line !== "" || (all[index + 1] ?? "") !== "")
    .join("\n");
}
