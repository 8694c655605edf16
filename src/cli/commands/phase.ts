import { Argument, Command } from "commander";
import { BackfillError } from "../../errors.ts";
import { inputGaps } from "../../plan/input-gaps.ts";
import { sameDateInputs } from "../../processors/lineage.ts";
import { PROCESSORS, processorNamed } from "../../processors/registry.ts";
import { countsDiffer } from "../../progress/actual.ts";
import { renderInputGaps } from "../../report/input-gaps-report.ts";
import { reconcile } from "../../run/reconcile.ts";
import type { Reader } from "../../warehouse/warehouse.ts";
import { today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { argumentsOf } from "../forward.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { type NotRead, withRecordedState } from "../recorded-state.ts";
import { terminal } from "../terminal.ts";
import { runCommand } from "./run.ts";

const forwarded = [
  "year",
  "startDate",
  "endDate",
  "dryRun",
  "threads",
  "memory",
  "warehouse",
  "historyStart",
  "now",
  "json",
] as const;
const names = [...forwarded, "sequential", "skipValidation"] as const;

type PhaseOptions = Options<(typeof names)[number]>;

/** `nba-backfill phase`: a phase over a year or a range; what the scripts of bin/backfill start. */
export function phaseCommand(exit: (code: number) => void): Command {
  return addOptions(new Command("phase"), names)
    .addArgument(new Argument("<phase>").choices(["3", "4"]))
    .description("Run all processors of a phase over a year or a range of dates.")
    .addHelpText(
      "after",
      `
Phase 4 begins with the Phase 3 validation: which inputs are missing per date and processor. Only a missing input of the
same date blocks, and only the partition that lacks it, with and without --skip-validation.
On DuckDB each statement runs on all threads, so the processors of a phase run one after the other with and without
--sequential, and the contents are equal.

Examples:
  nba-backfill phase 4 --year 2022 --dry-run
  nba-backfill phase 3 --start-date 2023-01-01 --end-date 2023-01-31`,
    )
    .action(async (phase: string, _: PhaseOptions, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<PhaseOptions>();
      if (options.year === undefined && !(options.startDate && options.endDate)) {
        throw new BackfillError("usage", "name a --year, or a --start-date and an --end-date");
      }
      // In the environment or the file it may stand for every phase.
      if (phase === "3" && command.getOptionValueSource("skipValidation") === "cli") {
        throw new BackfillError(
          "usage",
          "--skip-validation is for phase 4: phase 3 has no validation to skip",
        );
      }
      if (phase === "4" && !options.skipValidation) await validate(options);
      if (options.sequential) {
        terminal.note(
          "--sequential: on DuckDB the processors of a phase run one after the other with and without it",
        );
      }
      const line = ["--phase", phase, ...argumentsOf(command, forwarded)];
      await runCommand(exit).exitOverride().parseAsync(line, { from: "user" });
    });
}

async function validate(options: PhaseOptions): Promise<void> {
  const { year, startDate, endDate } = options;
  const read = async (reader: Reader, notRead?: NotRead) => {
    const deep = !notRead && (await countsDiffer(reader, PROCESSORS));
    const runId = notRead && { runId: notRead.holder?.run_id };
    const { historyStart } = options;
    return reconcile(reader, PROCESSORS, { today: today(options.now), historyStart, deep }, runId);
  };
  // A dry run answers while another process writes; a run would be refused after this anyway.
  const { world, coverage } = options.dryRun
    ? await withRecordedState(options, read)
    : await withWarehouse(options, "read", (reader) => read(reader));
  const gaps = inputGaps(world, coverage, {
    ...(year !== undefined && { year }),
    ...(startDate && { startDate }),
    ...(endDate && { endDate }),
  });
  // With --json stdout belongs to the run's object.
  (options.json ? terminal.note : terminal.print)(
    renderInputGaps(gaps, coverage, (name) => sameDateInputs(processorNamed(name), PROCESSORS)),
  );
}
