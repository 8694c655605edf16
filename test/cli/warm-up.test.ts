import { afterAll, beforeAll, expect, test } from "vitest";
import type { CoverageReport } from "../../src/report/coverage-report.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";
import { change } from "./in-warehouse.ts";

/** History from here on: 2022-12-30 and 12-31 are warm-up, and the windows of all that follows reach them. */
const START = "2023-01-01";
const env = { NBA_BACKFILL_HISTORY_START: START };

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
}, MAKING_MS);
afterAll(() => world.remove());

const cli = (folder: string, line: string) => nbaBackfill(folder, line.split(" "), env);

async function gaps(folder: string, more = ""): Promise<CoverageReport> {
  return JSON.parse((await cli(folder, `gaps --json${more}`)).stdout) as CoverageReport;
}

const forget = (processor: string, date: string) => [
  `DELETE FROM nba_analytics.${processor} WHERE game_date = DATE '${date}'`,
  `DELETE FROM nba_backfill.partitions WHERE processor = '${processor}' AND game_date = DATE '${date}'`,
];

/** What becomes of the summary of a warm-up date, and the state it is told with. */
const DAMAGE: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "lost",
    "deleted",
    ["DELETE FROM nba_analytics.team_offense_game_summary WHERE game_date = DATE '2022-12-31'"],
  ],
  [
    "lost",
    "edited",
    ["UPDATE nba_analytics.team_offense_game_summary SET pts = pts + 1 WHERE game_date = DATE '2022-12-31'"],
  ],
  [
    "stale",
    "read from a box score that was corrected",
    ["UPDATE nba_raw.team_boxscores SET stl = stl + 1 WHERE game_date = DATE '2022-12-31'"],
  ],
  ["missing", "never made", forget("team_offense_game_summary", "2022-12-31")],
];

test.each(DAMAGE)(
  "a warm-up summary %s (%s) is listed apart, and its command closes it",
  async (state, _, statements) => {
    const folder = world.folder("done");
    await change(folder, ...statements);
    const { warm_up } = await gaps(folder);
    // Three summaries of each of the two dates.
    expect(warm_up).toMatchObject({ before: START, partitions: 6 });
    const gap = warm_up.gaps.find(({ processor }) => processor === "team_offense_game_summary")!;
    expect(gap).toMatchObject({ state, first: "2022-12-31", last: "2022-12-31", partitions: 1 });
    const { code, stdout } = await cli(folder, gap.command.replace("nba-backfill ", ""));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Run \S+: 1 of 1 planned partition built .* \(1 planned as warm-up before history\)/,
    );
    expect((await gaps(folder)).warm_up.gaps.map(({ processor }) => processor)).not.toContain(
      "team_offense_game_summary",
    );
  },
);

test.each(DAMAGE)(
  "what reads a warm-up summary %s (%s) is closed by the command of its own gap",
  async (state, _, statements) => {
    const folder = world.folder("done");
    await change(folder, ...statements);
    const readers = (await gaps(folder)).gaps;
    const gap = readers.find(({ processor }) => processor === "ml_feature_store");
    if (state === "missing") {
      // What is missing is a hole that the windows name; nothing of history waits for it.
      expect(readers).toEqual([]);
      return;
    }
    expect(gap).toMatchObject({ state: "stale", reason: "upstream_stale", first: START, last: "2023-02-07" });
    expect(gap!.command).toContain("--start-date 2022-12-31 --end-date 2023-02-07");
    expect((await cli(folder, gap!.command.replace("nba-backfill ", ""))).code).toBe(0);
    const after = await gaps(folder);
    expect([after.gaps, after.warm_up.gaps]).toEqual([[], []]);
  },
);

test("the text of gaps and coverage tells warm-up apart, counts it nowhere, and --fail-on-gaps sees it", async () => {
  const folder = world.folder("done");
  await change(folder, ...forget("team_offense_game_summary", "2022-12-31"));
  const told = await cli(folder, "gaps --fail-on-gaps");
  expect(told.code).toBe(1);
  expect(told.stdout).toContain(`Warm-up before ${START}, in no count; windows read it:

team_offense_game_summary 2022-12-31: missing
  never run
  nba-backfill run --processor team_offense_game_summary --dates 2022-12-31
`);
  expect(told.stdout).not.toContain("No gaps");
  const counts = (await cli(folder, "coverage")).stdout;
  // Five tables look back on the offense of teams, or read of their date what does: three dates each with a hole.
  expect(counts).toContain("3 game dates: 12 complete, 15 complete with exceptions");
  expect(counts).toContain(
    `Warm-up, in no count: 1 of 6 summaries before ${START} that windows read, not done`,
  );
  expect(JSON.parse((await cli(folder, "status --json")).stdout)).toMatchObject({
    game_dates: 3,
    by_state: { complete: 12, complete_with_exceptions: 15 },
  });
  // No window of the player zones reaches a team's summary.
  expect((await cli(folder, "gaps --fail-on-gaps --processor player_shot_zone_analysis")).code).toBe(0);
  expect((await gaps(folder, " --dates 2022-12-30")).warm_up).toMatchObject({ partitions: 3, gaps: [] });
});

test("explain gives the same command for a warm-up summary", async () => {
  const folder = world.folder("done");
  await change(folder, ...forget("team_offense_game_summary", "2022-12-31"));
  const told = await cli(folder, "explain team_offense_game_summary 2022-12-31 --json");
  expect(JSON.parse(told.stdout)).toMatchObject({
    kind: "warm_up",
    command: "nba-backfill run --processor team_offense_game_summary --dates 2022-12-31",
  });
  const none = await cli(folder, "explain ml_feature_store 2022-12-31 --json");
  expect(JSON.parse(none.stdout)).toMatchObject({ kind: "warm_up", command: null });
});

test("a plan that names a warm-up date does not say that it is left out", async () => {
  const folder = world.folder("done");
  await change(folder, ...forget("team_offense_game_summary", "2022-12-31"));
  const { code, stdout, stderr } = await cli(folder, "plan --dates 2022-12-31");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^1 partition to build, 1 of them warm-up before history/);
});
