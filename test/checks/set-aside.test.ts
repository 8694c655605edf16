import { afterEach, beforeEach, expect, test } from "vitest";
import { checkSelection, holds } from "../../src/run/check.ts";
import { diffSelection, isEqual } from "../../src/run/diff.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import type { Fixture } from "../fixture.ts";
import { breakLines, fiveGames, mendLines, run, worldOf } from "./games.ts";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await fiveGames();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const read = <R extends Row>(sql: string) => fixture.warehouse.read<R>(sql);
const state = async () =>
  (await read(`SELECT status, reason, row_count, expected_rows, exceptions FROM nba_backfill.partitions`))[0];
const stored = () => read("SELECT player_id FROM nba_analytics.player_game_summary WHERE fgm <> 5");
const result = (check: string) =>
  read(
    `SELECT checked, found, example, severity FROM nba_backfill.check_results WHERE check_name = '${check}'`,
  );
const exceptions = () => read("SELECT kind, row_key, detail FROM nba_backfill.exceptions ORDER BY row_key");
const rowCount = async (table: string) =>
  (await read<{ rows: number }>(`SELECT COUNT(*) AS rows FROM ${table}`))[0]!.rows;

test("nothing broken: every check is told, none fails", async () => {
  await run(fixture);
  expect(await state()).toEqual({
    status: "complete",
    reason: null,
    row_count: 100,
    expected_rows: 100,
    exceptions: 0,
  });
  // The three keys, two references, six contracts and three totals; no date is before it to compare columns with.
  expect(await rowCount("nba_backfill.check_results")).toBe(3 + 2 + 6 + 3);
  expect(await rowCount("nba_backfill.check_results WHERE found > 0")).toBe(0);
  expect(await result("points_from_makes")).toEqual([
    { checked: 100, found: 0, example: null, severity: "block" },
  ]);
  expect(await result("points_sum_to_team")).toEqual([
    { checked: 10, found: 0, example: null, severity: "warn" },
  ]);
});

test("2 % of the rows are set aside, named, counted, and no key is missing", async () => {
  await breakLines(fixture, 2);
  await run(fixture);
  expect(await state()).toEqual({
    status: "complete_with_exceptions",
    reason: "rows_set_aside",
    row_count: 98,
    expected_rows: 100,
    exceptions: 2,
  });
  expect(await stored()).toEqual([]);
  expect(await rowCount("nba_analytics.player_game_summary")).toBe(98);
  const detail = JSON.stringify({
    checks: ["points_from_makes"],
    values: { fgm: 4, fg3m: 0, ftm: 0, pts: 10 },
  });
  expect(await exceptions()).toEqual([
    { kind: "row_contract", row_key: "0022200000 BOS-1", detail },
    { kind: "row_contract", row_key: "0022200000 LAL-1", detail },
  ]);
  expect(await result("points_from_makes")).toEqual([
    { checked: 100, found: 2, example: "0022200000 BOS-1", severity: "block" },
  ]);
  const checked = await checkSelection(fixture.warehouse, await worldOf(fixture), {}, () => undefined);
  expect(holds(checked, false)).toBe(true);
  const [difference] = await diffSelection(
    fixture.warehouse,
    await worldOf(fixture),
    {},
    { progress: () => undefined },
  );
  expect(isEqual(difference!)).toBe(true);
});

test.for([
  ["stl", 20],
  ["blk", 25],
  ["tov", 25],
  ["pf", 10],
] as const)("more %s than %d in a game is nobody's, fewer than none neither", async ([count, most]) => {
  const values = { "BOS-1": most, "BOS-2": most + 1, "BOS-3": -1 };
  for (const [player, value] of Object.entries(values)) {
    await fixture.warehouse.execute(
      `UPDATE nba_raw.player_boxscores SET ${count} = ${value} WHERE player_id = '${player}'`,
    );
  }
  await run(fixture);
  expect(await result("statistics_within_bounds")).toEqual([
    { checked: 100, found: 2, example: "0022200000 BOS-2", severity: "block" },
  ]);
});

test("more than 2 % fail the partition: nothing is written, and what was found is told", async () => {
  await breakLines(fixture, 3);
  await run(fixture);
  expect(await state()).toMatchObject({
    status: "failed",
    reason: "check_failed",
    row_count: 0,
    exceptions: 0,
  });
  expect(await rowCount("nba_analytics.player_game_summary")).toBe(0);
  expect(await exceptions()).toEqual([]);
  expect(await result("points_from_makes")).toEqual([
    { checked: 100, found: 3, example: "0022200000 BOS-1", severity: "block" },
  ]);
});

test("results and exceptions go with the rows they are of", async () => {
  await breakLines(fixture, 2);
  await run(fixture);
  await mendLines(fixture);
  await run(fixture);
  expect(await state()).toMatchObject({ status: "complete", row_count: 100, exceptions: 0 });
  expect(await exceptions()).toEqual([]);
  expect(await result("points_from_makes")).toEqual([
    { checked: 100, found: 0, example: null, severity: "block" },
  ]);
  expect(await rowCount("nba_backfill.check_results")).toBe(3 + 2 + 6 + 3);
});
