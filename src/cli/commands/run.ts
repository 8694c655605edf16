import { Command } from "commander";
import { EXIT } from "../../errors.ts";
import { renderPlan, renderRun, runJson } from "../../report/run-report.ts";
import type { RunResult } from "../../run/run.ts";
import { type BackfillRequest, backfill, planFor } from "../backfill.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { SELECTION_OPTIONS, selectionOf } from "../selection.ts";
import { terminal } from "../terminal.ts";

const names = [
  ...SELECTION_OPTIONS,
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
  const plan = await withWarehouse(
    options,
    "read",
    async (warehouse) => (await planFor(warehouse, requestOf(options))).plan,
  );
  terminal.print(options.json ? JSON.stringify(plan) : renderPlan(plan));
  return EXIT.complete;
}

async function run(options: RunOptions): Promise<number> {
  const result = await withWarehouse(options, "write", (warehouse) =>
    backfill(warehouse, requestOf(options)),
  );
  terminal.print(options.json ? JSON.stringify(runJson(result)) : renderRun(result));
  return exitCodeOf(result);
}

function requestOf(options: RunOptions): BackfillRequest {
  const { limit } = options;
  return {
    command: "run",
    now: options.now,
    historyStart: options.historyStart,
    selection: selectionOf(options),
    options: { chunk: options.chunk, force: options.force === true, ...(limit !== undefined && { limit }) },
  };
}

/** 0 only where every selected partition is done. */
function exitCodeOf(result: RunResult): number {
  if (result.status === "interrupted") return EXIT.interrupted;
  return result.status === "complete" && result.heldBack.length === 0 ? EXIT.complete : EXIT.notAllDone;
}
