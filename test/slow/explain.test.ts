import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Story } from "../../src/coverage/story.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { type FewDates, fewDates } from "../cli/few-dates.ts";
import { nbaBackfill } from "../cli/in-process.ts";

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
});
afterAll(() => world.remove());

type Told = Omit<Story, "coverage"> & {
  readonly partition: { readonly state: string };
  readonly recording: { readonly run_id: string; readonly attempt: number } | null;
  readonly runs: readonly { readonly run_id: string }[];
};

async function explain(folder: string, processor: string, date: string): Promise<Told> {
  const { code, stdout } = await nbaBackfill(folder, ["explain", processor, date, "--json"]);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Told;
}

test("inputs with their windows, versions, runs, and what reads it; nothing is written", async () => {
  const folder = world.folder("done");
  const bytes = readFileSync(join(folder, "nba-backfill.duckdb"));
  const told = await explain(folder, "upcoming_team_game_context", "2023-01-01");
  // Two dates before it; 2022-12-30 is the schedule's first, so there is no season before.
  expect(told.inputs.find(({ view }) => view === "team_offense")).toMatchObject({
    tables: ["nba_analytics.team_offense_game_summary"],
    producer: "team_offense_game_summary",
    window: "two_seasons",
    first: "2022-12-30",
    last: "2022-12-31",
    source_dates: 2,
    changed: false,
  });
  expect(told.inputs.find(({ view }) => view === "fixtures")).toMatchObject({
    producer: null,
    window: "date",
    first: "2023-01-01",
    last: "2023-01-01",
    source_dates: 1,
  });
  for (const { recorded, now } of [told.input_hash, told.processor_version, told.engine]) {
    expect(recorded).toBe(now);
  }
  expect(told.recording).toMatchObject({ attempt: 1, row_count: expect.any(Number) });
  expect(told.runs.map(({ run_id }) => run_id)).toEqual([told.recording!.run_id]);
  expect(readFileSync(join(folder, "nba-backfill.duckdb")).equals(bytes)).toBe(true);

  // A summary of 2022-12-31 is in the windows of the three dates after it.
  const summary = await explain(folder, "team_offense_game_summary", "2022-12-31");
  expect(summary.dependants.find((of) => of.processor === "upcoming_team_game_context")).toEqual({
    processor: "upcoming_team_game_context",
    window: "two_seasons",
    first: "2023-01-01",
    last: "2023-02-07",
    partitions: 3,
  });
  // The last of the chain is read by none.
  const last = await explain(folder, "ml_feature_store", "2023-02-07");
  expect([last.dependants, last.dependants_in_all]).toEqual([[], 0]);
  // Of its own date alone: the feature store.
  const factors = await explain(folder, "player_composite_factors", "2023-01-02");
  expect(factors.dependants.map((of) => [of.processor, of.window, of.partitions])).toEqual([
    ["ml_feature_store", "date", 1],
  ]);
  expect(factors.dependants_in_all).toBe(1);
});

test("which input changed, on which date and when; a later run that selected it", async () => {
  const folder = world.folder("done");
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  await warehouse.execute(
    "UPDATE nba_raw.team_boxscores SET stl = stl + 1 WHERE game_date = DATE '2022-12-31'",
  );
  await warehouse.close();
  const stale = await explain(folder, "team_offense_game_summary", "2022-12-31");
  expect(stale.partition.state).toBe("stale");
  expect(stale.inputs.filter(({ changed }) => changed)).toMatchObject([
    { view: "team_boxes", changed_dates: ["2022-12-31"], changed_at: null },
  ]);
  expect(stale.input_hash.recorded).not.toBe(stale.input_hash.now);

  await nbaBackfill(folder, ["run", "--phase", "3", "--deep", "--now", "2026-12-01T12:00:00Z"]);
  const other = await explain(folder, "upcoming_team_game_context", "2023-01-01");
  const { inputs } = other;
  expect(inputs.every(({ changed }) => changed === false)).toBe(true);
  // 2022-12-30 was selected by the second run and left as the first had written it.
  const untouched = await explain(folder, "team_offense_game_summary", "2022-12-30");
  expect(untouched.runs).toHaveLength(2);
  expect(untouched.recording!.run_id).toBe(untouched.runs[1]!.run_id);
  const { stdout } = await nbaBackfill(folder, ["explain", "team_offense_game_summary", "2022-12-30"]);
  expect(stdout).toContain(`selected since, and not written, by ${untouched.runs[0]!.run_id}`);
});

test("as text, a date by itself is one line", async () => {
  const folder = world.folder("done");
  const { stdout } = await nbaBackfill(folder, ["explain", "ml_feature_store", "2023-01-15"]);
  expect(stdout).toBe(
    "ml_feature_store 2023-01-15: an off day: the schedule has no game; 2023-01-02 is the game date before, 2023-02-07 the one after\n",
  );
});

test("options: what is believed, from where history counts, what is now, and where", async () => {
  const folder = world.folder("done");
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  await warehouse.execute("DELETE FROM nba_precompute.ml_feature_store WHERE game_date = DATE '2023-01-01'");
  await warehouse.close();
  const told = async (...args: string[]) => {
    const words = ["explain", "ml_feature_store", "2023-01-01", ...args];
    const { code, stdout } = await nbaBackfill(folder, words);
    return code === 0 ? stdout.split("\n").slice(0, 3).join(" ") : code;
  };
  expect(await told()).toMatch(
    /: lost +rows were deleted behind our back: \d+ committed, 0 found +nba-backfill run/,
  );
  expect(await told("--shallow")).toMatch(/: complete/);
  expect(await told("--history-start", "2023-01-02")).toMatch(/warm-up before 2023-01-02/);
  expect(await told("--now", "2022-12-31T12:00:00Z")).toMatch(/in the future \(2022-12-31 is the last date/);
  expect(await told("--warehouse", "elsewhere.duckdb")).toBe(3);
});
