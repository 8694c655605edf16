import { Command } from "commander";
import { BackfillError } from "../../errors.ts";
import { renderRun, runJson } from "../../report/run-report.ts";
import { exitCodeOf } from "../../run/run.ts";
import { backfill } from "../backfill.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { readPlanFile } from "../plan-file.ts";
import { SELECTION_OPTIONS } from "../selection.ts";
import { terminal } from "../terminal.ts";
import { planRequest, printPlan } from "./plan.ts";

const names = [
  ...SELECTION_OPTIONS,
  "limit",
  "chunk",
  "deep",
  "force",
  "resume",
  "plan",
  "failFast",
  "events",
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
  nba-backfill run --plan january.json
  nba-backfill run --processor ml_feature_store --dates 2023-02-07 --force`,
    )
    .action(async (_: RunOptions, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<RunOptions>();
      refuseSelectionBesidePlan(command, options);
      exit(await run(options));
    });
}

async function run(options: RunOptions): Promise<number> {
  const plan = options.plan === undefined ? undefined : readPlanFile(options.plan);
  const asked = planRequest("run", options);
  const request = {
    ...asked,
    plan,
    // A plan is compared with the world as it was looked at when it was made.
    historyStart: asked.historyStart ?? plan?.history_start ?? undefined,
    deep: asked.deep === true || plan?.deep === true,
    failFast: options.failFast === true,
    events: options.events === undefined ? undefined : { path: options.events, warehouse: options.warehouse },
  };
  if (options.dryRun) return printPlan(options, request);
  const result = await withWarehouse(options, "write", (warehouse) => backfill(warehouse, request));
  terminal.print(options.json ? JSON.stringify(runJson(result)) : renderRun(result));
  return exitCodeOf(result.status, result.heldBack);
}

/** A plan says what to build: a selection beside it would be ignored, or change it. */
function refuseSelectionBesidePlan(command: Command, options: RunOptions): void {
  if (options.plan === undefined) return;
  const beside = [...SELECTION_OPTIONS, "limit", "chunk", "force", "resume"].find((name) =>
    ["cli", "env"].includes(command.getOptionValueSource(name) ?? ""),
  );
  if (beside === undefined) return;
  const flag = command.options.find((option) => option.attributeName() === beside)!.long;
  throw new BackfillError("usage", `--plan says what to build: leave out ${flag}`);
}
