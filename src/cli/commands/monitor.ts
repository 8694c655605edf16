import { setTimeout as sleep } from "node:timers/promises";
import { Command } from "commander";
import { coverageOf, type World } from "../../coverage/coverage.ts";
import { PROCESSORS } from "../../processors/registry.ts";
import { markLost, refreshProgress } from "../../progress/backfill-progress.ts";
import { readLastRun } from "../../progress/last-run.ts";
import { monitorReport, renderMonitor } from "../../report/monitor-report.ts";
import { readWorld } from "../../run/world.ts";
import type { Reader, Warehouse } from "../../warehouse/warehouse.ts";
import { clock, today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { terminal } from "../terminal.ts";

const names = ["update", "year", "processor", "watch", "warehouse", "now", "json"] as const;

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
Counts are made from what is really in the tables. --update writes them to nba_backfill.backfill_progress too, for
whoever reads that table.

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
        const text = await withWarehouse(options, "read", (warehouse) => drawn(warehouse, options));
        terminal.print(options.watch && process.stdout.isTTY ? `\u001b[2J\u001b[H${text}` : text);
        if (options.watch) await sleep(WATCH_MS);
      } while (options.watch);
    });
}

async function worldOf(reader: Reader, { now }: MonitorOptions): Promise<World> {
  return readWorld(reader, PROCESSORS, { today: today(now), deep: true });
}

async function drawn(reader: Reader, options: MonitorOptions): Promise<string> {
  const { year, processor } = options;
  const coverage = coverageOf(await worldOf(reader, options)).filter(
    (one) =>
      (year === undefined || one.game_date.startsWith(`${year}-`)) &&
      (processor === undefined || processor.includes(one.processor)),
  );
  const report = monitorReport(coverage, await readLastRun(reader));
  return options.json ? JSON.stringify(report) : renderMonitor(report);
}

async function update(warehouse: Warehouse, options: MonitorOptions): Promise<void> {
  const world = await worldOf(warehouse, options);
  const last = world.calendar.dates.at(-1)?.date;
  if (!last) return;
  const lost = coverageOf(world).filter(({ state }) => state === "lost");
  const range = { first: world.historyStart, last };
  await warehouse.transaction(async () => {
    await refreshProgress(warehouse, range, world.historyStart, clock(options.now)().toISOString());
    await markLost(warehouse, lost);
  });
  terminal.note("nba_backfill.backfill_progress is up to date");
}
