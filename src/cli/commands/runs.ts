import { Command } from "commander";
import { BackfillError } from "../../errors.ts";
import { type RunRecord, readRuns } from "../../progress/runs.ts";
import { renderRunRecord, renderRuns } from "../../report/runs-report.ts";
import { applyConfigFile } from "../config.ts";
import { notReadLine, withRecordedState } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { terminal } from "../terminal.ts";

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
      const runs = await runsOf(options);
      terminal.print(options.json ? JSON.stringify({ runs }) : renderRuns(runs));
    });
  const show = addOptions(new Command("show").argument("<run>", "run, or the beginning of its name"), names)
    .description("Show one run.")
    .exitOverride()
    .action(async (name: string, _: RunsOptions, command: Command) => {
      applyConfigFile(command);
      // Both commands take these options, and the parser gives them to the outer one.
      const options = command.optsWithGlobals<RunsOptions>();
      const run = (await runsOf(options)).find(({ run_id }) => run_id.startsWith(name));
      if (!run)
        throw new BackfillError("unknown-run", `there is no run ${name}; 'nba-backfill runs' lists them`);
      terminal.print(options.json ? JSON.stringify(run) : renderRunRecord(run));
    });
  return list.addCommand(show);
}

/** A run that says `running` while nobody holds the warehouse was killed: the next run writes that down. */
async function runsOf(options: RunsOptions): Promise<RunRecord[]> {
  return withRecordedState(options, async (reader, notRead) => {
    if (notRead) terminal.note(notReadLine(notRead));
    return (await readRuns(reader)).map((run) =>
      run.status === "running" && run.run_id !== notRead?.holder.run_id
        ? { ...run, status: "interrupted", error: "ended without a word (killed)" }
        : run,
    );
  });
}
