import { expect, test } from "vitest";
import { playerShotZoneAnalysis } from "../../src/processors/precompute/player_shot_zone_analysis/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { datesFrom, listing } from "./player-games.ts";
import { finalOf, fixtureOf } from "./small-league.ts";

const D = "2023-12-20";
const MEETING = finalOf("2023-12-01", "BOS 90 @ MIA 100");

/** Attempts and makes by zone, each such as `3/7`. */
function zones(paint: string, midRange: string, three: string, more: Row = {}): Row {
  const [paint_fgm, paint_fga] = paint.split("/").map(Number) as [number, number];
  const [mid_range_fgm, mid_range_fga] = midRange.split("/").map(Number) as [number, number];
  const [three_fgm, three_fga] = three.split("/").map(Number) as [number, number];
  const counts = { paint_fgm, paint_fga, mid_range_fgm, mid_range_fga, three_fgm, three_fga };
  return { ...counts, zone_method: "official", ...more };
}

/** The rows before DEN - LAL on D by player: neither BOS nor MIA plays. */
async function profiles(schedule: readonly Row[], listings: readonly Row[]): Promise<Map<unknown, Row>> {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [...schedule, fixtureOf(D, "DEN @ LAL")]);
  await fixture.insert("nba_analytics.player_game_summary", listings);
  const rows = await fixture.compute(playerShotZoneAnalysis, D);
  return new Map(rows.map((row) => [row.player_id, row]));
}

/** p's twelve games of November: the last has no zones, the one before tells them from distances alone. */
const november = datesFrom("2023-11-01", 12).map((date) => finalOf(date, "BOS 90 @ MIA 100"));
const twelve = november.map((game, index) => {
  if (index < 2)
    return listing(game, "BOS", "p", zones("4/4", "0/0", "0/0", { assisted_fgm: 1, unassisted_fgm: 3 }));
  if (index < 10) return listing(game, "BOS", "p", zones("1/2", "0/1", "1/2"));
  if (index === 10) return listing(game, "BOS", "p", zones("9/9", "9/9", "9/9", { zone_method: "distance" }));
  return listing(game, "BOS", "p");
});

test("shares and percentages over the games that have zones, of the last 10 and 20 played", async () => {
  const row = (await profiles(november, twelve)).get("p");
  expect(row).toMatchObject({
    team: "BOS",
    // Games 3 .. 10: paint 8/16, mid-range 0/8, three 8/16.
    games_in_sample_last_10: 10,
    games_with_zones_last_10: 8,
    paint_share_last_10: 0.4,
    mid_range_share_last_10: 0.2,
    three_share_last_10: 0.4,
    paint_pct_last_10: 0.5,
    mid_range_pct_last_10: 0,
    three_pct_last_10: 0.5,
    attempts_per_game_last_10: 5,
    assisted_share_last_10: null,
    // And games 1 and 2: paint 16/24, of 48 attempts.
    games_in_sample_last_20: 12,
    games_with_zones_last_20: 10,
    paint_share_last_20: 0.5,
    mid_range_share_last_20: 0.166666667,
    three_share_last_20: 0.333333333,
    paint_pct_last_20: 0.666666667,
    three_pct_last_20: 0.5,
    attempts_per_game_last_20: 4.8,
    assisted_share_last_20: 0.25, // 2 of 8
    primary_scoring_zone: "paint",
    early_season: false,
    data_quality_tier: "high",
    window_games_expected: 12,
    window_games_found: 12,
  });
});

test("a newcomer's estimates are drawn to the league's rates", async () => {
  // The league: paint 22/40, mid-range 10/40, three 8/20; shares 0.4, 0.4, 0.2.
  const rest = listing(november[0]!, "MIA", "q", zones("6/16", "10/32", "0/4"));
  expect((await profiles(november, [...twelve, rest])).get("p")).toMatchObject({
    paint_pct_estimate: 0.566091954, // (16 + 150 x 0.55) / (24 + 150)
    mid_range_pct_estimate: 0.239361702, // (0 + 180 x 0.25) / (8 + 180)
    three_pct_estimate: 0.403846154, // (8 + 400 x 0.4) / (16 + 400)
    paint_share_estimate: 0.490566038, // (24 + 5 x 0.4) / (48 + 5)
    mid_range_share_estimate: 0.188679245, // (8 + 5 x 0.4) / 53
    three_share_estimate: 0.320754717, // (16 + 5 x 0.2) / 53
  });
});

