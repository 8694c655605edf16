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

/** Runs a command that can make no file larger than so many kilobytes, as on a disk with no more room, to its end. */
export async function withRoomFor(
  kilobytes: number,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> {
  const command = start(args, ["sh", "-c", `ulimit -f ${kilobytes * 2} && exec "$0" "$@"`]);
  await once(command.child, "close");
  return { code: command.child.exitCode, output: command.output };
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

function start(args: readonly string[], within: readonly string[] = []): Command {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("NBA_BACKFILL_"));
  // The launcher becomes Node, so the child is the command itself.
  const [program, ...rest] = [...within, launcher, ...args, "--threads", "1"];
  const child = spawn(program!, rest, { env: Object.fromEntries(kept), stdio: ["ignore", "pipe", "pipe"] });
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
