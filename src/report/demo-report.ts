import { counted } from "../counted.ts";
import type { StatusReport } from "./status-report.ts";
import { renderTable } from "./table.ts";

/** The shape of `demo --json`, the comparison apart. */
export interface DemoReport {
  readonly seed: number;
  readonly rows: Readonly<Record<string, number>>;
  readonly seconds: {
    readonly generate: number;
    readonly load: number;
    readonly backfill: number;
    readonly all: number;
  };
  readonly status: StatusReport;
}

/** What a demo did: how the league compares, how long each part took, and what to try next. */
export function renderDemo(report: DemoReport, comparison: string, warehouse: string): string {
  const { seconds, status } = report;
  const years = Object.entries(status.by_year);
  const isDone = (states: StatusReport["by_state"]) =>
    Object.keys(states).every((state) => state === "complete" || state === "complete_with_exceptions");
  const complete = years.reduce((sum, [, year]) => sum + (isDone(year.by_state) ? year.game_dates : 0), 0);
  return [
    "The regular seasons beside the league's published averages:",
    comparison,
    "",
    renderTable(
      ["year", "game dates", "partitions done"],
      years.map(([year, of]) => [
        year,
        of.game_dates,
        Object.values(of.by_state).reduce((sum, count) => sum + count, 0),
      ]),
    ),
    "",
    `${complete} of ${counted(status.game_dates, "game date")} complete in nine tables, ${counted(status.warm_up_dates, "warm-up date")} before ${status.history_start}`,
    `generated in ${seconds.generate.toFixed(1)} s, loaded in ${seconds.load.toFixed(1)} s, backfilled in ${seconds.backfill.toFixed(1)} s; ${seconds.all.toFixed(1)} s in all`,
    "",
    "Look around:",
    `  nba-backfill status --warehouse ${warehouse}`,
    `  nba-backfill run --warehouse ${warehouse} --year 2022 --dry-run`,
  ].join("\n");
}
