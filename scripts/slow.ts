// The slower suites of .ci/run: real data, the whole demo, real weeks judged by the reference implementation.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const counts = process.env.NBA_BACKFILL_COUNTS;
const { status } = spawnSync(
  process.execPath,
  [
    `${root}node_modules/vitest/vitest.mjs`,
    "run",
    "--config",
    "vitest.slow.config.ts",
    ...process.argv.slice(2),
    ...(counts ? ["--reporter=default", "--reporter=json", `--outputFile.json=${counts}`] : []),
  ],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
