import { Command } from "commander";
import { BackfillError } from "../../errors.ts";
import { type RunRecord, readRuns } from "../../progress/runs.ts";
import { renderRunRecord, renderRuns } from "../../report/runs-report.ts";
import { applyConfigFile } from "../config.ts";
import { addOptions, type Options } from "../options.ts";
import { type NotRead, printReport, withRecordedState } from "../recorded-state.ts";

const names = ["warehouse", "json"] as const;

type RunsOptions = Options<(typeof names)[number]>;

/** `nba-backfill runs`: what ran, when and how it ended; `runs show ID` tells of one. */
export function runsCommand(): Command {
  const list = addOptions(new Command("runs"), names)
    .description("List the runs, the latest first.")
    .addHelpText("after", "\nExamples:\n  nba-backfill runs\n  nba-backfill runs show 20260117T120000-3fa29c")
    .action(async (_: RunsOptions, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<RunsOptions>();
      const { runs, notRead } = await runsOf(options);
      printReport(options.json ? { runs } : renderRuns(runs), notRead);
    });
  const show = addOptions(new Command("show").argument("<run>", "run, or the beginning of its name"), names)
    .description("Show one run.")
    .addHelpText("after", "\nExamples:\n  nba-backfill runs show 20260117T120000-3fa29c")
    .exitOverride()
    .action(async (name: string, _: RunsOptions, command: Command) => {
      applyConfigFile(command);
      // Both commands take these options, and the parser gives them to the outer one.
      const options = command.optsWithGlobals<RunsOptions>();
      const { runs, notRead } = await runsOf(options);
      const run = runs.find(({ run_id }) => run_id.startsWith(name));
      if (!run)
        throw new BackfillError("unknown-run", `there is no run ${name}; 'nba-backfill runs' lists them`);
      printReport(options.json ? run : renderRunRecord(run), notRead);
    });
  return list.addCommand(show);
}

async function runsOf(options: RunsOptions): Promise<{ runs: RunRecord[]; notRead: NotRead | undefined }> {
  return withRecordedState(options, async (reader, notRead) => ({
    runs: await readRuns(reader, notRead?.holder?.run_id),
    notRead,
  }));
}
