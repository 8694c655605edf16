import { Command, CommanderError } from "commander";
import { BackfillError, EXIT, messageOf } from "../errors.ts";
import { demoCommand } from "./commands/demo.ts";
import { diffCommand } from "./commands/diff.ts";
import { ingestCommand } from "./commands/ingest.ts";
import { jobCommand } from "./commands/job.ts";
import { monitorCommand } from "./commands/monitor.ts";
import { phaseCommand } from "./commands/phase.ts";
import { runCommand } from "./commands/run.ts";
import { showCommand } from "./commands/show.ts";
import { statusCommand } from "./commands/status.ts";

/** Runs a command line and gives its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.complete;
  const program = new Command("nba-backfill")
    .description("Backfills an NBA analytics warehouse: nine leak-free tables from raw box scores.")
    .exitOverride()
    .showHelpAfterError("Add --help for the options.");
  for (const make of [
    demoCommand,
    diffCommand,
    ingestCommand,
    jobCommand,
    monitorCommand,
    phaseCommand,
    runCommand,
    showCommand,
    statusCommand,
  ]) {
    const command = make((code) => {
      exitCode = code;
    });
    program.addCommand(command.exitOverride().showHelpAfterError("Add --help for the options."));
  }
  try {
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.complete : EXIT.usage;
    if (error instanceof BackfillError) {
      process.stderr.write(`nba-backfill: ${error.message}\n`);
      return error.exitCode;
    }
    process.stderr.write(`nba-backfill: ${messageOf(error)}\n`);
    if (process.env.NBA_BACKFILL_DEBUG) process.stderr.write(`${(error as Error).stack}\n`);
    return EXIT.unavailable;
  }
}

process.exitCode = await main(process.argv.slice(2));
