import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Holder } from "../../src/warehouse/duckdb/mirror.ts";
import { readSideFile } from "../../src/warehouse/duckdb/recorded-state.ts";

const launcher = join(import.meta.dirname, "../../bin/nba-backfill");

/** A command line in a process of its own. Stopped, it goes on holding its file, for as long as the others need. */
export class Process {
  readonly warehouse: string;
  readonly pid: number;
  readonly #line: string;
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  stdout = "";
  stderr = "";

  constructor(warehouse: string, line: string, settings: Readonly<Record<string, string>> = {}) {
    this.warehouse = warehouse;
    this.#line = line;
    const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("NBA_BACKFILL_"));
    const own = { NBA_BACKFILL_WAREHOUSE: warehouse, NBA_BACKFILL_THREADS: "1", ...settings };
    const env = { ...Object.fromEntries(kept), ...own };
    // The launcher becomes Node, so the child is the command itself.
    this.#child = spawn(launcher, line.split(" "), { env });
    this.pid = this.#child.pid!;
    this.#closed = once(this.#child, "close");
    this.#child.stdout!.setEncoding("utf8").on("data", (text: string) => {
      this.stdout += text;
    });
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.stderr += text;
    });
  }

  /** Waits for what others see of the command. Throws where it has ended before. */
  async until(condition: () => boolean): Promise<this> {
    while (!condition()) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
        throw new Error(`${this.#line} ended too soon: ${this.stdout}${this.stderr}`);
      }
      await sleep(2);
    }
    return this;
  }

  send(signal: NodeJS.Signals): this {
    this.#child.kill(signal);
    return this;
  }

  /** The exit code, or the signal that ended it. */
  async ended(): Promise<number | NodeJS.Signals> {
    await this.#closed;
    return this.#child.exitCode ?? this.#child.signalCode!;
  }
}

/** Runs a command to its end. */
export async function finished(
  warehouse: string,
  line: string,
): Promise<{ code: number | NodeJS.Signals; stdout: string; stderr: string }> {
  const process = new Process(warehouse, line);
  const code = await process.ended();
  return { code, stdout: process.stdout, stderr: process.stderr };
}

export interface EventLine {
  readonly type: string;
  readonly run_id: string;
  readonly processor: string;
  readonly partitions: number;
}

/** The whole lines of an event file so far. */
export function eventsOf(path: string): EventLine[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as EventLine);
}

/** Who holds a warehouse, by its side file. */
export function holderOf(warehouse: string): Holder | undefined {
  const state = readSideFile(warehouse);
  state?.close();
  return state?.holder;
}
