import { afterAll, beforeAll, expect, test } from "vitest";
import type { CoverageReport } from "../../src/report/coverage-report.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";
import { change, readRows } from "./in-warehouse.ts";

/** The last of the few dates; a box score of this earlier one is corrected. */
const [LAST, CORRECTED] = ["2023-02-07", "2022-12-31"];
const correction = `UPDATE nba_raw.team_boxscores SET stl = stl + 1 WHERE game_date = DATE '${CORRECTED}'`;
const offense = "nba_analytics.team_offense_game_summary";

/** What looks back on summaries of teams and players, or reads of its date what does. */
const LOOK_BACK = [
  "upcoming_team_game_context",
  "upcoming_player_game_context",
  "team_defense_zone_analysis",
  "player_shot_zone_analysis",
  "player_composite_factors",
  "ml_feature_store",
];

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
}, MAKING_MS);
afterAll(() => world.remove());

const cli = (folder: string, line: string) => nbaBackfill(folder, line.split(" "));

test("what is stale because of a date that is not selected is told and keeps the exit code at 1, until all is built", async () => {
  const folder = world.folder("done");
  await change(folder, correction);
  for (const command of ["run --deep", "plan --deep"]) {
    const { stdout, code } = await cli(folder, `${command} --dates ${LAST}`);
    expect(stdout).toMatch(/^Nothing to do\./);
    expect(stdout).toContain("6 selected partitions stay stale: what they read is to be built again");
    expect(code).toBe(command === "run --deep" ? 1 : 0);
  }
  const { stdout } = await cli(folder, `run --deep --dates ${LAST} --json`);
  const held = LOOK_BACK.map((processor) => ({ processor, game_date: LAST, status: "stale" }));
  expect(JSON.parse(stdout).heldBack).toEqual(held);
  expect((await cli(folder, "run --deep")).code).toBe(0);
  expect(await cli(folder, `run --dates ${LAST}`)).toMatchObject({ code: 0 });
});

test("what is built on such a date is stale all the same, and the run says so", async () => {
  const folder = world.folder("done");
  await change(folder, correction);
  await change(
    folder,
    `DELETE FROM nba_analytics.upcoming_team_game_context WHERE game_date = DATE '${LAST}'`,
  );
  const { stdout, code } = await cli(folder, `run --dates ${LAST} --json`);
  expect(code).toBe(1);
  const { heldBack, done } = JSON.parse(stdout);
  expect(done).toBe(1);
  expect(heldBack.map((of: { processor: string }) => of.processor).toSorted()).toEqual(LOOK_BACK.toSorted());
});

test("a selected partition whose stale input of the same date is not selected is blocked", async () => {
  const folder = world.folder("done");
  await change(folder, correction);
  const line = `run --deep --processor ml_feature_store --dates ${LAST} --force --json`;
  const { stdout, code } = await cli(folder, line);
  expect(code).toBe(1);
  expect(JSON.parse(stdout).not_done).toMatchObject([
    { status: "blocked", reason: "upstream_missing", reason_detail: { processors: expect.any(Array) } },
  ]);
  const [{ reason_detail }] = JSON.parse(stdout).not_done;
  expect(reason_detail.processors.toSorted()).toEqual(LOOK_BACK.slice(0, 5).toSorted());
});

test("a dry run finds deleted rows as the run does", async () => {
  const folder = world.folder("done");
  await change(
    folder,
    `DELETE FROM nba_precompute.team_defense_zone_analysis WHERE game_date = DATE '${LAST}'`,
  );
  // The table itself and the two that read it of the same date; the last reads the second, too.
  const planned = ["team_defense_zone_analysis", "player_composite_factors", "ml_feature_store"];
  for (const command of ["plan --json", "run --dry-run --json"]) {
    const { steps } = JSON.parse((await cli(folder, command)).stdout);
    expect(steps.map((step: { processor: string }) => step.processor)).toEqual(planned);
  }
  const { planned: all } = JSON.parse((await cli(folder, "run --json")).stdout);
  expect(all).toBe(planned.length);
});

test("rows on a date that is no game date are named, and adopt leaves them where they are", async () => {
  const folder = world.folder("done");
  const offDay = "2022-07-15";
  await change(
    folder,
    `INSERT INTO ${offense} SELECT * REPLACE (DATE '${offDay}' AS game_date) FROM ${offense} WHERE game_date = DATE '${LAST}'`,
  );
  // Six games on that date, two teams each.
  const stray = [{ processor: "team_offense_game_summary", game_date: offDay, rows: 12 }];
  const report = JSON.parse((await cli(folder, "coverage --json")).stdout) as CoverageReport;
  expect(report.stray).toEqual(stray);
  const gaps = await cli(folder, "gaps --fail-on-gaps");
  expect(gaps.code).toBe(1);
  expect(gaps.stdout).toContain(`  team_offense_game_summary ${offDay}: 12 rows\n`);
  await cli(folder, "adopt team_offense_game_summary");
  await cli(folder, "run --deep");
  const counted = await readRows(
    folder,
    `SELECT COUNT(*) AS n FROM ${offense} WHERE game_date = DATE '${offDay}'`,
  );
  expect(counted).toEqual([{ n: 12 }]);
});

test.each([
  ["coverage --start-date 2023-02-01 --end-date 2023-01-01", "ends (2023-01-01) before it starts"],
  ["gaps --year 1999 --fail-on-gaps", "holds no game date"],
  ["status --now 2023-02-30T00:00:00Z", "not a time like"],
  [`run --dates ${LAST} --year 2022`, `no game dates in ${LAST} within year 2022`],
])("%s is refused", async (line, message) => {
  const { code, stderr } = await cli(world.folder("done"), line);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
});
