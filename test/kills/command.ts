import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const launcher = join(import.meta.dirname, "../../bin/nba-backfill");

/** A command of the command line under way, on one thread. */
interface Command {
  readonly line: string;
  readonly child: ChildProcess;
  /** What it has printed so far, stdout and stderr. */
  output: string;
}

/** Whether a command has begun the part that matters, as its surroundings see it. */
export type Sign = (output: string) => boolean;

/** Runs a command to its end and gives what it printed. Throws where it does not leave with 0. */
export async function finished(...args: readonly string[]): Promise<string> {
  const command = start(args);
  await ended(command);
  return command.output;
}

/** Milliseconds from a sign of a command to its end. */
export async function millisecondsFrom(sign: Sign, args: readonly string[]): Promise<number> {
  const command = start(args);
  await signOf(command, sign);
  const began = performance.now();
  await ended(command);
  return performance.now() - began;
}

/**
 * Kills a command some time after a sign of it: nothing in the command knows when. Where it had ended by itself before,
 * gives the milliseconds from the sign to that end.
 */
export async function killed(
  sign: Sign,
  afterMs: number,
  args: readonly string[],
): Promise<number | undefined> {
  const command = start(args);
  const end = once(command.child, "exit").then(() => performance.now());
  await signOf(command, sign);
  const began = performance.now();
  await sleep(afterMs);
  command.child.kill("SIGKILL");
  const endedAt = await end;
  return command.child.signalCode === "SIGKILL" ? undefined : endedAt - began;
}

function start(args: readonly string[]): Command {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("NBA_BACKFILL_"));
  // The launcher becomes Node, so the child is the command itself.
  const child = spawn(launcher, [...args, "--threads", "1"], { env: Object.fromEntries(kept) });
  const command: Command = { line: args.join(" "), child, output: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      command.output += text;
    });
  }
  return command;
}

async function ended({ child, line, output }: Command): Promise<void> {
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`${line} left with ${child.exitCode}:\n${output}`);
}

async function signOf(command: Command, sign: Sign): Promise<void> {
  while (!sign(command.output) && command.child.exitCode === null) await sleep(2);
}
