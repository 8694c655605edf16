import { afterAll, beforeAll, expect, test } from "vitest";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";
import { change } from "./in-warehouse.ts";

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
}, MAKING_MS);
afterAll(() => world.remove());

test("what failed in its last run is not passed over, though the rows before it are there", async () => {
  const folder = world.folder("done");
  // More made than tried, in every row of the date.
  await change(folder, "UPDATE nba_raw.team_boxscores SET fga = fgm - 1 WHERE game_date = DATE '2023-02-07'");
  const cli = (line: string) => nbaBackfill(folder, line.split(" "));
  expect((await cli("run --deep --dates 2023-02-07 --phase 3")).code).toBe(1);

  const all = await cli("check --dates 2023-02-07 --phase 3");
  expect(all.code).toBe(1);
  expect(all.stdout).not.toMatch(/^Sound/);
  expect(all.stdout).toMatch(
    /^Failed in the last run and not checked: 2 selected partitions \(team_offense_game_summary 1, team_defense_game_summary 1\); 'nba-backfill gaps' says why\.$/m,
  );
  const json = JSON.parse((await cli("check --dates 2023-02-07 --phase 3 --json")).stdout);
  expect(json.holds).toBe(false);
  expect(json.processors).toContainEqual({
    processor: "team_offense_game_summary",
    partitions: 0,
    not_checked: { failed: 1 },
    checks: [],
  });
  const alone = await cli("check team_offense_game_summary --dates 2023-02-07");
  expect([alone.code, alone.stdout]).toEqual([
    1,
    expect.stringMatching(
      /^No selected partition holds rows of its last run: there is nothing to check\.\nFailed in the last run and not checked: 1 selected partition /,
    ),
  ]);
});

test("where nothing has ever been built there is nothing to check", async () => {
  const { code, stderr } = await nbaBackfill(world.folder("cold"), ["check"]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/nothing selected has been built yet/)]);
});
