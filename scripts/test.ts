// What a contributor needs to trust a change, cheapest first; it ends at the first thing that fails and says which.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

interface Step {
  readonly name: string;
  /** A script below node_modules and its arguments, run by this same Node. */
  readonly run: readonly [string, ...string[]];
  readonly help: string;
}

const counts = process.env.NBA_BACKFILL_COUNTS;

const STEPS: readonly Step[] = [
  { name: "type check", run: ["typescript/bin/tsc", "--noEmit"], help: "mend the types" },
  {
    name: "lint",
    run: ["@biomejs/biome/bin/biome", "check"],
    help: "npx biome check --write mends most of it",
  },
  {
    name: "import ladder",
    run: [
      "dependency-cruiser/bin/dependency-cruise.mjs",
      "src",
      "bench",
      "scripts",
      "test",
      "--output-type",
      "err-long",
    ],
    help: "each rule says where the code belongs",
  },
  { name: "dead code", run: ["knip/bin/knip.js"], help: "delete it, or use it" },
  {
    name: "tests",
    run: [
      "vitest/vitest.mjs",
      "run",
      ...process.argv.slice(2),
      // .ci/run adds up the runner's own counts.
      ...(counts ? ["--reporter=default", "--reporter=json", `--outputFile.json=${counts}`] : []),
    ],
    help: "the failures are named above",
  },
];

const root = fileURLToPath(new URL("../", import.meta.url));
const done: string[] = [];
for (const { name, run, help } of STEPS) {
  const [script, ...args] = run;
  console.log(`\n${name}: ${script.split("/").at(-1)} ${args.join(" ")}`);
  const { status, signal } = spawnSync(process.execPath, [`${root}node_modules/${script}`, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.log(
      `\nnpm test FAILED at: ${name} (${help}).${done.length ? ` Passed before it: ${done.join(", ")}.` : ""}`,
    );
    process.exit(signal ? 130 : 1);
  }
  done.push(name);
}
console.log(`\nnpm test passed: ${done.join(", ")}.`);
