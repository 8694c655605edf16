import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** A command to time, each time in a process of its own. */
export interface Timed {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** A bare DuckDB that opens a warehouse and counts its partitions: what any command costs at least. */
export function bareDuckDb(warehouse: string): Timed {
  const script = `
const { DuckDBInstance } = require("${root}node_modules/@duckdb/node-api");
(async () => {
  const instance = await DuckDBInstance.create(${JSON.stringify(warehouse)}, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const counted = await connection.runAndReadAll("SELECT COUNT(*) FROM nba_backfill.partitions");
  process.stdout.write(String(counted.getRows()[0][0]));
  connection.closeSync();
  instance.closeSync();
})();`;
  return { name: "bare open and count", program: process.execPath, args: ["-e", script] };
}

/** A command line of ours. */
export function ours(name: string, ...args: readonly string[]): Timed {
  return { name, program: join(root, "bin", "nba-backfill"), args };
}

/** Times the commands in turn, round by round, and prints the medians, in seconds and as multiples of the first. */
export function compare(measured: readonly Timed[], rounds: number): void {
  const taken = Array.from({ length: rounds + 1 }, () => measured.map(seconds)).slice(1); // The first round warms the file and Node's compile cache.
  process.stdout.write(`machine  ${cpus().length} x ${cpus()[0]?.model}; median of ${taken.length}\n`);
  const width = Math.max(...measured.map(({ name }) => name.length)) + 2;
  measured.forEach(({ name }, index) => {
    const middle = median(taken.map((round) => round[index]!));
    const multiple = median(taken.map((round) => round[index]! / round[0]!));
    const beside = index > 0 ? `  ${multiple.toFixed(1)} x bare` : "";
    process.stdout.write(`${name.padEnd(width)}${middle.toFixed(3)} s${beside}\n`);
  });
}

function seconds({ program, args }: Timed): number {
  const began = performance.now();
  execFileSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  return (performance.now() - began) / 1000;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
