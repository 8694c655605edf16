import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkStatement } from "../../src/checks/statement.ts";
import { addDays, type GameDate } from "../../src/dates.ts";
import { teamOffenseGameSummary } from "../../src/processors/analytics/team_offense_game_summary/processor.ts";
import { teamDefenseZoneAnalysis } from "../../src/processors/precompute/team_defense_zone_analysis/processor.ts";
import type { Processor } from "../../src/processors/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await Fixture.open();
});
afterEach(() => fixture[Symbol.asyncDispose]());

const FIRST = "2023-01-01" as GameDate;
const BEFORE = 10;
const DATE = addDays(FIRST, BEFORE);

/** The results of one check on the stored rows of a date. */
async function resultOf(processor: Processor, check: string): Promise<Row | undefined> {
  const results = await fixture.warehouse.read(checkStatement(processor, [DATE], { stored: true }), {
    run_id: "test",
    first_input_date: FIRST,
    last_input_date: DATE,
    first_target_date: DATE,
    last_target_date: DATE,
  });
  return results.find(({ check_name }) => check_name === check);
}

describe("a date beside the ten before it", () => {
  const columns = {
    pts: 110,
    fga: 90,
    fta: 20,
    oreb: 10,
    tov: 14,
    possessions: 100,
    pace: 100,
    offensive_rating: 110,
    efg_pct: 0.55,
  };
  const teams = ["ATL", "BOS", "BKN", "CHA", "CHI", "CLE", "DAL", "DEN"];

  async function insert(date: GameDate, rows: readonly Row[]): Promise<void> {
    await fixture.insert(
      "nba_analytics.team_offense_game_summary",
      rows.map((row, index) => ({
        game_date: date,
        season_year: 2022,
        team: teams[index]!,
        ...columns,
        ...row,
      })),
    );
  }

  /** Half of the rows before have 100 points and half 120: mean 110, standard deviation 10. */
  async function results(rows: readonly Row[], dates = BEFORE) {
    for (let day = BEFORE - dates; day < BEFORE; day++) {
      await insert(
        addDays(FIRST, day),
        teams.map((_, index) => ({ pts: index % 2 === 0 ? 100 : 120 })),
      );
    }
    await insert(DATE, rows);
    return (check: string) => resultOf(teamOffenseGameSummary, check);
  }

  const all = (row: Row) => teams.map(() => row);
  const some = (count: number, row: Row) => teams.map((_, index) => (index < count ? row : {}));

  test.for([
    // The limit is 110 + 1.5 x 10.
    ["a mean at the limit", "distribution", all({ pts: 125 }), 0, null],
    ["a mean beyond it", "distribution", all({ pts: 126 }), 1, "pts"],
    ["a mean below it on the other side", "distribution", all({ pts: 94 }), 1, "pts"],
    ["a constant that moves, however little", "distribution", all({ pace: 100.1 }), 1, "pace"],
    ["two columns", "distribution", all({ pts: 126, pace: 101 }), 2, "pts"],
    // None before is NULL; 2 of 8 are a quarter.
    ["a quarter of NULL", "null_share", some(2, { pace: null }), 0, null],
    ["more of NULL", "null_share", some(3, { pace: null }), 1, "pace"],
    ["a quarter of 0", "zero_share", some(2, { tov: 0 }), 0, null],
    ["more of 0", "zero_share", some(3, { tov: 0 }), 1, "tov"],
  ] as const)("%s: %s", async ([, check, rows, found, example]) => {
    expect(await (await results(rows))(check)).toMatchObject({
      severity: "warn",
      checked: 9,
      found,
      example,
    });
  });

  test("a column that has been NULL, or 0, all the time", async () => {
    const result = await results(all({}));
    expect(await result("null_share")).toMatchObject({ found: 0 });
    await fixture.warehouse.execute(
      "UPDATE nba_analytics.team_offense_game_summary SET pace = NULL, oreb = 0",
    );
    expect(await result("null_share")).toMatchObject({ found: 1, example: "pace" });
    expect(await result("zero_share")).toMatchObject({ found: 1, example: "oreb" });
  });

  test("is not compared with fewer than ten dates, or with those of another season", async () => {
    const result = await results(all({ pts: 200 }), BEFORE - 1);
    expect(await result("distribution")).toBeUndefined();
    await insert(FIRST, all({}));
    expect(await result("distribution")).toMatchObject({ found: 1 });
    await fixture.warehouse.execute(
      `UPDATE nba_analytics.team_offense_game_summary SET season_year = 2021 WHERE game_date = DATE '${FIRST}'`,
    );
    expect(await result("distribution")).toBeUndefined();
  });

  test("is not compared where fewer than eight teams play", async () => {
    const result = await results(all({ pts: 200 }).slice(1));
    expect(await result("distribution")).toBeUndefined();
  });
});

test("zone shares sum to 1", async () => {
  const shares = (paint: number | null) => ({
    game_date: DATE,
    ...Object.fromEntries(
      ["last_15", "estimate"].flatMap((of) => [
        [`paint_share_allowed_${of}`, paint],
        [`mid_range_share_allowed_${of}`, 0.2],
        [`three_share_allowed_${of}`, 0.4],
      ]),
    ),
  });
  await fixture.insert("nba_precompute.team_defense_zone_analysis", [
    { team: "ATL", ...shares(0.4) },
    { team: "BOS", ...shares(0.3) },
    // Unknown is not wrong.
    { team: "BKN", ...shares(null) },
  ]);
  expect(await resultOf(teamDefenseZoneAnalysis, "zone_shares_sum_to_1")).toMatchObject({
    severity: "block",
    checked: 3,
    found: 1,
    example: "BOS",
  });
});
