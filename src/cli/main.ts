import { Command, CommanderError } from "commander";
import { BackfillError, EXIT, messageOf } from "../errors.ts";
import { cancelCommand } from "./commands/cancel.ts";
import { coverageCommand, gapsCommand } from "./commands/coverage.ts";
import { demoCommand } from "./commands/demo.ts";
import { diffCommand } from "./commands/diff.ts";
import { ingestCommand } from "./commands/ingest.ts";
import { jobCommand } from "./commands/job.ts";
import { monitorCommand } from "./commands/monitor.ts";
import { phaseCommand } from "./commands/phase.ts";
import { planCommand } from "./commands/plan.ts";
import { runCommand } from "./commands/run.ts";
import { runsCommand } from "./commands/runs.ts";
import { showCommand } from "./commands/show.ts";
import { statusCommand } from "./commands/status.ts";

/** Runs a command line and gives its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.complete;
  const program = new Command("nba-backfill")
    .description("Backfills an NBA analytics warehouse: nine leak-free tables from raw box scores.")
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(onOneLine(text)) });
  for (const make of [
    cancelCommand,
    coverageCommand,
    demoCommand,
    diffCommand,
    gapsCommand,
    ingestCommand,
    jobCommand,
    monitorCommand,
    phaseCommand,
    planCommand,
    runCommand,
    runsCommand,
    showCommand,
    statusCommand,
  ]) {
    const command = make((code) => {
      exitCode = code;
    });
    program.addCommand(settingsOf(program, command));
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

/** Gives a command, and the commands within it, the program's way of telling errors. */
function settingsOf(parent: Command, command: Command): Command {
  command.copyInheritedSettings(parent);
  for (const inner of command.commands) settingsOf(command, inner);
  return command;
}

/** Commander's error with its suggestion, in the form of all our errors. */
function onOneLine(text: string): string {
  const sentence = text
    .replace(/^error: /, "")
    .trim()
    .replace(/\s*\n\s*/g, " ");
  return `nba-backfill: ${sentence} (--help lists the options)\n`;
}

process.exitCode = await main(process.argv.slice(2));
