import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { DATES, type FewDates, fewDates } from "./few-dates.ts";
import { nbaBackfill, type Outcome } from "./in-process.ts";
import { change } from "./in-warehouse.ts";

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
});
afterAll(() => world.remove());

type PlanJson = Plan & {
  readonly steps: readonly { expected_rows: number | null; estimated_milliseconds: number | null }[];
};

function planOf({ stdout }: Outcome): PlanJson {
  return JSON.parse(stdout) as PlanJson;
}

/** `processor date` of everything a plan will build, or a run has built. */
function partitionsOf(plan: Plan): string[] {
  return plan.steps.flatMap(({ processor, chunks }) =>
    chunks.flat().map(({ date }) => `${processor} ${date}`),
  );
}

async function recorded(folder: string): Promise<string[]> {
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb"), readOnly: true });
  const rows = await warehouse.read("SELECT processor, game_date FROM nba_backfill.partitions");
  await warehouse.close();
  return rows.map(({ processor, game_date }) => `${processor} ${game_date}`);
}

describe("plan --json", () => {
  test("says why each partition, where chunks begin, and that nothing tells how long it will take", async () => {
    const plan = planOf(await nbaBackfill(world.folder("cold"), ["plan", "--json", "--chunk", "month"]));
    // Nine processors, the five dates in three months: two, two and one.
    expect(plan.steps).toHaveLength(9);
    for (const step of plan.steps) {
      const chunks = step.chunks.map((chunk) => chunk.map(({ date }) => date));
      expect(chunks).toEqual([DATES.slice(0, 2), DATES.slice(2, 4), DATES.slice(4)]);
      expect(new Set(step.chunks.flat().map(({ reason }) => reason))).toEqual(new Set(["never_run"]));
      expect([step.expected_rows, step.estimated_milliseconds]).toEqual([null, null]);
    }
    const text = await nbaBackfill(world.folder("cold"), ["plan"]);
    expect(text.stdout).toMatch(/How long it takes is unknown/);
  });

  test("knows rows and time from what was recorded, and says where it is a bound", async () => {
    const folder = world.folder("done");
    await change(
      folder,
      `UPDATE nba_backfill.partitions SET duration_ms = 100, expected_rows = 30, row_count = 31
       WHERE processor = 'ml_feature_store'`,
    );
    const line = [
      "plan",
      "--force",
      "--processor",
      "ml_feature_store",
      "--dates",
      DATES.slice(0, 2).join(","),
    ];
    const plan = planOf(await nbaBackfill(folder, [...line, "--json"]));
    // One chunk of five dates in 500 ms: two dates take no longer. Each should have had 30 rows.
    expect(plan.steps).toMatchObject([
      { expected_rows: 60, estimated_milliseconds: 500, estimated_at_most: true },
    ]);
    expect((await nbaBackfill(folder, line)).stdout).toMatch(
      /At most about \d+\.\d s \(0\.5 s to compute\): chunks of earlier runs are of one size/,
    );
    // What the one run took, in which nine statements computed for so long, and this one for 500 ms.
    await change(
      folder,
      "UPDATE nba_backfill.partitions SET duration_ms = 100",
      `UPDATE nba_backfill.runs SET started_at = TIMESTAMPTZ '2026-01-01 12:00:00Z',
         finished_at = TIMESTAMPTZ '2026-01-01 12:00:09Z'`,
    );
    const whole = JSON.parse((await nbaBackfill(folder, [...line, "--json"])).stdout);
    // 9 s for 4.5 s of statements.
    expect(whole.estimated_milliseconds).toBe(1000);
    // The first in a statement of its own, in 250 ms, and four in 400: 200 + 50 for each.
    await change(
      folder,
      `UPDATE nba_backfill.partitions SET run_id = 'other', duration_ms = 250
       WHERE processor = 'ml_feature_store' AND game_date = DATE '2022-12-30'`,
    );
    const smaller = planOf(await nbaBackfill(folder, [...line, "--json"]));
    expect(smaller.steps).toMatchObject([{ estimated_milliseconds: 300, estimated_at_most: false }]);
  });

  test("is what a dry run prints, which holds no write handle: it goes while another reads", async () => {
    const folder = world.folder("cold");
    const path = join(folder, "nba-backfill.duckdb");
    const planned = await nbaBackfill(folder, ["plan", "--json", "--limit", "2"]);
    const bytes = readFileSync(path);
    const reader = await DuckDbWarehouse.open({ path, readOnly: true });
    const dry = await nbaBackfill(folder, ["run", "--dry-run", "--json", "--limit", "2"]);
    await reader.close();
    expect(dry).toMatchObject({ code: 0, stdout: planned.stdout });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test("--no-resume plans what is done as well", async () => {
    const folder = world.folder("done");
    const line = ["run", "--dry-run", "--json"];
    expect(planOf(await nbaBackfill(folder, line)).partitions).toBe(0);
    const again = planOf(await nbaBackfill(folder, [...line, "--no-resume"]));
    // 9 processors x 5 dates
    expect(again.partitions).toBe(45);
    expect(again.steps[0]!.chunks[0]![0]!.reason).toBe("forced");
  });
});

const PLANNED = "team_offense_game_summary,upcoming_team_game_context";

/** A cold warehouse with a plan of two dates of two processors beside it. */
async function withPlan(...flags: readonly string[]): Promise<{ folder: string; plan: PlanJson }> {
  const folder = world.folder("cold");
  const line = ["plan", "--processor", PLANNED, "--limit", "2", "--out", "plan.json", "--json", ...flags];
  return { folder, plan: planOf(await nbaBackfill(folder, line)) };
}

const runPlan = (folder: string) => nbaBackfill(folder, ["run", "--plan", "plan.json"]);

describe("run --plan", () => {
  test.for(["run --plan plan.json", "run --plan plan.json --deep"])(
    "%s builds the partitions of the plan and no other",
    async (line) => {
      const { folder, plan } = await withPlan();
      expect(plan.partitions).toBe(4);
      expect((await nbaBackfill(folder, line.split(" "))).code).toBe(0);
      expect((await recorded(folder)).sort()).toEqual(partitionsOf(plan).sort());
    },
  );

  test("looks at the world as the plan did: into the tables, and from the same start of history", async () => {
    const { folder } = await withPlan("--deep", "--history-start", "2022-12-31");
    expect(await runPlan(folder)).toMatchObject({ code: 0 });
    expect((await recorded(folder)).filter((key) => key.startsWith("upcoming_team"))).toEqual([
      "upcoming_team_game_context 2022-12-31",
      "upcoming_team_game_context 2023-01-01",
    ]);
  });

  test.for<[what: string, change: (folder: string) => Promise<unknown>, says: RegExp]>([
    [
      "new raw data",
      async (folder) => {
        const [header, ...games] = readFileSync(join(world.raw, "schedule.csv"), "latin1")
          .trimEnd()
          .split("\n");
        const postponed = games.filter((game) => game.includes("2023-02-07")).join("\n");
        writeFileSync(
          join(folder, "s.csv"),
          `${header}\n${postponed.replaceAll(",final,", ",postponed,")}\n`,
        );
        return nbaBackfill(folder, ["ingest", "s.csv"]);
      },
      /what has changed is the schedule; what the views show of .*fixtures/,
    ],
    [
      "another run",
      (folder) => nbaBackfill(folder, ["run", "--processor", "team_offense_game_summary", "--limit", "1"]),
      /the recorded state of team_offense_game_summary/,
    ],
    [
      "another start of history",
      (folder) =>
        change(
          folder,
          "INSERT INTO nba_backfill.warehouse_info (name, value) VALUES ('history_start', '2023-01-01')",
        ),
      /the start of history \(2022-12-30, now 2023-01-01\)/,
    ],
  ])("is refused after %s, which it names; nothing is built", async ([, happen, says]) => {
    const { folder } = await withPlan();
    await happen(folder);
    const before = await recorded(folder);
    const { code, stdout, stderr } = await runPlan(folder);
    expect([code, stdout]).toEqual([4, ""]);
    expect(stderr).toMatch(/^nba-backfill: the plan no longer fits: .*\n$/);
    expect(stderr).toMatch(says);
    expect(await recorded(folder)).toEqual(before);
  });

  test("made by looking into the tables, is refused after somebody deleted rows", async () => {
    const folder = world.folder("done");
    const line = ["plan", "--deep", "--force", "--dates", "2023-02-07", "--out", "plan.json"];
    expect((await nbaBackfill(folder, line)).code).toBe(0);
    await change(folder, "DELETE FROM nba_analytics.player_game_summary WHERE game_date = DATE '2022-12-30'");
    const { code, stderr } = await runPlan(folder);
    expect([code, stderr]).toEqual([4, expect.stringMatching(/the rows of player_game_summary/)]);
  });

  test("is refused for another warehouse, and says for which it was made", async () => {
    const { folder } = await withPlan();
    const other = world.folder("done");
    copyFileSync(join(folder, "plan.json"), join(other, "plan.json"));
    const { code, stderr } = await runPlan(other);
    expect(code).toBe(4);
    expect(stderr).toContain(`made for ${join(folder, "nba-backfill.duckdb")}`);
  });

  test.for<[what: string, edit: (text: string) => string, code: number, says: RegExp]>([
    ["cut", (text) => text.slice(0, -200), 4, /plan.json was cut or changed after it was written/],
    ["edited", (text) => text.replace("2022-12-31", "2023-01-02"), 4, /was cut or changed/],
    ["of another version", (text) => text.replace('"team_offense_game_summary":"', "$&0"), 4, /was cut or/],
    ["something else", () => '{"a": 1}\n', 2, /is no plan that 'nba-backfill plan --out' wrote/],
  ])("a file that was %s", async ([, edit, expected, says]) => {
    const { folder } = await withPlan();
    const path = join(folder, "plan.json");
    writeFileSync(path, edit(readFileSync(path, "utf8")));
    const { code, stderr } = await runPlan(folder);
    expect(code).toBe(expected);
    expect(stderr).toMatch(says);
    expect(await recorded(folder)).toEqual([]);
  });
});

test.for([
  ["plan", "--dates", "2022-12-31,2023-01-05,2022-12-30"],
  ["run", "--dry-run", "--dates", "2022-12-31,2023-01-05,2022-12-30"],
  ["job", "analytics/player_game_summary", "--dry-run", "--dates", "2022-12-31,2023-01-05,2022-12-30"],
])("%s names on stderr a date that is no game date, and goes on with the others", async (line) => {
  const { code, stdout, stderr } = await nbaBackfill(world.folder("cold"), line);
  expect([code, stderr]).toEqual([0, "left out: 2023-01-05 (no game date)\n"]);
  expect(stdout).toContain("2022-12-30");
});
