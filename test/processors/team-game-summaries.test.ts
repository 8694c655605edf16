import { expect, test } from "vitest";
import { teamDefenseGameSummary } from "../../src/processors/analytics/team_defense_game_summary/processor.ts";
import { teamOffenseGameSummary } from "../../src/processors/analytics/team_offense_game_summary/processor.ts";
import { Fixture } from "../fixture.ts";
import { DATE, insertGame, insertShots, teamBoxes } from "./summary-games.ts";

// P(BOS) = 31 + 0.4 * 8 - 1.07 * 4 / (4 + 16) * (31 - 15) + 5 = 39.2 - 3.424 = 35.776
// P(PHI) = 20 + 0 - 1.07 * 6 / (6 + 20) * (20 - 10) + 8 = 28 - 2.469230769 = 25.530769231
const possessions = (35.776 + 25.530769230769) / 2;

test("offense: possessions, ratings and four factors by their published formulas", async () => {
  await using fixture = await Fixture.open();
  await insertGame(fixture);
  const [bos, phi] = await fixture.compute(teamOffenseGameSummary, DATE);
  expect(bos).toMatchObject({
    team: "BOS",
    opponent: "PHI",
    site: "home",
    win: true,
    margin: 22,
    minutes: 240,
    overtime_periods: 0,
    pts: 42,
    opponent_pts: 20,
    opponent_oreb: 6,
    opponent_dreb: 16,
    possessions_e4: 306534,
    opponent_possessions_e4: 306534,
    // (15 + 2.5) / 31
    efg_pct: 0.564516129,
    // 4 / (4 + 16)
    oreb_rate: 0.2,
    paint_fga: null,
    zones_missing_reason: "no_shots",
  });
  expect(bos!.possessions).toBeCloseTo(possessions, 8);
  expect(bos!.pace).toBeCloseTo(possessions, 8);
  expect(bos!.offensive_rating).toBeCloseTo(4200 / possessions, 7);
  expect(bos!.tov_rate).toBeCloseTo(5 / possessions, 8);
  // 42 / (2 * (31 + 0.44 * 8)) = 42 / 69.04
  expect(bos!.ts_pct).toBeCloseTo(42 / 69.04, 8);
  expect(bos!.ft_rate).toBeCloseTo(8 / 31, 8);
  expect(phi).toMatchObject({ team: "PHI", site: "away", win: false, margin: -22, possessions_e4: 306534 });
});

test("defense mirrors the opponent's offense", async () => {
  await using fixture = await Fixture.open();
  await insertGame(fixture);
  const [bos] = await fixture.compute(teamDefenseGameSummary, DATE);
  expect(bos).toMatchObject({
    team: "BOS",
    points_allowed: 20,
    opponent_fgm: 10,
    opponent_fga: 20,
    turnovers_forced: 8,
    steals: 3,
    blocks: 2,
    oreb: 4,
    dreb: 20,
    opponent_oreb: 6,
    opponent_dreb: 16,
    opponent_efg_pct: 0.5,
    opponent_ts_pct: 0.5,
    opponent_ft_rate: 0,
    // 20 / (20 + 6) and 6 / (6 + 20)
    dreb_rate: 0.769230769,
    opponent_oreb_rate: 0.230769231,
  });
  expect(bos!.defensive_rating).toBeCloseTo(2000 / possessions, 7);
  expect(bos!.opponent_tov_rate).toBeCloseTo(8 / possessions, 8);
});

test("pace of a game with two overtimes is per 48 minutes; unknown minutes leave it unknown", async () => {
  await using overtime = await Fixture.open();
  await insertGame(overtime, { teamBoxes: teamBoxes.map((row) => ({ ...row, minutes: 290 })) });
  const [bos] = await overtime.compute(teamOffenseGameSummary, DATE);
  expect(bos!.overtime_periods).toBe(2);
  expect(bos!.pace).toBeCloseTo((48 * possessions) / 58, 8);
  await using unknown = await Fixture.open();
  await insertGame(unknown, { teamBoxes: teamBoxes.map((row) => ({ ...row, minutes: null })) });
  expect((await unknown.compute(teamOffenseGameSummary, DATE))[0]).toMatchObject({
    pace: null,
    overtime_periods: null,
    pts: 42,
  });
});

test("team attempts outside the players' sum count in possessions only", async () => {
  await using fixture = await Fixture.open();
  await insertGame(fixture, {
    teamBoxes: teamBoxes.map((row) => (row.team === "BOS" ? { ...row, team_fga: 2 } : row)),
  });
  const [bos] = await fixture.compute(teamOffenseGameSummary, DATE);
  // P(BOS) = 33 + 3.2 - 1.07 * 0.2 * (33 - 15) + 5 = 41.2 - 3.852 = 37.348
  expect(bos!.possessions).toBeCloseTo((37.348 + 25.530769230769) / 2, 8);
  expect(bos!.fga).toBe(31);
});

test("zones of shots taken, of shots allowed and of blocks", async () => {
  await using fixture = await Fixture.open();
  await insertGame(fixture);
  await insertShots(
    fixture,
    [
      ["1", "BOS", "paint", 2, true, "2"],
      ["2", "BOS", "paint", 2, false, undefined, "11"],
      ["1", "BOS", "three", 3, true],
      ["11", "PHI", "mid_range", 2, false, undefined, "1"],
      ["11", "PHI", "paint", 2, true],
      ["12", "PHI", "three", 3, false],
    ],
    { home_shots: 31, away_shots: 20 },
  );
  const [offense] = await fixture.compute(teamOffenseGameSummary, DATE);
  expect(offense).toMatchObject({
    paint_fga: 2,
    paint_fgm: 1,
    mid_range_fga: 0,
    three_fga: 1,
    three_fgm: 1,
    points_in_paint: 2,
    zone_method: "official",
  });
  const [bos, phi] = await fixture.compute(teamDefenseGameSummary, DATE);
  expect(bos).toMatchObject({
    opponent_paint_fga: 1,
    opponent_paint_fgm: 1,
    opponent_mid_range_fga: 1,
    opponent_mid_range_fgm: 0,
    opponent_three_fga: 1,
    paint_blocks: 0,
    mid_range_blocks: 1,
    three_blocks: 0,
  });
  expect(phi).toMatchObject({ paint_blocks: 1, mid_range_blocks: 0, opponent_paint_fga: 2 });
});

test("a game with one team's box score missing has no rows", async () => {
  await using fixture = await Fixture.open();
  await insertGame(fixture, { teamBoxes: teamBoxes.slice(0, 1) });
  expect(await fixture.compute(teamOffenseGameSummary, DATE)).toEqual([]);
  expect(await fixture.compute(teamDefenseGameSummary, DATE)).toEqual([]);
});
