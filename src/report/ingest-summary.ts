import { basename } from "node:path";
import { counted, grouped } from "../counted.ts";
import type { FileSummary, IngestSummary, TableCounts } from "../ingest/summary.ts";
import { renderTable } from "./table.ts";

/** An ingest in words: a table of what became of the rows, then everything that did not load and why. */
export function renderIngestSummary(summary: IngestSummary): string {
  const sections = [
    renderFiles(summary.files),
    list("Set aside in nba_raw.quarantine:", summary.files.flatMap(setAside)),
    list("Not loaded:", [
      ...summary.files.flatMap(skippedRows),
      ...summary.skippedFiles.map(({ file, reason }) => `${file}: ${reason}`),
    ]),
    list("Derived:", derivedLines(summary)),
    list("Still without an owner:", unresolvedLines(summary)),
    summary.dryRun ? "Dry run: nothing was written." : "",
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

function renderFiles(files: readonly FileSummary[]): string {
  const head = [
    "file",
    "mapping",
    "table",
    "rows",
    "inserted",
    "replaced",
    "unchanged",
    "doubled",
    "quarantined",
  ];
  return renderTable(
    head,
    files.flatMap((file) => file.tables.map((counts) => fileRow(file, counts))),
  );
}

function fileRow(file: FileSummary, counts: TableCounts): (string | number)[] {
  return [
    basename(file.file),
    file.mapping,
    counts.table,
    counts.rows,
    counts.inserted,
    counts.replaced,
    counts.unchanged,
    counts.duplicate + counts.superseded,
    counts.quarantined,
  ];
}

function setAside(file: FileSummary): string[] {
  const lines = file.tables.flatMap(({ table, reasons }) =>
    Object.entries(reasons).map(
      ([reason, rows]) => `${basename(file.file)}: ${counted(rows, "row")} of ${table}, ${reason}`,
    ),
  );
  if (file.brokenLines > 0) {
    lines.push(`${basename(file.file)}: ${counted(file.brokenLines, "line")}, broken_line`);
  }
  return lines;
}

function skippedRows(file: FileSummary): string[] {
  return Object.entries(file.skippedRows).map(
    ([reason, rows]) => `${basename(file.file)}: ${counted(rows, "row")}, ${reason}`,
  );
}

function derivedLines({ derived, retried, removedShots }: IngestSummary): string[] {
  const lines = derived.map(
    ({ name, table, rows }) => `${name.replaceAll("_", " ")}: ${counted(rows, "row")} of ${table}`,
  );
  if (retried.rows > 0) {
    lines.push(
      `quarantine: ${counted(retried.rows, "row")} tried again, ${grouped(retried.released)} released`,
    );
  }
  if (removedShots > 0)
    lines.push(`shots: ${counted(removedShots, "row")} went with games that were loaded anew`);
  return lines;
}

function unresolvedLines({ unresolved }: IngestSummary): string[] {
  return [
    ...(unresolved.players > 0
      ? [`${counted(unresolved.players, "player name")} (an alias in player_aliases settles it)`]
      : []),
    ...(unresolved.arenas > 0
      ? [`${counted(unresolved.arenas, "arena name")} (a row in arenas settles it)`]
      : []),
  ];
}

function list(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [title, ...lines.map((line) => `  ${line}`)].join("\n");
}
