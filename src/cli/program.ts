import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { BackfillError, EXIT, messageOf } from "../errors.ts";

type MakeCommand = (exit: (code: number) => void) => Command;

/** Loaded one by one: a command line starts in half the time when it reads only what its command needs. */
export const COMMANDS: Readonly<Record<string, () => Promise<MakeCommand>>> = {
  adopt: async () => (await import("./commands/adopt.ts")).adoptCommand,
  cancel: async () => (await import("./commands/cancel.ts")).cancelCommand,
  check: async () => (await import("./commands/check.ts")).checkCommand,
  coverage: async () => (await import("./commands/coverage.ts")).coverageCommand,
  demo: async () => (await import("./commands/demo.ts")).demoCommand,
  diff: async () => (await import("./commands/diff.ts")).diffCommand,
  explain: async () => (await import("./commands/explain.ts")).explainCommand,
  gaps: async () => (await import("./commands/coverage.ts")).gapsCommand,
  ingest: async () => (await import("./commands/ingest.ts")).ingestCommand,
  job: async () => (await import("./commands/job.ts")).jobCommand,
  monitor: async () => (await import("./commands/monitor.ts")).monitorCommand,
  phase: async () => (await import("./commands/phase.ts")).phaseCommand,
  plan: async () => (await import("./commands/plan.ts")).planCommand,
  run: async () => (await import("./commands/run.ts")).runCommand,
  runs: async () => (await import("./commands/runs.ts")).runsCommand,
  show: async () => (await import("./commands/show.ts")).showCommand,
  status: async () => (await import("./commands/status.ts")).statusCommand,
};

/** The command that is named first; all of them for help, and for a name that is none. */
function commandsFor(name: string | undefined): readonly (() => Promise<MakeCommand>)[] {
  const load = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  return load ? [load] : Object.values(COMMANDS);
}

const SETTINGS = `
Every option can be set in three places. A flag wins over the environment (NBA_BACKFILL_ and the option's name, as the
help of a command gives it), and that over nba-backfill.config.json in the working directory, whose keys are the options'
names: {"warehouse": "league.duckdb", "historyStart": "2021-11-01", "dryRun": true}.

Exit codes: 0 all done or nothing to do, 1 something failed, is blocked or differs, 2 wrong usage, 3 no warehouse, or none
that can be opened, or one that lacks a table, 4 refused, 130 interrupted. NBA_BACKFILL_DEBUG=1 adds where an unexpected
error came from.

Examples:
  nba-backfill demo
  nba-backfill ingest data/
  nba-backfill run --dry-run
  nba-backfill run
  nba-backfill monitor`;

/** Runs a command line and gives its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.complete;
  const program = new Command("nba-backfill")
    .description("Backfills an NBA analytics warehouse: nine leak-free tables from raw box scores.")
    .version(version(), "--version", "print the version")
    .addHelpText("after", SETTINGS)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(onOneLine(text)) });
  for (const load of commandsFor(argv[0])) {
    const make = await load();
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

/** The package's, from a clone and from an installed package alike. */
function version(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
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
