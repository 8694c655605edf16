import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { PARTITION_STATES } from "../../src/coverage/coverage.ts";
import { IDLE_KINDS } from "../../src/coverage/days.ts";
import { DONE, REASONS } from "../../src/progress/partition.ts";
import type { CoverageReport } from "../../src/report/coverage-report.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { start } from "../cli/child.ts";
import { type FewDates, fewDates } from "../cli/few-dates.ts";
import { nbaBackfill } from "../cli/in-process.ts";
import { DATE, type Place, type Scenario } from "../coverage/scenario.ts";
import { SCENARIOS } from "../coverage/scenarios.ts";

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
});
afterAll(() => world.remove());

/** Why a plan builds what coverage finds in order, or failed: no state has these for a reason. */
const OF_PLANS = ["forced", "retry"];
/** A state that only another process can bring about: a test of its own. */
const OF_PROCESSES = ["running"];

test("every reason and every state has a scenario", () => {
  const scenarios = Object.values(SCENARIOS);
  const reasons = [...scenarios.map(({ reason }) => reason), ...OF_PLANS];
  expect(REASONS.filter((reason) => !reasons.includes(reason))).toEqual([]);
  const states = [...scenarios.map(({ state }) => state), ...OF_PROCESSES];
  expect(PARTITION_STATES.filter((state) => !states.includes(state))).toEqual([]);
  expect(IDLE_KINDS.filter((kind) => !DAYS.some(([expected]) => expected === kind))).toEqual([]);
});

function placeIn(folder: string): Place {
  const cli = async (line: string) => {
    const { code, stderr } = await nbaBackfill(folder, line.replace("RAW", world.raw).split(" "));
    // Provoked states leave with 1; what could not be done at all must not pass for one.
    if (code > 1) throw new Error(`${line} left with ${code}:\n${stderr}`);
  };
  return {
    cli,
    sql: async (...statements) => {
      const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
      for (const statement of statements) await warehouse.execute(statement);
      await warehouse.close();
    },
    mistaken: async (line, mistake) => {
      const stage = DuckDbWarehouse.prototype.stage;
      const spy = vi.spyOn(DuckDbWarehouse.prototype, "stage").mockImplementation(async function (
        this: DuckDbWarehouse,
        table,
        ...rest
      ) {
        const staging = await stage.call(this, table, ...rest);
        if (table.id.startsWith("nba_analytics.")) await this.execute(mistake(staging.name));
        return staging;
      });
      await cli(line);
      spy.mockRestore();
    },
  };
}

async function report(folder: string, ...args: string[]): Promise<CoverageReport> {
  return JSON.parse((await nbaBackfill(folder, ["gaps", "--json", ...args])).stdout) as CoverageReport;
}

