import { Command } from "commander";
import { coverageOf } from "../../coverage/history.ts";
import { PROCESSORS } from "../../processors/registry.ts";
import { readUnscheduled } from "../../progress/raw-findings.ts";
import { renderStatus, statusReport } from "../../report/status-report.ts";
import { readWorld } from "../../run/world.ts";
import { today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { addOptions, type Options } from "../options.ts";
import { printReport, withRecordedState } from "../recorded-state.ts";

const names = ["warehouse", "historyStart", "now", "json"] as const;

/** `nba-backfill status`: partitions by state, year and processor. */
export function statusCommand(_exit: (code: number) => void): Command {
  return addOptions(new Command("status"), names)
    .description("Show partitions by state, year and processor.")
    .addHelpText(
      "after",
      `
States are as recorded; 'nba-backfill coverage' and 'nba-backfill monitor' look into the tables too.

Examples:
  nba-backfill status
  nba-backfill status --json`,
    )
    .action(async (options: Options<(typeof names)[number]>, command: Command) => {
      applyConfigFile(command);
      const { report, notRead } = await withRecordedState(options, async (reader, notRead) => {
        const world = await readWorld(reader, PROCESSORS, {
          today: today(options.now),
          historyStart: options.historyStart,
        });
        // Another process's file is closed to us, and its schedule and state are all that it tells.
        // The engine looks while we judge.
        const [unscheduled, coverage] = await Promise.all([
          notRead ? null : readUnscheduled(reader),
          coverageOf(world),
        ]);
        return { report: statusReport(coverage, world, unscheduled), notRead };
      });
      printReport(options.json ? report : renderStatus(report), notRead);
    });
}
