import { Command } from "commander";
import { BackfillError } from "../../errors.ts";
import type { Processor } from "../../processors/processor.ts";
import { PROCESSORS, processorNamed } from "../../processors/registry.ts";
import { argumentsOf } from "../forward.ts";
import { addOptions } from "../options.ts";
import { terminal } from "../terminal.ts";
import { monitorCommand } from "./monitor.ts";
import { runCommand } from "./run.ts";

const monitored = ["warehouse", "historyStart", "now", "json"] as const;
const forwarded = [
  "startDate",
  "endDate",
  "dates",
  "limit",
  "dryRun",
  "threads",
  "memory",
  ...monitored,
] as const;

/** `nba-backfill job`: one processor by its job name; what bin/run_backfill.sh starts. */
export function jobCommand(exit: (code: number) => void): Command {
  return addOptions(new Command("job"), forwarded)
    .argument("[job]", "phase folder and processor, like analytics/player_game_summary")
    .option("--list", "print the names of the jobs")
    .option("--status", "show how far the job has come instead of running it")
    .option("--no-resume", "build what is selected even where it is done")
    .description("Run one processor by its job name.")
    .addHelpText(
      "after",
      `
Examples:
  nba-backfill job --list
  nba-backfill job analytics/player_game_summary --start-date 2023-01-01 --end-date 2023-01-31 --dry-run
  nba-backfill job precompute/ml_feature_store --limit 5`,
    )
    .action(
      async (name: string | undefined, options: { list?: true; status?: true; resume: boolean }, command) => {
        if (options.list) {
          for (const processor of PROCESSORS) terminal.print(jobName(processor));
          return;
        }
        const { name: processor } = jobNamed(name);
        if (options.status) {
          const line = ["--processor", processor, ...argumentsOf(command, monitored)];
          await monitorCommand().exitOverride().parseAsync(line, { from: "user" });
          return;
        }
        const line = ["--processor", processor, ...argumentsOf(command, forwarded)];
        if (!options.resume) line.push("--force");
        await runCommand(exit).exitOverride().parseAsync(line, { from: "user" });
      },
    );
}

function jobName({ phase, name }: Processor): string {
  return `${phase === 3 ? "analytics" : "precompute"}/${name}`;
}

function jobNamed(job: string | undefined): Processor {
  if (job === undefined) throw new BackfillError("usage", "name a job, or see them all with --list");
  const processor = processorNamed(job.split("/").at(-1)!);
  if (job !== jobName(processor)) {
    throw new BackfillError("unknown-processor", `there is no job ${job}: its name is ${jobName(processor)}`);
  }
  return processor;
}
