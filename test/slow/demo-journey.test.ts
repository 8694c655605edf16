import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { load, travel } from "../../src/cli/demo-journey.ts";
import { withWarehouse } from "../../src/cli/open.ts";
import type { GameDate } from "../../src/dates.ts";
import { writeDemoLeague } from "../../src/demo/league.ts";
import { CUP_FINALS } from "../../src/demo/owner-gaps.ts";

/** The season of 2023-24 alone, by way of the gaps, with these dates withheld. */
async function journey(dates: readonly GameDate[]) {
  const folder = mkdtempSync(join(tmpdir(), "demo-journey-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [league, withheld] = [join(folder, "league"), join(folder, "withheld")];
  await writeDemoLeague(league, { seed: 1, seasons: [2023], withhold: { dates, folder: withheld } });
  return withWarehouse({ warehouse: join(folder, "one.duckdb") }, "create", async (warehouse) => {
    await load(warehouse, league, undefined);
    return (await travel(warehouse, withheld, undefined)).report;
  });
}

test("a third withheld date is counted, not printed from a constant", async () => {
  const one = await journey(CUP_FINALS);
  const two = await journey([...CUP_FINALS, "2024-03-05" as GameDate]);
  // The season has one of the two finals, on a date of its own; 2024-03-05 is a date of the regular season.
  expect([one.dates_added, one.cup_finals_added]).toEqual([["2023-12-09"], 1]);
  expect([two.dates_added, two.cup_finals_added]).toEqual([["2023-12-09", "2024-03-05"], 1]);
  expect(two.by_year["2024"]!.before).toBe(one.by_year["2024"]!.before - 1);
  expect(two.by_year["2024"]!.after).toBe(one.by_year["2024"]!.after);
  // 26 dates without Phase 4: two processors on all, and the zone tables on 25 and 17.
  expect([one.partitions_filled, two.partitions_filled]).toEqual([26 + 26 + 25 + 17, 94]);
  expect(one.by_year["2023"]!.gaps).toBe(26);
  expect(one.done["Phase 4"]).toEqual({
    before: one.done["Phase 3"]!.before - 26,
    after: one.done["Phase 3"]!.before + 1,
  });
  expect(two.done["Phase 4"]!.after).toBe(two.done["Phase 3"]!.before + 2);
  // What the final makes stale reaches to the season's end either way; the second date's own six as-of tables are not
  // recomputed but new.
  expect(two.dependants_recomputed).toBe(one.dependants_recomputed - 6);
  expect(one.dependants_changed).toBeLessThanOrEqual(one.dependants_recomputed);
});
