import { afterAll, beforeAll, expect, test } from "vitest";
import { coverageOf } from "../../src/coverage/history.ts";
import { addDays, type GameDate } from "../../src/dates.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { DONE } from "../../src/progress/partition.ts";
import type { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Warehouse } from "../../src/warehouse/warehouse.ts";
import { chanceFrom } from "../oracle/chance.ts";
import { run, worldOf } from "../run/league-runs.ts";
import { disagreements } from "../staleness/judge.ts";
import { KnownBy, upTo } from "../staleness/known-by.ts";
import { emptyWarehouse, filesOf, ingestFiles } from "../staleness/league-files.ts";
import { type Keeper, live } from "../staleness/replay.ts";

/** A month of the messy league's second season, with all that was before it. */
const FIRST = "2022-11-01";
const LAST = "2022-11-30" as GameDate;
const today = addDays(LAST, 1);
const files = upTo(LAST, filesOf(7));
const asOf = PROCESSORS.filter(({ kind }) => kind === "asof").map(({ name }) => name);

const open: DuckDbWarehouse[] = [];
async function warehouse(): Promise<DuckDbWarehouse> {
  const opened = await emptyWarehouse();
  open.push(opened);
  return opened;
}
let once: Warehouse;
beforeAll(async () => {
  once = await warehouse();
  await ingestFiles(once, files, `${today}T12:00:00Z`);
  await run({ warehouse: once }, { today });
});
afterAll(() => Promise.all(open.map((opened) => opened.close())));

function keeperOf(warehouse: Warehouse): Keeper {
  // Of a morning and of an evening of the league, the date in UTC is that in New York.
  const at = (now: string) => ({ today: now.slice(0, 10) as GameDate });
  return {
    load: async (files, now) => {
      if (Object.values(files).some((rows) => rows.length > 0)) await ingestFiles(warehouse, files, now);
    },
    run: async (now) => void (await run({ warehouse }, at(now))),
    undoneBeforehand: async (date, now) =>
      coverageOf(await worldOf({ warehouse }, at(now)))
        .filter((of) => of.game_date === date && asOf.includes(of.processor) && !DONE.includes(of.state))
        .map(({ processor, state, reason }) => `${processor} ${state} ${reason}`),
  };
}

test("a month lived through day by day is the month computed at once", async () => {
  const lived = await warehouse();
  await live(keeperOf(lived), new KnownBy(files), FIRST);
  await run({ warehouse: lived }, { today });
  expect(await disagreements(lived, once)).toEqual([]);
});

test("and so is the month in any order of its days, once nothing is stale", async () => {
  const seed = Date.now() % 100_000;
  console.log(`order of seed ${seed}`);
  const chance = chanceFrom(seed);
  const shuffled = await warehouse();
  await ingestFiles(shuffled, files, `${today}T12:00:00Z`);
  const dates = new KnownBy(files).eves().map(({ date }) => date as GameDate);
  await run(
    { warehouse: shuffled },
    { today },
    dates.filter((date) => date < FIRST),
  );
  const left = dates.filter((date) => date >= FIRST);
  while (left.length > 0) {
    await run({ warehouse: shuffled }, { today }, left.splice(chance.between(0, left.length - 1), 1));
  }
  const isStale = async () =>
    coverageOf(await worldOf({ warehouse: shuffled }, { today })).some(({ state }) => state === "stale");
  expect(await isStale()).toBe(true);
  for (let runs = 1; await isStale(); runs++) {
    expect(runs).toBeLessThan(4);
    await run({ warehouse: shuffled }, { today });
  }
  expect(await disagreements(shuffled, once)).toEqual([]);
});
