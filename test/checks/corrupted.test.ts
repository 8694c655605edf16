import { afterEach, beforeEach, expect, test } from "vitest";
import { renderChecks } from "../../src/report/check-report.ts";
import { checkSelection, holds } from "../../src/run/check.ts";
import type { Fixture } from "../fixture.ts";
import { fiveGames, run, worldOf } from "./games.ts";

const table = "nba_analytics.player_game_summary";
const one = "game_id = '0022200001' AND player_id = 'NYK-3'";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await fiveGames();
  await run(fixture);
});
afterEach(() => fixture[Symbol.asyncDispose]());

const check = async () => checkSelection(fixture.warehouse, await worldOf(fixture), {}, () => undefined);

/** What fails after an edit behind our back: check to count and example. */
async function failing(...edits: string[]) {
  for (const sql of edits) await fixture.warehouse.execute(sql);
  const [of] = await check();
  return Object.fromEntries(
    of!.checks
      .filter(({ found }) => found > 0)
      .map(({ name, checked, found, examples }) => [name, [found, checked, examples[0]!.example]]),
  );
}

test("as a run left it, nothing fails", async () => {
  expect(await failing()).toEqual({});
  const checked = await check();
  expect(holds(checked, true)).toBe(true);
  expect(renderChecks(checked)).toMatch(/^Sound: of 17 checks on 1 partition none that blocks fails\.\n/);
});

test("a key twice: the expected keys are counted once", async () => {
  expect(await failing(`INSERT INTO ${table} SELECT * FROM ${table} WHERE ${one}`)).toEqual({
    keys_duplicate: [1, 101, "0022200001 NYK-3"],
    // 110 points of New York, whose box score says 101.
    points_sum_to_team: [1, 10, "0022200001 NYK"],
    counts_sum_to_team: [1, 10, "0022200001 NYK"],
    // 11 x 1440 s are 10 % more than 240 minutes.
    seconds_sum_to_team: [1, 10, "0022200001 NYK"],
  });
  const [of] = await check();
  expect(of!.checks.find(({ name }) => name === "keys_missing")).toMatchObject({ checked: 100, found: 0 });
});

test("a row that is gone", async () => {
  expect(await failing(`DELETE FROM ${table} WHERE ${one}`)).toMatchObject({
    keys_missing: [1, 100, "0022200001 NYK-3"],
  });
});

test("a row of nobody, in a game of no schedule", async () => {
  const found = await failing(
    `INSERT INTO ${table} SELECT * REPLACE ('0022200099' AS game_id, 'X' AS player_id) FROM ${table} WHERE ${one}`,
  );
  expect(found).toEqual({
    keys_unexpected: [1, 101, "0022200099 X"],
    game_of_schedule: [1, 101, "0022200099 X"],
    team_has_box_score: [1, 101, "0022200099 X"],
  });
});

test("a season that is not the schedule's", async () => {
  expect(await failing(`UPDATE ${table} SET season_year = 2021 WHERE ${one}`)).toEqual({
    game_of_schedule: [1, 100, "0022200001 NYK-3"],
  });
});

test("a value out of its range, and a warning that blocks only where asked", async () => {
  expect(await failing(`UPDATE ${table} SET usage_rate = 1.6 WHERE ${one}`)).toEqual({
    usage_within_bounds: [1, 100, "0022200001 NYK-3"],
  });
  const warned = await check();
  expect([holds(warned, false), holds(warned, true)]).toEqual([true, false]);
  expect(await failing(`UPDATE ${table} SET fgm = 11, pts = 22 WHERE ${one}`)).toMatchObject({
    makes_within_attempts: [1, 100, "0022200001 NYK-3"],
  });
  const broken = await check();
  expect(holds(broken, false)).toBe(false);
  expect(renderChecks(broken)).toMatch(/^Not sound: of 17 checks on 1 partition 1 fails, 3 warn\.\n/);
  expect(renderChecks(broken)).toContain(
    "makes_within_attempts (block): 1 row on 1 date\n  2023-02-07  0022200001 NYK-3",
  );
});

test("seconds may differ by 5 % of the team's", async () => {
  // 10 x 1440 s less 720 s are 95 % of 240 minutes.
  expect(await failing(`UPDATE ${table} SET seconds = 720 WHERE ${one}`)).toEqual({});
  expect(await failing(`UPDATE ${table} SET seconds = 719 WHERE ${one}`)).toEqual({
    seconds_sum_to_team: [1, 10, "0022200001 NYK"],
  });
});
