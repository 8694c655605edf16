import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import type { World } from "../../coverage/coverage.ts";
import { coverageOf } from "../../coverage/history.ts";
import type { GameDate } from "../../dates.ts";
import { PROCESSORS } from "../../processors/registry.ts";
import { readUnscheduled } from "../../progress/raw-findings.ts";
import { readRuns } from "../../progress/runs.ts";
import { monitorReport, renderMonitor } from "../../report/monitor-report.ts";
import { keepProgress } from "../../run/keep-progress.ts";
import { readWorld } from "../../run/world.ts";
import type { Reader, Warehouse } from "../../warehouse/warehouse.ts";
import { clock, today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { type NotRead, printReport, withRecordedState } from "../recorded-state.ts";
import { terminal } from "../terminal.ts";

const names = ["update", "year", "processor", "watch", "warehouse", "historyStart", "now", "json"] as const;

type MonitorOptions = Options<(typeof names)[number]>;

const WATCH_MS = 2000;

/** `nba-backfill monitor`: how far the backfill has come; what bin/backfill/monitor_backfill_progress.sh starts. */
export function monitorCommand(): Command {
  return addOptions(new Command("monitor"), names)
    .description(
      "Show completion by year, processor and phase, incomplete dates with reasons, errors, the last run.",
    )
    .addHelpText(
      "after",
      `
Counts are made from what is really in the tables. nba_backfill.backfill_progress says the same to whoever reads that
table: every ingest, run and adopt keeps it in step, and --update does where another program has changed something.

Examples:
  nba-backfill monitor --update
  nba-backfill monitor --year 2022
  nba-backfill monitor --watch`,
    )
    .action(async (_: MonitorOptions, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<MonitorOptions>();
      if (options.update) await withWarehouse(options, "write", (warehouse) => update(warehouse, options));
      do {
        const { report, notRead } = await withRecordedState(options, (reader, notRead) =>
          reportOf(reader, notRead, options),
        );
        if (options.watch && process.stdout.isTTY) terminal.print("\u001b[2J\u001b[H");
        printReport(options.json ? report : renderMonitor(report), notRead);
        if (options.watch) await sleep(WATCH_MS);
      } while (options.watch && !terminal.closed());
    });
}

async function worldOf(reader: Reader, { now, historyStart }: MonitorOptions, deep: boolean): Promise<World> {
  return readWorld(reader, PROCESSORS, { today: today(now), historyStart, deep });
}

async function reportOf(reader: Reader, notRead: NotRead | undefined, options: MonitorOptions) {
  const { year, processor } = options;
  const world = await worldOf(reader, options, notRead === undefined);
  const isOfYear = ({ game_date }: { readonly game_date: GameDate }) =>
    year === undefined || game_date.startsWith(`${year}-`);
  const coverage = coverageOf(world).filter(
    (one) => isOfYear(one) && (processor === undefined || processor.includes(one.processor)),
  );
  const [lastRun] = await readRuns(reader, notRead?.holder?.run_id);
  const unscheduled = notRead ? null : (await readUnscheduled(reader)).filter(isOfYear);
  return { report: monitorReport(coverage, lastRun, world.calendar.dates.length, unscheduled), notRead };
}

async function update(warehouse: Warehouse, options: MonitorOptions): Promise<void> {
  await warehouse.publishState();
  const world = await worldOf(warehouse, options, true);
  const now = clock(options.now)().toISOString();
  await warehouse.transaction(() => keepProgress(warehouse, world, now));
  terminal.note("nba_backfill.backfill_progress is up to date");
}
