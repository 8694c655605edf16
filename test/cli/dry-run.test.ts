import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OptionName } from "../../src/cli/options.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { type FeedServer, feedServer, savedFeed } from "./feed.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";
import { optionsOf, registeredCommands } from "./registered.ts";

let world: FewDates;
let feed: FeedServer;

beforeAll(async () => {
  world = await fewDates();
  feed = await feedServer();
}, MAKING_MS);
afterAll(async () => {
  await feed.close();
  world.remove();
});

/** What stands before the options of each command that can be a dry run; without --dry-run each of them writes. */
const LINES: Readonly<Record<string, () => readonly string[]>> = {
  adopt: () => ["adopt"],
  ingest: () => ["ingest", `${world.raw}/schedule.csv`],
  job: () => ["job", "analytics/player_game_summary"],
  phase: () => ["phase", "4", "--year", "2022"],
  run: () => ["run"],
};

/** Values of the options that take one; a flag is its own. */
const VALUES: Partial<Record<OptionName, () => string>> = {
  warehouse: () => "nba-backfill.duckdb",
  now: () => "2023-03-01T12:00:00Z",
  historyStart: () => "2022-12-31",
  startDate: () => "2022-12-30",
  endDate: () => "2023-02-07",
  dates: () => "2022-12-31,2023-01-01",
  year: () => "2023",
  season: () => "2022-23",
  phase: () => "4",
  processor: () => "ml_feature_store",
  limit: () => "2",
  chunk: () => "day",
  plan: () => "plan.json",
  events: () => "events.jsonl",
  threads: () => "1",
  memory: () => "1GB",
  mapping: () => "own-schedule",
  lineLeadMinutes: () => "10",
  baseUrl: () => feed.url,
  cache: () => "cache",
  from: () => "feed",
};

/** The lines of `ingest` for the options that go with the feed alone. */
const FEED_LINES: Partial<Record<OptionName, () => readonly string[]>> = {
  from: () => ["ingest", "nba-cdn"],
  startDate: () => ["ingest", "nba-cdn", "--from", "feed"],
  endDate: () => ["ingest", "nba-cdn", "--from", "feed"],
  all: () => ["ingest", "nba-cdn", "--from", "feed"],
  baseUrl: () => ["ingest", "nba-cdn", "--start-date", "2023-02-08"],
  cache: () => ["ingest", "nba-cdn", "--base-url", feed.url, "--start-date", "2023-02-08"],
};

const dryRuns = [...(await registeredCommands())].filter(([, command]) =>
  optionsOf(command).includes("dryRun"),
);
const pairs = dryRuns.flatMap(([name, command]) =>
  command.options.map((option) => ({
    name,
    option: option.attributeName() as OptionName,
    flag: option.long!,
    takes: option.required,
  })),
);

test("every command with a dry run has a line, and every option that takes a value one", () => {
  expect(dryRuns.map(([name]) => name)).toEqual(Object.keys(LINES));
  expect(pairs.filter(({ option, takes }) => takes && !(option in VALUES))).toEqual([]);
});

describe("a dry run leaves the warehouse and its side file as they are", () => {
  let folder: string;
  let before: Map<string, string>;

  beforeAll(async () => {
    folder = await prepared();
    savedFeed(join(folder, "feed"));
    await succeed(["plan", "--out", "plan.json"]);
    before = filesOf(folder);
    expect([...before.keys()]).toContain("nba-backfill.duckdb.state.sqlite");
  });

  async function succeed(args: readonly string[]): Promise<void> {
    const { code, stderr } = await nbaBackfill(folder, args);
    expect(code, stderr).toBe(0);
  }

  test.each(pairs.map((pair) => [`${pair.name} --dry-run ${pair.flag}`, pair] as const))(
    "%s",
    async (_, pair) => {
      const { name, option, flag, takes } = pair;
      const line = (name === "ingest" ? FEED_LINES[option] : undefined) ?? LINES[name]!;
      await succeed([...line(), "--dry-run", flag, ...(takes ? [VALUES[option]!()] : [])]);
      expect(filesOf(folder)).toEqual(before);
    },
  );
});

describe("the owner's launchers", () => {
  let folder: string;
  beforeAll(() => {
    folder = world.folder("cold");
  });
  const launched = (script: string, ...args: string[]) =>
    spawnSync(join(import.meta.dirname, "../../bin", script), args, { cwd: folder, encoding: "utf8" }).stdout;
  const planned = (stdout: string) => {
    const { steps, partitions } = JSON.parse(stdout) as {
      steps: { processor: string }[];
      partitions: number;
    };
    return [partitions, steps.map(({ processor }) => processor)];
  };

  test("run_backfill.sh --list names nine jobs, and each is its processor on all five dates", async () => {
    const jobs = launched("run_backfill.sh", "--list").trimEnd().split("\n");
    expect(jobs.map((job) => job.split("/")[1])).toEqual(PROCESSORS.map(({ name }) => name));
    for (const job of jobs) {
      const { stdout } = await nbaBackfill(folder, ["job", job, "--dry-run", "--json"]);
      expect(planned(stdout)).toEqual([5, [job.split("/")[1]]]);
    }
    const [first] = jobs as [string];
    expect(planned(launched("run_backfill.sh", first, "--dry-run", "--limit", "2", "--json"))[0]).toBe(2);
  });

  test("run_year_phase3.sh and run_year_phase4.sh plan their processors on the two dates of 2022", () => {
    const names = (phase: 3 | 4) => PROCESSORS.filter((one) => one.phase === phase).map(({ name }) => name);
    for (const phase of [3, 4] as const) {
      const stdout = launched(`backfill/run_year_phase${phase}.sh`, "--year", "2022", "--dry-run", "--json");
      expect(planned(stdout)).toEqual([2 * names(phase).length, names(phase)]);
    }
  });

  test("monitor_backfill_progress.sh --year counts that year alone", () => {
    expect(launched("backfill/monitor_backfill_progress.sh", "--year", "2022")).toMatch(
      /^0 of 2 game dates complete/,
    );
  });
});

test.each(Object.entries(LINES))("the same line of %s without --dry-run writes", async (_, line) => {
  const folder = await prepared();
  const before = filesOf(folder);
  // Other rows than those that are there.
  await nbaBackfill(
    folder,
    line().map((word) => word.replace(/schedule.csv$/, "injury_reports.csv")),
  );
  expect(filesOf(folder)).not.toEqual(before);
});

/** Something done, something done by nobody we know, something left, and the side file that a run leaves. */
async function prepared(): Promise<string> {
  const folder = world.folder("cold");
  const { code, stderr } = await nbaBackfill(folder, ["job", "analytics/team_offense_game_summary"]);
  expect(code, stderr).toBe(0);
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  await warehouse.execute("DELETE FROM nba_backfill.partitions WHERE game_date = DATE '2023-02-07'");
  await warehouse.close();
  return folder;
}

/** The files of a folder, those of the feed's cache apart, by name and content. */
function filesOf(folder: string): Map<string, string> {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.map(({ name }) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
    ]),
  );
}
