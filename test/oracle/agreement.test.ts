import { expect, test } from "vitest";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { compareWarehouse, type Partition } from "./difference.ts";
import { leagueOf } from "./league.ts";
import { warehouseOf } from "./stored.ts";

test.for([1, 2])("statements and oracle agree on every cell of league %i", async (seed) => {
  await using fixture = await warehouseOf(leagueOf(seed));
  const dates = (await fixture.calendar()).dates.map((entry) => entry.date);
  const partitions: Partition[] = [];
  for (const processor of PROCESSORS) {
    await fixture.compute(processor, ...dates);
    for (const date of dates) partitions.push({ processor: processor.name, date });
  }
  const { cells, differences } = await compareWarehouse(fixture.warehouse, partitions);
  expect(differences).toEqual([]);
  expect(cells).toBeGreaterThan(100_000);
});

test("a team's points are the schedule's score in both, whatever its box says", async () => {
  const league = leagueOf(3);
  const boxes = league.team_boxscores.map((box, n) => (n % 10 === 0 ? { ...box, pts: box.pts + 1 } : box));
  await using fixture = await warehouseOf({ ...league, team_boxscores: boxes });
  const dates = (await fixture.calendar()).dates.map((entry) => entry.date);
  const partitions: Partition[] = [];
  for (const processor of PROCESSORS.filter(({ name }) => /^team_(offense|defense)_game/.test(name))) {
    await fixture.compute(processor, ...dates);
    for (const date of dates) partitions.push({ processor: processor.name, date });
  }
  const { cells, differences } = await compareWarehouse(fixture.warehouse, partitions);
  expect(differences).toEqual([]);
  expect(cells).toBeGreaterThan(1_000);
});
