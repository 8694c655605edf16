import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CoverageReport } from "../../src/report/coverage-report.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
}, MAKING_MS);
afterAll(() => world.remove());

test("of several lost summaries in the windows of a date the first is named, and the command closes the gap", async () => {
  const folder = world.folder("done");
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  // The team's summary is the first that the context reads, the player's the earlier one.
  for (const [table, date] of [
    ["team_offense_game_summary", "2023-01-02"],
    ["player_game_summary", "2022-12-30"],
  ]) {
    await warehouse.execute(`DELETE FROM nba_analytics.${table} WHERE game_date = DATE '${date}'`);
  }
  await warehouse.close();
  const cli = (line: string) => nbaBackfill(folder, line.split(" "));
  const found = await cli("gaps --json --dates 2023-02-07 --processor upcoming_player_game_context");
  const [gap] = (JSON.parse(found.stdout) as CoverageReport).gaps;
  expect(gap).toMatchObject({
    why: "reads player_game_summary of 2022-12-30, which is to be built again",
    command: "nba-backfill run --start-date 2022-12-30 --end-date 2023-02-07 --deep",
  });
  expect((await cli(gap!.command.replace("nba-backfill ", ""))).code).toBe(0);
  expect((await cli("gaps")).stdout).toMatch(/^No gaps\./);
});
