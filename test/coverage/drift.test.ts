import { expect, test } from "vitest";
import type { PartitionCoverage } from "../../src/coverage/coverage.ts";
import { withEvidence } from "../../src/coverage/detail.ts";
import { coverageOf } from "../../src/coverage/history.ts";
import { planBackfill } from "../../src/plan/plan.ts";
import { readEvidence } from "../../src/run/evidence.ts";
import { contentOf, leagueWarehouse, run, worldOf } from "../run/league-runs.ts";

const named = (of: { processor: string; game_date: string }) => `${of.processor} ${of.game_date}`;
const withState = (coverage: readonly PartitionCoverage[], ...states: string[]) =>
  coverage.filter(({ state }) => states.includes(state));

test("ten deleted dates of a middle table and an edited row of another are found, rebuilt, and nothing else", async () => {
  await using fixture = await leagueWarehouse();
  const { warehouse } = fixture;
  await run(fixture);
  const undisturbed = await contentOf(fixture);
  expect(
    withState(coverageOf(await worldOf(fixture)), "lost", "stale", "missing", "unrecorded").map(named),
  ).toEqual([]);

  const dates = (await fixture.calendar()).dates.map(({ date }) => date);
  const deleted = dates.slice(20, 30);
  const last = dates.at(-1)!;
  const zones = "nba_precompute.player_shot_zone_analysis";
  const offense = "nba_analytics.team_offense_game_summary";
  await warehouse.execute(`DELETE FROM ${zones} WHERE game_date BETWEEN '${deleted[0]}' AND '${deleted[9]}'`);
  const [edited] = await warehouse.read<{ game_id: string; team: string }>(
    `SELECT game_id, team FROM ${offense} WHERE game_date = '${last}' ORDER BY game_id, team LIMIT 1`,
  );
  await warehouse.execute(
    `UPDATE ${offense} SET pts = pts + 1 WHERE game_id = '${edited!.game_id}' AND team = '${edited!.team}'`,
  );

  const lost = [
    `team_offense_game_summary ${last}`,
    ...deleted.map((date) => `player_shot_zone_analysis ${date}`),
  ];
  // Two tables read shot zones, of the same date; no date comes after the last to read its results.
  const dependants = ["player_composite_factors", "ml_feature_store"].flatMap((processor) =>
    deleted.map((date) => `${processor} ${date}`),
  );
  const world = await worldOf(fixture);
  const found = coverageOf(world);
  const coverage = withEvidence(
    world,
    found,
    await readEvidence(warehouse, world, found, { missing: [], notOver: [] }),
  );
  expect(withState(coverage, "lost").map(named)).toEqual(lost);
  expect(withState(coverage, "stale").map(named)).toEqual(dependants);
  expect(withState(coverage, "stale").every(({ reason }) => reason === "upstream_stale")).toBe(true);
  const [summary, ...profiles] = withState(coverage, "lost");
  expect(summary!.reason).toBe("rows_edited");
  expect(JSON.parse(summary!.reason_detail!)).toMatchObject({
    keys: [{ game_id: edited!.game_id, team: edited!.team, fault: "edited" }],
    keys_total: 1,
  });
  for (const { reason, reason_detail, expected_rows } of profiles) {
    expect(reason).toBe("rows_deleted");
    const { rows_found, rows_recorded, keys_total } = JSON.parse(reason_detail!);
    expect([rows_found, rows_recorded, keys_total]).toEqual([0, expected_rows, expected_rows]);
  }

  const plan = planBackfill(world, {}, { chunk: "all", force: false });
  const planned = plan.steps.flatMap(({ processor, chunks }) =>
    chunks.flat().map((of) => ({ key: `${processor} ${of.date}`, reason: of.reason })),
  );
  expect(planned.map(({ key }) => key)).toEqual([...lost, ...dependants]);
  expect(planned.filter(({ reason }) => reason !== "upstream_stale").map(({ key }) => key)).toEqual(lost);

  // The rebuilt content is what it was, so no dependant is computed.
  const result = await run(fixture);
  expect(result.records.map(named)).toEqual(lost);
  expect(result.unchanged).toBe(dependants.length);
  expect(await contentOf(fixture)).toEqual(undisturbed);
  expect(withState(coverageOf(await worldOf(fixture)), "lost", "stale").map(named)).toEqual([]);
});
