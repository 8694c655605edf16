/**
 * What the commands that are typed most cost: a run with nothing to do, `status`, `coverage`; beside them a bare
 * DuckDB that opens the same file and counts the same partitions.
 *
 *   bin/with-node bench/commands.ts WAREHOUSE [--rounds N] [--now TIME]
 *
 * WAREHOUSE is copied; its partitions should be done (from `demo`).
 */
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bareDuckDb, compare, ours } from "./processes.ts";

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

const folder = mkdtempSync(join(tmpdir(), "nba-backfill-commands-"));
const warehouse = join(folder, "warehouse.duckdb");
const here = ["--warehouse", warehouse, "--now", values.now];

try {
  copyFileSync(source, warehouse);
  compare(
    [
      bareDuckDb(warehouse),
      ours("run, nothing to do", "run", ...here),
      ours("status", "status", ...here),
      ours("coverage", "coverage", ...here),
    ],
    Number(values.rounds),
  );
} finally {
  rmSync(folder, { recursive: true });
}
