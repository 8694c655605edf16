import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { renderDiff } from "../../src/report/diff-report.ts";
import { diffSelection, isEqual, type ProcessorDifference } from "../../src/run/diff.ts";
import { readWorld } from "../../src/run/world.ts";
import { processorStatement } from "../../src/statements/statement.ts";
import type { Fixture } from "../fixture.ts";
import { leagueWarehouse, run } from "./league-runs.ts";

const table = "nba_analytics.player_game_summary";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await leagueWarehouse();
  await run(fixture);
  await fixture.warehouse.execute(`CREATE TABLE kept AS SELECT * FROM ${table}`);
});
beforeEach(async () => {
  await fixture.warehouse.execute(`DELETE FROM ${table}`);
  await fixture.warehouse.execute(`INSERT INTO ${table} SELECT * FROM kept`);
});
afterAll(async () => {
  await fixture[Symbol.asyncDispose]();
});

/** Differences of the player summaries, computed by their statement or by one that was edited. */
async function playerDiff(edit = (sql: string) => sql): Promise<ProcessorDifference> {
  const [difference] = await diff(["player_game_summary"], edit);
  return difference!;
}

async function diff(processors?: ["player_game_summary"], edit = (sql: string) => sql) {
  const { warehouse } = fixture;
  const world = await readWorld(warehouse, PROCESSORS, { today: "2023-03-01" as GameDate });
  return diffSelection(warehouse, world, processors ? { processors } : {}, {
    progress: () => undefined,
    statementOf: (...given) => edit(processorStatement(...given)),
  });
}

async function number(sql: string): Promise<number> {
  const [row] = await fixture.warehouse.read<{ n: number }>(`SELECT ${sql} AS n FROM ${table}`);
  return row!.n;
}

const pts = (expression: string) => (sql: string) =>
  sql.replace("content.pts AS pts", `${expression} AS pts`);

test("what a run has stored is equal, for all nine", async () => {
  const differences = await diff();
  expect(differences.map(({ processor }) => processor)).toEqual(PROCESSORS.map(({ name }) => name));
  expect(differences.filter((difference) => !isEqual(difference))).toEqual([]);
  for (const { rows } of differences) expect(rows).toBeGreaterThan(0);
  expect(renderDiff(differences)).toMatch(/^Equal: /);
});

test("a statement with a mistake is one line that names its processor, and a failure", async () => {
  await expect(playerDiff(pts("content.points_scored"))).rejects.toMatchObject({
    code: "sql-rejected",
    exitCode: 1,
    message: expect.stringMatching(/^the statement of player_game_summary: Binder Error: .*points_scored.*$/),
  });
});

test("a stored value that the statement does not make is named, old and new", async () => {
  const [row] = await fixture.warehouse.read<{ game_id: string; player_id: string; pts: number }>(
    `SELECT game_id, player_id, pts FROM ${table} WHERE played ORDER BY game_id, player_id LIMIT 1`,
  );
  const { game_id, player_id, pts } = row!;
  await fixture.warehouse.execute(
    `UPDATE ${table} SET pts = pts + 1000 WHERE game_id = @game_id AND player_id = @player_id`,
    { game_id, player_id },
  );
  const difference = await playerDiff();
  expect(difference).toMatchObject({ added: 0, removed: 0, changed: 1, duplicates: 0 });
  expect(difference.columns).toEqual([
    {
      column: "pts",
      rows: 1,
      was_null: 0,
      becomes_null: 0,
      largest: 1000,
      examples: [{ row: expect.objectContaining({ game_id, player_id }), old: pts + 1000, new: pts }],
    },
  ]);
  expect(renderDiff([difference])).toContain(`${player_id} Player ${player_id}: ${pts + 1000} -> ${pts}`);
});

test("a row that is gone is added, a row too many is removed", async () => {
  await fixture.warehouse.execute(
    `DELETE FROM ${table} WHERE game_id || player_id = (SELECT MIN(game_id || player_id) FROM ${table})`,
  );
  await fixture.warehouse.execute(
    `INSERT INTO ${table} SELECT * REPLACE ('nobody' AS player_id) FROM ${table} LIMIT 1`,
  );
  const difference = await playerDiff();
  expect(difference).toMatchObject({ added: 1, removed: 1, changed: 0, columns: [] });
  expect(difference.removed_examples).toMatchObject([{ player_id: "nobody" }]);
});

test("a changed formula shows in its column, the largest difference first", async () => {
  // 3 x pts - pts = 2 x pts: nothing for 0 points, most for the most points.
  const { changed, columns } = await playerDiff(pts("3 * content.pts"));
  const most = await number("MAX(pts)");
  expect(changed).toBe(await number("COUNTIF(pts > 0)"));
  expect(columns.map(({ column }) => column)).toEqual(["pts"]);
  expect(columns[0]).toMatchObject({ rows: changed, largest: 2 * most });
  expect(columns[0]!.examples[0]).toMatchObject({ old: most, new: 3 * most });
});

test("values that become NULL and values that were are counted", async () => {
  const { columns } = await playerDiff(
    pts("CASE WHEN content.pts IS NULL THEN -1 WHEN content.pts < 5 THEN content.pts END"),
  );
  const becomes_null = await number("COUNTIF(pts >= 5)");
  const was_null = await number("COUNTIF(pts IS NULL)");
  expect(becomes_null * was_null).toBeGreaterThan(0);
  expect(columns[0]).toMatchObject({ rows: becomes_null + was_null, becomes_null, was_null, largest: null });
});

test("rows that share a key are told", async () => {
  const twice = (sql: string) => sql.replace(/FROM content\s*$/, "FROM content, (VALUES (1), (2))");
  const difference = await playerDiff(twice);
  expect(difference.duplicates).toBe(2 * (await number("COUNT(*)")));
  expect(isEqual(difference)).toBe(false);
});

test("partitions that were never built are left out, and nothing built is refused", async () => {
  await using empty = await leagueWarehouse();
  const dates = (await empty.calendar()).dates.map(({ date }) => date);
  const compare = async () => {
    const world = await readWorld(empty.warehouse, PROCESSORS, { today: "2023-03-01" as GameDate });
    return diffSelection(empty.warehouse, world, {}, { progress: () => undefined });
  };
  await expect(compare()).rejects.toThrow("nothing selected has been built");
  await run(empty, {}, dates.slice(0, 2));
  const [first] = await compare();
  expect(first).toMatchObject({ partitions: 2, not_built: dates.length - 2 });
});
