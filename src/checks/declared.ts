import type { Processor, Severity } from "../processors/processor.ts";
import { contentColumns, tableOf } from "../tables.ts";

/** One check of a processor: declared in its folder, or one that every processor has. */
export interface Check {
  readonly name: string;
  readonly severity: Severity;
  /** What it counts. */
  readonly of: "keys" | "rows" | "teams" | "columns";
}

/** Where the counts of a check stand: expressions over the columns of a CTE with a row for each date. */
export interface Place {
  readonly name: string;
  readonly cte: string;
  readonly checked: string;
  readonly found: string;
  readonly example: string;
}

/** All checks of a processor, in the order in which they are told. */
export function checksOf(processor: Processor): readonly Check[] {
  return [
    { name: "keys_duplicate", severity: "block", of: "rows" },
    { name: "keys_missing", severity: "block", of: "keys" },
    { name: "keys_unexpected", severity: "block", of: "keys" },
    ...processor.references.map(({ name, severity }) => ({ name, severity, of: "rows" as const })),
    ...processor.rowChecks.map(({ name, severity }) => ({ name, severity, of: "rows" as const })),
    ...(hasWindow(processor) ? [{ name: "window_holes", severity: "warn", of: "rows" } as const] : []),
    ...processor.teamTotals.map(({ name, severity }) => ({ name, severity, of: "teams" as const })),
    ...["distribution", "null_share", "zero_share"].map(
      (name) => ({ name, severity: "warn", of: "columns" }) as const,
    ),
  ];
}

/** Whether the rows of its table count the games of their window. */
export function hasWindow(processor: Processor): boolean {
  return contentColumns(tableOf(processor.table)).some(({ name }) => name === "window_games_found");
}

/** What the rows of a date refer to is of that date: bounds let an engine leave the other partitions unread. */
export const OF_THE_DATES = "game_date BETWEEN @first_target_date AND @last_target_date";
