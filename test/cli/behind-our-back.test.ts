import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { type Actual, readActual } from "../../src/progress/actual.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";

/** What somebody changes with another program, what is built on it, and whether the mend brings all back. */
let world: FewDates;
let undisturbed: Actual;

beforeAll(async () => {
  world = await fewDates();
  undisturbed = await rowsOf(world.folder("done"));
}, MAKING_MS);
afterAll(() => world.remove());

async function inWarehouse<T>(folder: string, work: (warehouse: DuckDbWarehouse) => Promise<T>): Promise<T> {
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

function rowsOf(folder: string): Promise<Actual> {
  return inWarehouse(folder, (warehouse) => readActual(warehouse, PROCESSORS));
}

async function change(folder: string, ...statements: readonly string[]): Promise<void> {
  await inWarehouse(folder, async (warehouse) => {
    for (const statement of statements) await warehouse.execute(statement);
  });
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
  expect((await run(folder, "--processor", context)).code).toBe(0);
  expect((await rowsOf(folder)).get(`${context} 2023-01-02`)).not.toEqual(
    undisturbed.get(`${context} 2023-01-02`),
  );
  expect((await run(folder, "--deep")).code).toBe(0);
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
