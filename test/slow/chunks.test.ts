import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import type { PlanOptions } from "../../src/plan/plan.ts";
import { contentOf, leagueWarehouse, run } from "../run/league-runs.ts";

let whole: readonly string[];
let dates: readonly GameDate[];
beforeAll(async () => {
  await using fixture = await leagueWarehouse();
  await run(fixture);
  whole = await contentOf(fixture);
  dates = (await fixture.calendar()).dates.map(({ date }) => date);
});

test.for<PlanOptions["chunk"]>(["month", 20])("chunks of %s give the same rows and states", async (chunk) => {
  await using fixture = await leagueWarehouse();
  await run(fixture, { chunk });
  expect(await contentOf(fixture)).toEqual(whole);
});

test("dates in any order, in any portions, then one more run: the same rows and states", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...dates], { minLength: dates.length }),
      fc.integer({ min: 20, max: 40 }),
      async (order, size) => {
        await using fixture = await leagueWarehouse();
        for (let from = 0; from < order.length; from += size) {
          await run(fixture, {}, order.slice(from, from + size) as GameDate[]);
        }
        await run(fixture);
        expect(await contentOf(fixture)).toEqual(whole);
      },
    ),
    { numRuns: 2, seed: 42 },
  );
});