async function explained(folder: string, processor: string, date: string, ...args: string[]) {
  const { stdout } = await nbaBackfill(folder, ["explain", processor, date, "--json", ...args]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe("a partition", () => {
  test.each(Object.entries(SCENARIOS))("%s", async (_, scenario) => {
    const { processor, date = DATE, state, reason, detail, why, command } = scenario;
    const folder = world.folder("done");
    await scenario.provoke(placeIn(folder));
    const { partitions, gaps } = await report(folder);
    const found = partitions.find((of) => of.processor === processor && of.game_date === date)!;
    expect(found).toMatchObject({ state, reason });
    if (detail === null) expect(found.reason_detail).toBeNull();
    else expect(found.reason_detail).toMatchObject(detail as object);

    const told = await explained(folder, processor, date);
    expect(told.sentence).toMatch(why);
    expect(told.command).toBe(command);
    const gap = gaps.find((of) => of.processor === processor && of.first <= date && of.last >= date);
    expect(gap?.command ?? null).toBe(command);
    if (command === null) return;
    expect(gap!.why).toMatch(why);
    for (const line of command.split(" && ")) {
      const words = line.replace("nba-backfill ", "").replace("PATH", join(world.raw, scenario.path ?? "-"));
      const { code, stderr } = await nbaBackfill(folder, words.split(" "));
      expect(code, stderr).toBe(0);
    }
    const after = await report(folder);
    const closed = after.partitions.find((of) => of.processor === processor && of.game_date === date)!;
    expect(DONE, JSON.stringify(closed)).toContain(closed.state);
  });
});

/** Dates without a partition: how they come about, the options they are looked at with, and what is said of them. */
const DAYS: readonly (readonly [string, string, readonly string[], readonly string[], RegExp])[] = [
  [
    "off_day",
    "2023-01-03",
    [],
    [],
    /^an off day: .*2023-01-02 is the game date before, 2023-02-07 the one after$/,
  ],
  [
    "exhibition",
    "2023-01-03",
    [
      `INSERT INTO nba_raw.schedule SELECT * REPLACE ('0012200001' AS game_id, 'preseason' AS season_type, DATE '2023-01-03' AS game_date)
       FROM nba_raw.schedule LIMIT 1`,
    ],
    [],
    /^exhibition games alone/,
  ],
  ["warm_up", "2022-12-30", [], ["--history-start", "2022-12-31"], /^all expected rows are there$/],
  [
    "before_history",
    "2023-01-03",
    [],
    ["--history-start", "2023-02-07"],
    /^before history, which starts on 2023-02-07/,
  ],
  ["future", "2023-02-07", [], ["--now", "2023-01-15T12:00:00Z"], /^in the future .*6 games scheduled$/],
  [
    "future",
    "2023-02-08",
    [],
    ["--now", "2023-01-15T12:00:00Z"],
    /^in the future .* the schedule has no game/,
  ],
  [
    "unscheduled",
    "2023-02-07",
    ["DELETE FROM nba_raw.schedule WHERE game_date = DATE '2023-02-07'"],
    [],
    /^unscheduled: the schedule lacks (\d{10}, ){4}\d{10} and 1 more game of nba_raw.player_boxscores, nba_raw.shots, nba_raw.team_boxscores;/,
  ],
  ["no_schedule", "2023-02-07", ["DELETE FROM nba_raw.schedule"], [], /^the schedule has no official game/],
];

describe("a date", () => {
  test.each(DAYS)("%s %s", async (kind, date, statements, options, sentence) => {
    const folder = world.folder("done");
    await placeIn(folder).sql(...statements);
    expect(await explained(folder, "team_offense_game_summary", date, ...options)).toMatchObject({
      game_date: date,
      kind,
      sentence: expect.stringMatching(sentence),
      command: null,
    });
    const { partitions, idle_days, unscheduled, scheduled_dates } = await report(folder, ...options);
    expect(partitions.filter((of) => of.game_date === date)).toEqual([]);
    const isIdle = (IDLE_KINDS as readonly string[]).includes(kind) && date < "2023-02-08";
    expect(idle_days.filter((of) => of.game_date === date)).toEqual(
      isIdle ? [{ game_date: date, kind }] : [],
    );
    // Six games in three raw tables.
    const raw = { unscheduled: 6 * 3, no_schedule: 6 * 3 }[kind] ?? 0;
    expect(unscheduled!.filter((of) => of.game_date === date)).toHaveLength(raw);
    expect(scheduled_dates).toBe({ unscheduled: 4, no_schedule: 0 }[kind] ?? 5);
  });

  test("with no schedule at all, gaps and coverage say so and count the dates that raw games have", async () => {
    const folder = world.folder("done");
    await placeIn(folder).sql("DELETE FROM nba_raw.schedule");
    for (const command of ["gaps", "coverage"]) {
      const { code, stdout } = await nbaBackfill(folder, [command]);
      expect(code).toBe(0);
      expect(stdout).toContain(
        "nothing is expected; raw tables hold games on 5 dates, 2022-12-30 .. 2023-02-07",
      );
      expect(stdout).not.toContain("No gaps");
    }
  });
});

test("running: what another process has selected and not got to", async () => {
  const folder = world.folder("cold");
  const child = start(folder, ["run", "--chunk", "day", "--dates", `2022-12-30,${DATE}`]);
  await child.says("player_game_summary 2022-12-30");
  const found = await report(folder);
  const told = await explained(folder, "ml_feature_store", DATE);
  child.process.kill("SIGINT");
  await child.ended();
  const state = (processor: string, date: string) =>
    found.partitions.find((of) => of.processor === processor && of.game_date === date)!;
  expect(state("ml_feature_store", DATE)).toMatchObject({
    state: "running",
    reason: null,
    reason_detail: { run_id: expect.stringMatching(/^\d{8}T\d{6}-/) },
  });
  expect(state("ml_feature_store", "2022-12-31")).toMatchObject({ state: "missing", reason: "never_run" });
  expect(told).toMatchObject({ partition: { state: "running" }, not_read: { actual: expect.any(String) } });
  expect(told.sentence).toMatch(/^run \d{8}T\d{6}-\S+ is at work on it$/);
  const gap = found.gaps.find((of) => of.processor === "ml_feature_store" && of.last === DATE)!;
  expect(gap.command).toMatch(/^nba-backfill runs show \d{8}T\d{6}-/);
  const { stdout } = await nbaBackfill(folder, gap.command.split(" ").slice(1));
  expect(stdout).toContain(gap.command.split(" ").at(-1));
});

test("forced and retry: why a plan builds again what is done, or failed", async () => {
  const reasonOf = async (folder: string, ...args: string[]) => {
    const { stdout } = await nbaBackfill(folder, ["plan", "--json", ...args]);
    const { steps } = JSON.parse(stdout) as {
      steps: { processor: string; chunks: { reason: string }[][] }[];
    };
    return steps
      .find((step) => step.processor === "team_offense_game_summary")
      ?.chunks.flat()
      .at(0)?.reason;
  };
  const folder = world.folder("done");
  expect(await reasonOf(folder)).toBeUndefined();
  expect(await reasonOf(folder, "--force")).toBe("forced");
  const failed: Scenario = SCENARIOS["a row that breaks a contract"]!;
  await failed.provoke(placeIn(folder));
  expect(await reasonOf(folder)).toBe("retry");
});