test("the season before is the prior, itself drawn to the league", async () => {
  const old = finalOf("2023-04-01", "BOS 90 @ MIA 100");
  const playoff = finalOf("2023-05-01", "BOS 90 @ MIA 100", { season_type: "playoffs" });
  const past = [
    listing(old, "BOS", "p", zones("30/60", "5/20", "8/20")),
    listing(old, "MIA", "q", zones("10/40", "15/30", "7/30")),
    listing(playoff, "BOS", "p", zones("9/9", "9/9", "9/9")),
  ];
  // The league's last season: paint 40/100, mid-range 20/50, three 15/50; shares 0.5, 0.25, 0.25.
  expect((await profiles([old, playoff], past)).get("p")).toMatchObject({
    games_in_sample_last_20: 0,
    games_with_zones_last_20: 0,
    paint_share_last_20: null,
    primary_scoring_zone: null,
    paint_pct_estimate: 0.428571429, // (30 + 150 x 0.4) / (60 + 150)
    mid_range_pct_estimate: 0.385, // (5 + 180 x 0.4) / (20 + 180)
    three_pct_estimate: 0.304761905, // (8 + 400 x 0.3) / (20 + 400)
    paint_share_estimate: 0.590909091, // (60 + 10 x 0.5) / (100 + 10)
    mid_range_share_estimate: 0.204545455, // (20 + 10 x 0.25) / 110
    three_share_estimate: 0.204545455,
    early_season: true,
    data_quality_tier: "prior",
  });

  // This season's 25/100 in the paint, and the last season's two team-games weighing 150: a factor of 75.
  // League: (25 + 75 x 40) / (100 + 75 x 100) = 3025 / 7600 = 0.398026316
  const rows = await profiles(
    [old, playoff, MEETING],
    [...past, listing(MEETING, "MIA", "r", zones("25/100", "0/0", "0/0"))],
  );
  expect(rows.get("r")).toMatchObject({ paint_pct_estimate: 0.338815789 }); // (25 + 150 x 0.398026316) / 250
  expect(rows.get("p")).toMatchObject({ paint_pct_estimate: 0.427161654 }); // (30 + 150 x 0.398026316) / 210
});

test("attempts of this season weigh against 45 of the prior", async () => {
  const old = finalOf("2023-04-01", "BOS 90 @ MIA 100");
  const rows = await profiles(
    [old, MEETING],
    [
      listing(old, "BOS", "p", zones("0/60", "0/30", "0/10")),
      listing(MEETING, "BOS", "p", zones("0/12", "0/6", "0/2")),
    ],
  );
  // Every rate of every season is 0.6, 0.3, 0.1: so are the estimates, whatever the weights.
  expect(rows.get("p")).toMatchObject({
    paint_share_estimate: 0.6,
    three_share_estimate: 0.1,
    paint_pct_estimate: 0,
  });
  const other = await profiles(
    [old, MEETING],
    [
      listing(old, "BOS", "p", zones("0/50", "0/0", "0/50")),
      listing(MEETING, "BOS", "p", zones("0/10", "0/0", "0/0")),
    ],
  );
  // The league: w = 150; (10 + 150 x 50) / (10 + 150 x 100) = 7510 / 15010 = 0.500333111.
  // Prior (50 + 10 x 0.500333111) / 110 = 0.500030283; (10 + 45 x 0.500030283) / 55 = 0.590933868
  expect(other.get("p")).toMatchObject({ paint_share_estimate: 0.590933868 });
});

test("without zones anywhere there is nothing to estimate from", async () => {
  expect((await profiles([MEETING], [listing(MEETING, "BOS", "p")])).get("p")).toMatchObject({
    games_in_sample_last_20: 1,
    games_with_zones_last_20: 0,
    attempts_per_game_last_20: null,
    primary_scoring_zone: null,
    paint_pct_estimate: null,
    paint_share_estimate: null,
    data_quality_tier: "prior",
  });
});

test.each([
  ["0/45", "0/10", "0/45", "paint"],
  ["0/10", "0/45", "0/45", "three"],
  ["0/44", "0/12", "0/44", "balanced"],
  ["0/20", "0/60", "0/20", "mid_range"],
  ["0/0", "0/0", "0/0", null],
])("primary zone of %s, %s, %s: %s", async (paint, midRange, three, zone) => {
  const row = (await profiles([MEETING], [listing(MEETING, "BOS", "p", zones(paint, midRange, three))])).get(
    "p",
  );
  expect(row).toMatchObject({
    primary_scoring_zone: zone,
    games_with_zones_last_20: 1,
    data_quality_tier: "low",
  });
});

test("the window runs from the oldest of his last 20 games, holes counted", async () => {
  const games = datesFrom("2023-11-01", 22).map((date) => finalOf(date, "BOS 90 @ MIA 100"));
  // Game 10 has no rows. He played the other 21: the last 20 begin with game 2.
  const row = (
    await profiles(
      games,
      games.filter((_, index) => index !== 9).map((game) => listing(game, "BOS", "p")),
    )
  ).get("p");
  expect(row).toMatchObject({
    games_in_sample_last_20: 20,
    window_games_expected: 21,
    window_games_found: 20,
  });
});

test("a roster may name a team of which no game is known yet", async () => {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [fixtureOf(D, "DEN @ LAL")]);
  const seen = { team: "BOS", player_id: "q", as_of_date: "2023-12-18", as_of_at: "2023-12-18T12:00:00Z" };
  await fixture.insert("nba_raw.rosters", [seen]);
  expect(await fixture.compute(playerShotZoneAnalysis, D)).toMatchObject([
    {
      team: "BOS",
      player_id: "q",
      window_games_expected: 0,
      window_games_found: 0,
      data_quality_tier: "prior",
    },
  ]);
});
