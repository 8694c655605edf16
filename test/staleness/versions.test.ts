import { expect, test } from "vitest";
import { coverageOf } from "../../src/coverage/history.ts";
import type { GameDate } from "../../src/dates.ts";
import type { Processor, ProcessorName, Severity } from "../../src/processors/processor.ts";
import type { Fixture } from "../fixture.ts";
import { contentOf, run, unchecked, worldOf } from "../run/league-runs.ts";
import { handWorkedLeague, LAST, reopenLast, SEASONS } from "./hand-worked-league.ts";

const today = "2023-06-03" as GameDate;
const every: readonly string[] = Object.values(SEASONS).flat();
const [first] = every;

/** Processors of which one has one more contract for its rows: a new version, if it blocks, that computes the same. */
function renewed(name: ProcessorName, severity: Severity = "block"): readonly Processor[] {
  const check = { name: "dated", severity, sql: "game_date IS NOT NULL" };
  return unchecked.map((processor) =>
    processor.name === name ? { ...processor, rowChecks: [check] } : processor,
  );
}

/** Stale partitions as `<reason>: <processor>`, with their dates. */
async function staleIn(fixture: Fixture, processors = unchecked): Promise<Record<string, string[]>> {
  const stale = coverageOf(await worldOf(fixture, { today, processors })).filter(
    ({ state }) => state === "stale",
  );
  const groups = Map.groupBy(stale, ({ reason, processor }) => `${reason}: ${processor}`);
  return Object.fromEntries([...groups].map(([group, of]) => [group, of.map(({ game_date }) => game_date)]));
}

test("a new version makes its own partitions stale and what reads them; equal content ends it there", async () => {
  await using fixture = await handWorkedLeague();
  await run(fixture, { today });
  const before = await contentOf(fixture);

  expect(await staleIn(fixture, renewed("team_defense_zone_analysis", "warn"))).toEqual({});
  const processors = renewed("team_defense_zone_analysis");
  expect(await staleIn(fixture, processors)).toEqual({
    "version_changed: team_defense_zone_analysis": every,
    "upstream_stale: player_composite_factors": every,
    "upstream_stale: ml_feature_store": every,
  });
  const { records, unchanged } = await run(fixture, { today, processors });
  expect(records.map(({ processor, game_date }) => `${processor} ${game_date}`)).toEqual(
    every.map((date) => `team_defense_zone_analysis ${date}`),
  );
  expect(unchanged).toBe(2 * every.length);
  expect(await staleIn(fixture, processors)).toEqual({});
  expect(await contentOf(fixture)).toEqual(before);
});

test("a new version of a summary reaches the dates after it, and what reads these", async () => {
  await using fixture = await handWorkedLeague();
  await run(fixture, { today });
  const processors = renewed("team_defense_game_summary");
  // Nothing was defended before the first date; the teams' context looks no further back than the season's first.
  const startsOfSeasons = Object.values(SEASONS).map(([start]) => start);
  const afterFirst = every.filter((date) => date !== first);
  const inSeason = every.filter((date) => !startsOfSeasons.includes(date));
  expect(await staleIn(fixture, processors)).toEqual({
    "version_changed: team_defense_game_summary": every,
    "upstream_stale: upcoming_team_game_context": inSeason,
    "upstream_stale: upcoming_player_game_context": inSeason,
    "upstream_stale: team_defense_zone_analysis": afterFirst,
    "upstream_stale: player_composite_factors": afterFirst,
    "upstream_stale: ml_feature_store": afterFirst,
  });
  expect((await run(fixture, { today, processors })).records).toHaveLength(every.length);
  expect(await staleIn(fixture, processors)).toEqual({});
});

test("what another version of the engine wrote is stale, whatever it is, and rebuilt the same", async () => {
  await using fixture = await handWorkedLeague();
  await run(fixture, { today });
  const before = await contentOf(fixture);
  await fixture.warehouse.execute("UPDATE nba_backfill.partitions SET engine = 'duckdb v0.0.1'");
  expect(await staleIn(fixture)).toEqual(
    Object.fromEntries(unchecked.map(({ name }) => [`engine_changed: ${name}`, every])),
  );
  expect((await run(fixture, { today })).records).toHaveLength(9 * every.length);
  expect(await staleIn(fixture)).toEqual({});
  expect(await contentOf(fixture)).toEqual(before);
});

test("a summary of games to come is stale once they are over, and no as-of partition of their date is", async () => {
  await using whole = await handWorkedLeague();
  await using fixture = await handWorkedLeague();
  await reopenLast(fixture.warehouse);
  await run(fixture, { today: LAST });
  const stateOf = async (kind: string) =>
    coverageOf(await worldOf(fixture, { today: LAST }))
      .filter(({ game_date, processor }) => {
        const { kind: own } = unchecked.find(({ name }) => name === processor)!;
        return game_date === LAST && own === kind;
      })
      .map(({ state, reason }) => `${state} ${reason}`);
  expect(await stateOf("summary")).toEqual(Array(3).fill("not_final games_not_over"));

  for (const table of ["schedule", "player_boxscores", "team_boxscores", "shots", "shot_coverage"]) {
    const rows = await whole.warehouse.read(`SELECT * FROM nba_raw.${table} WHERE game_date = '${LAST}'`);
    await fixture.warehouse.execute(`DELETE FROM nba_raw.${table} WHERE game_date = '${LAST}'`);
    await fixture.insert(`nba_raw.${table}`, rows);
  }
  expect(await stateOf("summary")).toEqual(Array(3).fill("stale input_changed"));
  expect(await stateOf("asof")).toEqual(Array(6).fill("complete null"));
});
