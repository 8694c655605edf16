import { beforeAll, expect, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import type { PlanOptions } from "../../src/plan/plan.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { contentOf, leagueWarehouse, run } from "./league-runs.ts";

let whole: readonly string[];
let dates: readonly GameDate[];
beforeAll(async () => {
  await using fixture = await leagueWarehouse();
  await run(fixture);
  whole = await contentOf(fixture);
  dates = (await fixture.calendar()).dates.map(({ date }) => date);
});

test("one pass fills every table", () => {
  for (const { table } of PROCESSORS) expect(whole.some((row) => row.startsWith(`${table} `))).toBe(true);
});

test.for<PlanOptions["chunk"]>(["season"])("chunks of %s give the same rows and states", async (chunk) => {
  await using fixture = await leagueWarehouse();
  await run(fixture, { chunk });
  expect(await contentOf(fixture)).toEqual(whole);
});

test("date by date gives the same rows and states", async () => {
  await using fixture = await leagueWarehouse();
  const first = dates.slice(0, 6);
  await run(fixture, { chunk: "day" }, first);
  const ofFirst = whole.filter((row) => first.some((date) => row.includes(date)));
  expect(await contentOf(fixture)).toEqual(ofFirst);
});

test("running again builds nothing and changes nothing", async () => {
  await using fixture = await leagueWarehouse();
  await run(fixture);
  const again = await run(fixture);
  expect(again.planned).toBe(0);
  expect(await contentOf(fixture)).toEqual(whole);
});

test("the partitions of a chunk share its time to the millisecond, few as they are", async () => {
  await using fixture = await leagueWarehouse();
  let clock = 0;
  // Read when a chunk begins and when it has been judged: ten milliseconds, for more dates than that.
  await run(fixture, { elapsedMs: () => (clock += 10) });
  const taken = await fixture.warehouse.read(
    `SELECT processor, SUM(duration_ms) AS milliseconds, COUNT(*) > 10 AS is_more, MAX(duration_ms) AS longest
     FROM nba_backfill.partitions GROUP BY processor ORDER BY processor`,
  );
  expect(taken).toEqual(
    PROCESSORS.map(({ name }) => ({ processor: name, milliseconds: 10, is_more: true, longest: 1 })).sort(
      (a, b) => (a.processor < b.processor ? -1 : 1),
    ),
  );
});
