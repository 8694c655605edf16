import { expect, test } from "vitest";
import { coverageOf, type PartitionCoverage } from "../../src/coverage/coverage.ts";
import { planBackfill } from "../../src/plan/plan.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { recordIngest } from "../../src/progress/after-ingest.ts";
import { contentOf, leagueWarehouse, run, worldOf } from "../run/league-runs.ts";

const keysOf = (coverage: readonly PartitionCoverage[], ...states: string[]) =>
  coverage.filter(({ state }) => states.includes(state)).map((of) => `${of.processor} ${of.game_date}`);

test("ten deleted dates of a middle table and an edited row of another are found, rebuilt, and nothing else", async () => {
  await using fixture = await leagueWarehouse();
  const { warehouse } = fixture;
  await run(fixture);
  const undisturbed = await contentOf(fixture);
  expect(keysOf(coverageOf(await worldOf(fixture)), "lost", "stale", "missing", "unrecorded")).toEqual([]);

  const zones = "nba_precompute.team_defense_zone_analysis";
  const dates = (
    await warehouse.read<{ game_date: string }>(`SELECT DISTINCT game_date FROM ${zones} ORDER BY 1`)
  )
    .map((row) => row.game_date)
    .slice(20, 30);
  const [edited] = await warehouse.read<{ game_date: string; team: string }>(
    "SELECT game_date, team FROM nba_analytics.team_offense_game_summary WHERE season_year = 2022 ORDER BY 1, 2",
  );
  await warehouse.execute(`DELETE FROM ${zones} WHERE game_date BETWEEN '${dates[0]}' AND '${dates[9]}'`);
  await warehouse.execute(
    `UPDATE nba_analytics.team_offense_game_summary SET pts = pts + 1
     WHERE game_date = '${edited!.game_date}' AND team = '${edited!.team}'`,
  );

  const lost = [
    `team_offense_game_summary ${edited!.game_date}`,
    ...dates.map((date) => `team_defense_zone_analysis ${date}`),
  ];
  const world = await worldOf(fixture);
  const coverage = coverageOf(world);
  expect(keysOf(coverage, "lost")).toEqual(lost);
  expect(coverage.filter(({ state }) => state === "lost").map(({ reason }) => reason)).toEqual([
    "rows_edited",
    ...dates.map(() => "rows_deleted"),
  ]);

  const plan = planBackfill(world, {}, { chunk: "all", force: false });
  const planned = plan.steps.flatMap(({ processor, chunks }) =>
    chunks.flat().map(({ date, reason }) => ({ key: `${processor} ${date}`, reason })),
  );
  const own = planned.filter(({ reason }) => reason !== "upstream_stale").map(({ key }) => key);
  expect(own).toEqual(lost);
  expect(planned.map(({ key }) => key)).toEqual(keysOf(coverage, "lost", "stale"));

  // The rebuilt content is what it was, so no dependant is computed.
  const result = await run(fixture);
  expect(result.records.map((record) => `${record.processor} ${record.game_date}`)).toEqual(lost);
  expect(result.unchanged).toBe(planned.length - lost.length);
  expect(await contentOf(fixture)).toEqual(undisturbed);
});

test("rows that no run recorded, and a raw row edited behind our back", async () => {
  await using fixture = await leagueWarehouse();
  const { warehouse } = fixture;
  await run(fixture);
  const [target] = await warehouse.read<{ game_date: string }>(
    `SELECT game_date FROM nba_backfill.partitions WHERE status IN ('complete', 'complete_with_exceptions')
     GROUP BY game_date HAVING COUNT(*) = 9 ORDER BY game_date DESC`,
  );
  const date = target!.game_date;
  await warehouse.execute(
    `DELETE FROM nba_backfill.partitions WHERE processor = 'ml_feature_store' AND game_date = '${date}'`,
  );
  expect(keysOf(coverageOf(await worldOf(fixture)), "unrecorded", "missing")).toEqual([
    `ml_feature_store ${date}`,
  ]);

  await warehouse.execute(`UPDATE nba_raw.team_boxscores SET stl = stl + 1 WHERE game_date = '${date}'`);
  const stale = coverageOf(await worldOf(fixture)).filter(({ state }) => state === "stale");
  expect(stale.map((of) => `${of.processor} ${of.game_date} ${of.reason}`)).toEqual([
    `player_game_summary ${date} input_changed`,
    `team_offense_game_summary ${date} input_changed`,
    `team_defense_game_summary ${date} input_changed`,
    // A result of a date is no input of its own as-of tables; the league has one game date after it.
    ...PROCESSORS.filter(({ kind }) => kind === "asof").map(
      ({ name }) => `${name} 2023-01-11 upstream_stale`,
    ),
  ]);

  await recordIngest(warehouse, "2023-03-02T12:00:00Z");
  await run(fixture);
  expect(keysOf(coverageOf(await worldOf(fixture)), "stale", "lost", "missing", "unrecorded")).toEqual([]);
});
