import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "../../src/plan/plan.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { type Actual, readActual } from "../../src/progress/actual.ts";
import { DONE } from "../../src/progress/partition.ts";
import type { CoverageReport } from "../../src/report/coverage-report.ts";
import type { StatusReport } from "../../src/report/status-report.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";
import { change, inWarehouse } from "./in-warehouse.ts";

/** What somebody changes with another program, what is built on it, and whether the mend brings all back. */
let world: FewDates;
let undisturbed: Actual;
let undisturbedRecord: readonly Row[];

beforeAll(async () => {
  world = await fewDates();
  undisturbed = await rowsOf(world.folder("done"));
  undisturbedRecord = await recordOf(world.folder("done"));
}, MAKING_MS);
afterAll(() => world.remove());

function rowsOf(folder: string): Promise<Actual> {
  return inWarehouse(folder, (warehouse) => readActual(warehouse, PROCESSORS));
}

/** What is recorded of partitions, and of what they read. */
function recordOf(folder: string): Promise<readonly Row[]> {
  return inWarehouse(folder, (warehouse) =>
    warehouse.read(
      `SELECT processor, game_date, status, row_count, content_fingerprint, input_hash, inputs
       FROM nba_backfill.partitions
       UNION ALL
       SELECT view_name, source_date, NULL, NULL, fingerprint, NULL, NULL FROM nba_backfill.source_dates
       ORDER BY 1, 2`,
    ),
  );
}

/** The partition is to be built again, its rows and its record gone. */
function forget(processor: string, table: string, date: string): readonly string[] {
  return [
    `DELETE FROM ${table} WHERE game_date = DATE '${date}'`,
    `DELETE FROM nba_backfill.partitions WHERE processor = '${processor}' AND game_date = DATE '${date}'`,
  ];
}

const features = forget("ml_feature_store", "nba_precompute.ml_feature_store", "2023-01-01");

async function run(folder: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await nbaBackfill(folder, ["run", ...args]);
  return { code, text: stdout + stderr };
}

test("rows edited in a table of ours: what reads them waits, and a plain run that builds anything mends them first", async () => {
  const folder = world.folder("done");
  const edit =
    "UPDATE nba_analytics.player_game_summary SET pts = pts + 30 WHERE game_date = DATE '2022-12-31'";
  await change(folder, edit, ...features);
  // The player context of the same date has read the summary as it was before.
  expect(await run(folder, "--processor", "ml_feature_store")).toMatchObject({
    code: 1,
    text: expect.stringMatching(
      /ml_feature_store 2023-01-01: blocked, waits for upcoming_player_game_context/,
    ),
  });
  expect((await run(folder)).code).toBe(0);
  expect(await rowsOf(folder)).toEqual(undisturbed);
});

test("what was built from an edited table of ours is built again once that is mended", async () => {
  const folder = world.folder("done");
  const context = "upcoming_player_game_context";
  const edit =
    "UPDATE nba_analytics.player_game_summary SET seconds = seconds + 600 WHERE game_date < DATE '2023-01-02'";
  await change(folder, edit, ...forget(context, `nba_analytics.${context}`, "2023-01-02"));
  // Nothing of the same date is missing: the context is built from what is there.
  expect((await run(folder, "--processor", context)).code).toBe(1);
  expect((await rowsOf(folder)).get(`${context} 2023-01-02`)).not.toEqual(
    undisturbed.get(`${context} 2023-01-02`),
  );
  expect((await run(folder, "--deep")).code).toBe(0);
  expect(await rowsOf(folder)).toEqual(undisturbed);
});

