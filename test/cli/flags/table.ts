import { BUILDING } from "./building.ts";
import type { Flags } from "./flag.ts";
import { JUDGING } from "./judging.ts";
import { LOADING } from "./loading.ts";
import { READING } from "./reading.ts";

/** The flags of every command by the words that call it; test/slow/flags.test.ts observes each. */
export const FLAGS: Readonly<Record<string, Flags>> = {
  ...READING,
  ...JUDGING,
  ...BUILDING,
  ingest: LOADING,
};

const EXIT_CODES = "test/cli/exit-codes.test.ts";
const DEMO_FLAGS = "test/slow/demo-flags.test.ts";

/** The tests of the others: a run under way, an end that never comes, a minute of demo. */
export const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cancel: { warehouse: EXIT_CODES, json: EXIT_CODES },
  demo: {
    seed: DEMO_FLAGS,
    direct: DEMO_FLAGS,
    threads: DEMO_FLAGS,
    memory: DEMO_FLAGS,
    now: DEMO_FLAGS,
    json: DEMO_FLAGS,
    warehouse: "test/slow/demo.test.ts",
    stopAtGaps: "test/slow/owners-report.test.ts",
  },
  monitor: { watch: "test/cli/exit-code-rows.ts" },
};
