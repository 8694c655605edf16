import Table from "cli-table3";
import { grouped } from "../counted.ts";

/** Plain columns, numbers (or the columns said to be `right`) to the right, no lines: readable on a screen and in a log. */
export function renderTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  right?: readonly boolean[],
): string {
  const numeric = right ?? head.map((_, column) => rows.every((row) => typeof row[column] === "number"));
  const none = "";
  const table = new Table({
    head: [...head],
    colAligns: numeric.map((isNumber) => (isNumber ? "right" : "left")),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: {
      top: none,
      "top-mid": none,
      "top-left": none,
      "top-right": none,
      bottom: none,
      "bottom-mid": none,
      "bottom-left": none,
      "bottom-right": none,
      left: none,
      "left-mid": none,
      mid: none,
      "mid-mid": none,
      right: none,
      "right-mid": none,
      middle: none,
    },
  });
  table.push(...rows.map((row) => row.map((cell) => (typeof cell === "number" ? grouped(cell) : cell))));
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