describe("a date built while a summary before it was edited behind our back", () => {
  const [edited, built] = ["2023-01-02", "2023-02-07"];
  // Shot zones of a summary are read by the shot zone analysis alone, and its rows by two more of the same date.
  const add = (shots: number) =>
    `UPDATE nba_analytics.player_game_summary SET paint_fga = paint_fga + ${shots} WHERE game_date = DATE '${edited}'`;
  const onIt = ["player_shot_zone_analysis", "player_composite_factors", "ml_feature_store"];

  async function builtOnEdited(): Promise<string> {
    const folder = world.folder("done");
    const all = PROCESSORS.flatMap(({ name, table }) => forget(name, table, built!));
    await change(folder, add(9), ...all);
    const { code, text } = await run(folder, "--dates", built!);
    expect(code).toBe(1);
    expect(text).toMatch(/not selected: player_game_summary 2023-01-02 /);
    const rows = await rowsOf(folder);
    const differing = PROCESSORS.map(({ name }) => name).filter(
      (name) =>
        rows.get(`${name} ${built}`)?.fingerprint !== undisturbed.get(`${name} ${built}`)?.fingerprint,
    );
    // Factors come from shares of zones, features from all: what differs is what must be found.
    expect(differing).toEqual(onIt);
    return folder;
  }

  async function notDone(folder: string): Promise<Record<string, readonly string[]>> {
    const { stdout } = await nbaBackfill(folder, ["gaps", "--json"]);
    const { partitions } = JSON.parse(stdout) as CoverageReport;
    const listed = partitions.filter(({ state }) => !DONE.includes(state));
    const by = Map.groupBy(listed, ({ state, reason }) => `${state}, ${reason}`);
    return Object.fromEntries(
      [...by].map(([state, of]) => [
        state,
        of.map(({ processor, game_date }) => `${processor} ${game_date}`),
      ]),
    );
  }

  test("it is stale by its record alone, the coverage lists all that is wrong, and a plain run brings all back", async () => {
    const folder = await builtOnEdited();
    const { stdout } = await nbaBackfill(folder, ["status", "--json"]);
    expect((JSON.parse(stdout) as StatusReport).by_state).toEqual({ complete: 45 - 3, stale: 3 });
    expect(await notDone(folder)).toEqual({
      "lost, rows_edited": [`player_game_summary ${edited}`],
      "stale, input_changed": [`player_shot_zone_analysis ${built}`],
      // All that read the summary, whichever of its columns; team_defense_zone_analysis does not.
      "stale, upstream_stale": [
        `upcoming_team_game_context ${built}`,
        `upcoming_player_game_context ${built}`,
        `player_composite_factors ${built}`,
        `ml_feature_store ${built}`,
      ],
    });
    const repair = await run(folder);
    expect(repair.code).toBe(0);
    expect(await rowsOf(folder)).toEqual(undisturbed);
    expect(await recordOf(folder)).toEqual(undisturbedRecord);
    expect(await notDone(folder)).toEqual({});
  });

  test("the edit taken back by hand: what was built on it is listed all the same", async () => {
    const folder = await builtOnEdited();
    await change(folder, add(-9));
    expect(await notDone(folder)).toEqual({
      "stale, input_changed": [`player_shot_zone_analysis ${built}`],
      "stale, upstream_stale": [`player_composite_factors ${built}`, `ml_feature_store ${built}`],
    });
    expect((await run(folder)).code).toBe(0);
    expect(await rowsOf(folder)).toEqual(undisturbed);
    expect(await recordOf(folder)).toEqual(undisturbedRecord);
  });
});

test("what was adopted while rows of ours were edited claims to have read the edit, and is built anew with the mend", async () => {
  const folder = world.folder("done");
  const context = "upcoming_player_game_context";
  const edit =
    "UPDATE nba_analytics.player_game_summary SET seconds = seconds + 600 WHERE game_date = DATE '2022-12-31'";
  const record = forget(context, `nba_analytics.${context}`, "2023-01-02")[1]!;
  await change(folder, edit, record);
  expect((await nbaBackfill(folder, ["adopt", context])).stdout).toMatch(/^1 partition adopted/);
  const { stdout } = await nbaBackfill(folder, ["plan", "--processor", context, "--json"]);
  const { steps } = JSON.parse(stdout) as Plan;
  expect(steps.flatMap(({ chunks }) => chunks.flat())).toMatchObject([
    { date: "2023-01-02", reason: "input_changed" },
  ]);
  expect((await run(folder)).code).toBe(0);
  expect(await rowsOf(folder)).toEqual(undisturbed);
});

test("what was built from edited raw rows is built again once they are mended", async () => {
  const folder = world.folder("done");
  const add = (steals: number) =>
    `UPDATE nba_raw.player_boxscores SET stl = stl + ${steals} WHERE game_date = DATE '2022-12-31'`;
  await change(folder, add(1));
  expect((await run(folder, "--dates", "2022-12-31", "--force")).code).toBe(0);
  expect(await rowsOf(folder)).not.toEqual(undisturbed);
  await change(folder, add(-1));
  expect((await run(folder, "--deep")).code).toBe(0);
  expect(await rowsOf(folder)).toEqual(undisturbed);
});

test("rows deleted with their record kept: the features of the date wait, the validation names them, a plain run finds them", async () => {
  const folder = world.folder("done");
  const some = `DELETE FROM nba_analytics.upcoming_player_game_context
    WHERE game_date = DATE '2023-01-01' AND team = (
      SELECT MIN(team) FROM nba_analytics.upcoming_player_game_context WHERE game_date = DATE '2023-01-01')`;
  await change(folder, some, ...features);
  const { code, stdout } = await nbaBackfill(folder, ["phase", "4", "--year", "2023"]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/2023-01-01.*ml_feature_store.*upcoming_player_game_context/);
  expect(stdout).toMatch(/ml_feature_store 2023-01-01: blocked/);
  expect((await run(folder)).code).toBe(0);
  expect(await rowsOf(folder)).toEqual(undisturbed);
});

test("rows deleted and nothing else to do: the counts tell", async () => {
  const folder = world.folder("done");
  await change(folder, "DELETE FROM nba_precompute.ml_feature_store WHERE game_date = DATE '2023-02-07'");
  expect((await run(folder)).text).toMatch(/ml_feature_store +1 /);
  expect(await rowsOf(folder)).toEqual(undisturbed);
});

test("a table dropped: its partitions are lost, and a plain run fills it again", async () => {
  const folder = world.folder("done");
  await change(folder, "DROP TABLE nba_precompute.ml_feature_store");
  const { code, stdout } = await nbaBackfill(folder, ["gaps"]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^ml_feature_store 2022-12-30 .*: lost$/m)]);
  expect((await run(folder)).code).toBe(0);
  expect(await rowsOf(folder)).toEqual(undisturbed);
});
