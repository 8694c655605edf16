import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { Command } from "commander";
import { EXIT } from "../../errors.ts";
import { type Plan, planBackfill } from "../../plan/plan.ts";
import type { Selection } from "../../plan/selection.ts";
import { PROCESSORS } from "../../processors/registry.ts";
import { renderPlan, renderRun, runJson } from "../../report/run-report.ts";
import { executeRun, type RunResult } from "../../run/run.ts";
import { readWorld } from "../../run/world.ts";
import { clock, today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { interruptions } from "../interruptions.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { progressBar } from "../progress-bar.ts";
import { terminal } from "../terminal.ts";

const names = [
  "startDate",
  "endDate",
  "dates",
  "year",
  "season",
  "phase",
  "processor",
  "limit",
  "chunk",
  "force",
  "dryRun",
  "threads",
  "memory",
  "warehouse",
  "historyStart",
  "now",
  "json",
] as const;

type RunOptions = Options<(typeof names)[number]>;

/** `nba-backfill run`: builds what is missing, stale or failed in a selection. */
export function runCommand(exit: (code: number) => void): Command {
  return addOptions(new Command("run"), names)
    .description("Build what is missing, stale or failed; without a selection, everything.")
    .addHelpText(
      "after",
      `
Running again does nothing where nothing changed; an interrupted run continues where it stopped.
Exit codes: 0 all selected partitions are done, 1 some are not (blocked, incomplete, failed), 2 wrong usage,
3 no warehouse, 4 refused, 130 interrupted.

Examples:
  nba-backfill run
  nba-backfill run --season 2022-23 --phase 3
  nba-backfill run --start-date 2023-01-01 --end-date 2023-01-31 --dry-run
  nba-backfill run --processor ml_feature_store --dates 2023-02-07 --force`,
    )
    .action(async (_: RunOptions, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<RunOptions>();
      exit(options.dryRun ? await dryRun(options) : await run(options));
    });
}

async function dryRun(options: RunOptions): Promise<number> {
  const plan = await withWarehouse(options, "read", async (warehouse) =>
    planOf(await worldOf(warehouse, options), options),
  );
  terminal.print(options.json ? JSON.stringify(plan) : renderPlan(plan));
  return EXIT.complete;
}

async function run(options: RunOptions): Promise<number> {
  const now = clock(options.now);
  const result = await withWarehouse(options, "write", async (warehouse) => {
    const world = await worldOf(warehouse, options);
    const plan = planOf(world, options);
    const bar = progressBar(terminal, plan.partitions);
    const stop = interruptions(() => warehouse.interrupt(), terminal);
    try {
      return await executeRun(
        warehouse,
        world,
        plan,
        {
          claim: { runId: newRunId(now()), host: hostname(), pid: process.pid },
          command: "run",
          selection: JSON.stringify(selectionOf(options)),
        },
        { now, onEvent: bar.onEvent, stop: stop.signal },
      );
    } finally {
      stop.dispose();
      bar.stop();
    }
  });
  terminal.print(options.json ? JSON.stringify(runJson(result)) : renderRun(result));
  return exitCodeOf(result);
}

function worldOf(warehouse: Parameters<typeof readWorld>[0], options: RunOptions) {
  return readWorld(warehouse, PROCESSORS, { today: today(options.now), historyStart: options.historyStart });
}

function planOf(world: Awaited<ReturnType<typeof worldOf>>, options: RunOptions): Plan {
  return planBackfill(world, selectionOf(options), {
    chunk: options.chunk,
    force: options.force === true,
    ...(options.limit === undefined ? {} : { limit: options.limit }),
  });
}

function selectionOf({ startDate, endDate, dates, year, season, phase, processor }: RunOptions): Selection {
  return {
    ...(startDate && { startDate }),
    ...(endDate && { endDate }),
    ...(dates && { dates }),
    ...(year !== undefined && { year }),
    ...(season !== undefined && { seasonYear: season }),
    ...(phase && { phase }),
    ...(processor && { processors: processor }),
  };
}

function exitCodeOf(result: RunResult): number {
  if (result.status === "interrupted") return EXIT.interrupted;
  return result.status === "complete" && result.heldBack.length === 0 ? EXIT.complete : EXIT.notAllDone;
}

/** Sorts by time, and differs between two runs of the same second. */
function newRunId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}-${randomBytes(3).toString("hex")}`;
}
