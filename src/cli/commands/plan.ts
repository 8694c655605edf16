import { Command } from "commander";
import { EXIT } from "../../errors.ts";
import { estimateSteps, runOverStatements } from "../../plan/estimate.ts";
import { PROCESSORS } from "../../processors/registry.ts";
import { countsDiffer } from "../../progress/actual.ts";
import { readBuiltChunks, readRuns } from "../../progress/runs.ts";
import { planJson, renderPlan } from "../../report/plan-report.ts";
import { type BackfillRequest, planFor, tellLeftOut } from "../backfill.ts";
import { applyConfigFile } from "../config.ts";
import type { OpenOptions } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { writePlanFile } from "../plan-file.ts";
import { printReport, withRecordedState } from "../recorded-state.ts";
import { SELECTION_OPTIONS, selectionOf } from "../selection.ts";

const names = [
  ...SELECTION_OPTIONS,
  "limit",
  "chunk",
  "deep",
  "force",
  "resume",
  "out",
  "threads",
  "memory",
  "warehouse",
  "historyStart",
  "now",
  "json",
] as const;

type PlanCommandOptions = Options<(typeof names)[number]>;

/** `nba-backfill plan`: what a run would do, why, and how long it would take. */
export function planCommand(exit: (code: number) => void): Command {
  return addOptions(new Command("plan"), names)
    .description("Show what a run would build, in order, with reasons, chunks and what it will take.")
    .addHelpText(
      "after",
      `
Rows and seconds come from earlier runs on this warehouse; without any they are unknown. Seconds of a step are what a
statement takes and what each of its dates takes, which chunks of two sizes tell apart: where there is one, they are "at
most". To all steps comes what runs took beyond their statements, as for commits.

Examples:
  nba-backfill plan
  nba-backfill plan --year 2023 --chunk month
  nba-backfill plan --start-date 2023-01-01 --end-date 2023-01-31 --out january.json`,
    )
    .action(async (_: PlanCommandOptions, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<PlanCommandOptions>();
      exit(await printPlan(options, planRequest("plan", options), options.out));
    });
}

/** What a command line asks to be planned. */
export function planRequest(command: string, options: Omit<PlanCommandOptions, "out">): BackfillRequest {
  const { limit } = options;
  return {
    command,
    now: options.now,
    historyStart: options.historyStart,
    selection: selectionOf(options),
    deep: options.deep === true,
    options: {
      chunk: options.chunk,
      force: options.force === true || options.resume === false,
      ...(limit !== undefined && { limit }),
    },
  };
}

/** Prints the plan, and writes it where asked. Holds no write handle. */
export async function printPlan(
  options: OpenOptions & { readonly json?: boolean },
  request: BackfillRequest,
  out?: string,
): Promise<number> {
  const { world, plan, estimates, notRead } = await withRecordedState(options, async (reader, notRead) => {
    const recorded = await planFor(reader, notRead ? { ...request, deep: false } : request);
    // As a run does: what is recorded is believed where every count is as recorded.
    const isBelieved =
      notRead ||
      out !== undefined ||
      recorded.plan.partitions > 0 ||
      !(await countsDiffer(reader, PROCESSORS));
    const { world, plan } = isBelieved ? recorded : await planFor(reader, { ...request, deep: true });
    const built = await readBuiltChunks(reader);
    const estimates = {
      steps: estimateSteps(world, plan, built),
      runOverStatements: runOverStatements(built, await readRuns(reader)),
    };
    return { world, plan, estimates, notRead };
  });
  if (out !== undefined) {
    const { selection, historyStart } = request;
    writePlanFile(out, { warehouse: options.warehouse, world, selection, historyStart, plan });
  }
  tellLeftOut(world, request.selection);
  printReport(options.json ? planJson(plan, estimates) : renderPlan(plan, estimates), notRead);
  return EXIT.complete;
}
