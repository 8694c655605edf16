/**
 * What the commands that are typed most cost: a run with nothing to do, `status`, `coverage`; beside them a bare
 * DuckDB that opens the same file and counts the same partitions.
 *
 *   bin/with-node bench/commands.ts WAREHOUSE [--rounds N] [--now TIME]
 *
 * WAREHOUSE is copied; its partitions should be done (from `demo`).
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    now: { type: "string", default: new Date().toISOString() },
  },
});
const source = positionals[0];
if (!source) {
  process.stderr.write("bench/commands: name a warehouse\n");
  process.exit(2);
}

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "nba-backfill-commands-"));
const warehouse = join(folder, "warehouse.duckdb");

const bare = `
const { DuckDBInstance } = require("${root}node_modules/@duckdb/node-api");
(async () => {
  const instance = await DuckDBInstance.create(${JSON.stringify(warehouse)}, { access_mode: "READ_ONLY" });
  const connection = await instance.connect();
  const counted = await connection.runAndReadAll("SELECT COUNT(*) FROM nba_backfill.partitions");
  process.stdout.write(String(counted.getRows()[0][0]));
  connection.closeSync();
  instance.closeSync();
})();`;

const launcher = join(root, "bin", "nba-backfill");
const here = ["--warehouse", warehouse, "--now", values.now];
const measured: readonly (readonly [string, string, readonly string[]])[] = [
  ["bare open and count", process.execPath, ["-e", bare]],
  ["run, nothing to do", launcher, ["run", ...here]],
  ["status", launcher, ["status", ...here]],
  ["coverage", launcher, ["coverage", ...here]],
];

function seconds(command: string, args: readonly string[]): number {
  const began = performance.now();
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
  return (performance.now() - began) / 1000;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

try {
  copyFileSync(source, warehouse);
  const rounds = Array.from({ length: Number(values.rounds) + 1 }, () =>
    measured.map(([, command, args]) => seconds(command, args)),
  ).slice(1); // The first round warms the file and Node's compile cache.
  process.stdout.write(`machine  ${cpus().length} x ${cpus()[0]?.model}; median of ${rounds.length}\n`);
  measured.forEach(([name], index) => {
    const taken = median(rounds.map((round) => round[index]!));
    const multiple = median(rounds.map((round) => round[index]! / round[0]!));
    process.stdout.write(
      `${name.padEnd(22)}${taken.toFixed(3)} s${index > 0 ? `  ${multiple.toFixed(1)} x bare` : ""}\n`,
    );
  });
} finally {
  rmSync(folder, { recursive: true });
}
