import { counted, grouped } from "../counted.ts";
import { type ChangedColumn, type ChangedValue, isEqual, type ProcessorDifference } from "../run/diff.ts";
import type { Row, Value } from "../warehouse/warehouse.ts";
import { renderTable } from "./table.ts";

/** The shape of `diff --json`. */
export function diffJson(differences: readonly ProcessorDifference[]): object {
  return { equal: differences.every(isEqual), processors: differences };
}

/** Counts per processor, then of each that differs its rows and columns with examples. */
export function renderDiff(differences: readonly ProcessorDifference[]): string {
  const unequal = differences.filter((difference) => !isEqual(difference));
  const partitions = differences.reduce((sum, difference) => sum + difference.partitions, 0);
  const notBuilt = differences.reduce((sum, difference) => sum + difference.not_built, 0);
  const verdict =
    unequal.length === 0
      ? `Equal: ${counted(partitions, "partition")} computed, every row is as stored.`
      : `Different: ${unequal.length} of ${counted(differences.length, "processor")}; nothing was written.`;
  return [
    verdict,
    ...(notBuilt > 0 ? [`Not built and not compared: ${counted(notBuilt, "selected partition")}.`] : []),
    "",
    renderTable(
      ["processor", "partitions", "rows", "added", "removed", "changed", "columns"],
      differences.map((of) => [
        of.processor,
        of.partitions,
        of.rows,
        of.added,
        of.removed,
        of.changed,
        of.columns.length,
      ]),
    ),
    ...unequal.flatMap((difference) => ["", ...detail(difference)]),
  ].join("\n");
}

function detail(difference: ProcessorDifference): string[] {
  const { processor, duplicates, added, added_examples, removed, removed_examples, columns } = difference;
  return [
    processor,
    ...(duplicates > 0
      ? [`  ${counted(duplicates, "computed row")} with the key of another: a run would refuse the partition`]
      : []),
    ...rowLines("added", added, added_examples),
    ...rowLines("removed", removed, removed_examples),
    ...columns.flatMap(columnLines),
  ];
}

function rowLines(what: string, count: number, examples: readonly Row[]): string[] {
  if (count === 0) return [];
  return [
    `  ${counted(count, "row")} ${what}`,
    ...examples.map((row) => `    ${rowText(row)}`),
    ...more(count, examples),
  ];
}

function columnLines(column: ChangedColumn): string[] {
  const nulls = [
    ...(column.was_null > 0 ? [`${column.was_null} from NULL`] : []),
    ...(column.becomes_null > 0 ? [`${column.becomes_null} to NULL`] : []),
    ...(column.largest !== null ? [`largest difference ${shortened(column.largest)}`] : []),
  ];
  const facts = nulls.length > 0 ? ` (${nulls.join(", ")})` : "";
  return [
    `  ${column.column}: ${counted(column.rows, "row")} changed${facts}`,
    ...column.examples.map((example) => `    ${rowText(example.row)}: ${changeText(example)}`),
    ...more(column.rows, column.examples),
  ];
}

function more(count: number, examples: readonly unknown[]): string[] {
  return count > examples.length ? [`    and ${grouped(count - examples.length)} more`] : [];
}

function rowText(row: Row): string {
  return Object.values(row)
    .filter((value) => value !== null)
    .join(" ");
}

function changeText({ old, new: computed }: ChangedValue): string {
  return `${valueText(old)} -> ${valueText(computed)}`;
}

function valueText(value: Value): string {
  return value === null ? "NULL" : String(value);
}

function shortened(difference: number): string {
  return String(Number(difference.toPrecision(6)));
}
