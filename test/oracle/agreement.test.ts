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
