import { expect, test } from "vitest";
import { playerCompositeFactors } from "../../src/processors/precompute/player_composite_factors/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";

const D = "2023-12-20";

/** Fresh, and with nothing that would move any score. */
const still: Row = {
  days_rest: 1,
  games_last_7: 3,
  minutes_last_7: 90,
  back_to_backs_last_14: 0,
  games_in_sample: 20,
  pace_differential: 0,
  usage_rate_last_5: 0.2,
  usage_rate_season: 0.2,
};

/** The factors of p of BOS against NYK, whose defence and whose own zones are as told. */
async function factors(
  context: Row,
  { shares, defence }: { shares?: readonly number[]; defence?: readonly number[] } = {},
): Promise<Row> {
  await using fixture = await Fixture.open();
  const key = { game_id: "g", game_date: D, player_id: "p" };
  await fixture.insert("nba_analytics.upcoming_player_game_context", [
    { ...key, team: "BOS", opponent: "NYK", data_quality_tier: "high", ...still, ...context },
  ]);
  const [paint, midRange, three] = shares ?? [0.5, 0.2, 0.3];
  await fixture.insert("nba_precompute.player_shot_zone_analysis", [
    {
      game_date: D,
      player_id: "p",
      paint_share_estimate: paint!,
      mid_range_share_estimate: midRange!,
      three_share_estimate: three!,
    },
  ]);
  const [versusPaint, versusMidRange, versusThree] = defence ?? [0, 0, 0];
  await fixture.insert("nba_precompute.team_defense_zone_analysis", [
    {
      game_date: D,
      team: "NYK",
      paint_vs_league: versusPaint!,
      mid_range_vs_league: versusMidRange!,
      three_vs_league: versusThree!,
    },
    // His own team's defence is not what he meets.
    { game_date: D, team: "BOS", paint_vs_league: 1, mid_range_vs_league: 1, three_vs_league: 1 },
  ]);
  const rows = await fixture.compute(playerCompositeFactors, D);
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

test("nothing moves: fresh, and no adjustment", async () => {
  expect(await factors({})).toMatchObject({
    team: "BOS",
    opponent: "NYK",
    fatigue_score: 100,
    shot_zone_mismatch_score: 0,
    pace_score: 0,
    usage_spike_score: 0,
    total_composite_adjustment: 0,
    data_quality_tier: "high",
  });
});

test.each<[string, Row, number]>([
  ["no rest", { days_rest: 0 }, 85],
  ["3 days of rest make up for other load", { days_rest: 3, games_last_7: 4 }, 95],
  ["2 days do not", { days_rest: 2, games_last_7: 4 }, 90],
  ["no more than fresh", { days_rest: 3 }, 100],
  ["140 minutes in 7 days", { games_last_7: 4, minutes_last_7: 140 }, 80],
  ["a little less", { games_last_7: 4, minutes_last_7: 139.99 }, 90],
  ["35 minutes a game", { games_last_7: 3, minutes_last_7: 105 }, 100],
  ["more than 35 minutes a game", { games_last_7: 3, minutes_last_7: 105.1 }, 92],
  ["one back-to-back", { back_to_backs_last_14: 1 }, 95],
  ["two", { back_to_backs_last_14: 2 }, 88],
  ["three", { back_to_backs_last_14: 3 }, 88],
  ["29 years old", { age_years: 29 }, 100],
  ["30", { age_years: 30 }, 95],
  ["35", { age_years: 35 }, 90],
  [
    "no game yet: nothing to be tired of",
    { games_in_sample: 0, days_rest: null, games_last_7: 0, minutes_last_7: 0 },
    100,
  ],
  // -15 - 10 - 10 - 8 - 12 - 10
  [
    "everything at once",
    { days_rest: 0, games_last_7: 4, minutes_last_7: 150, back_to_backs_last_14: 2, age_years: 36 },
    35,
  ],
])("fatigue: %s", async (_, context, score) => {
  expect(await factors(context)).toMatchObject({ fatigue_score: score });
});

test("a hole in the last 14 days or since his last game leaves fatigue unknown, and the total with it", async () => {
  const unknown = { fatigue_score: null, pace_score: 1, total_composite_adjustment: null };
  expect(await factors({ back_to_backs_last_14: null, pace_differential: 2 })).toMatchObject(unknown);
  expect(await factors({ days_rest: null, pace_differential: 2 })).toMatchObject(unknown);
});

test("mismatch in points of effective field-goal percentage, a three counting one and a half", async () => {
  // 100 x (0.5 x 0.02 + 0.2 x -0.01 + 0.3 x 0.04 x 1.5) = 1 - 0.2 + 1.8
  expect(await factors({}, { defence: [0.02, -0.01, 0.04] })).toMatchObject({
    shot_zone_mismatch_score: 2.6,
    total_composite_adjustment: 2.6,
  });
  // 100 x 0.15 x 1 = 15, and its negative: clamped.
  expect(await factors({}, { shares: [1, 0, 0], defence: [0.15, 0, 0] })).toMatchObject({
    shot_zone_mismatch_score: 10,
  });
  expect(await factors({}, { shares: [1, 0, 0], defence: [-0.15, 0, 0] })).toMatchObject({
    shot_zone_mismatch_score: -10,
  });
});

test("pace is half the difference, within 3", async () => {
  expect(await factors({ pace_differential: -3 })).toMatchObject({ pace_score: -1.5 });
  expect(await factors({ pace_differential: 7 })).toMatchObject({ pace_score: 3 });
  expect(await factors({ pace_differential: -7 })).toMatchObject({ pace_score: -3 });
  expect(await factors({ pace_differential: null })).toMatchObject({
    pace_score: null,
    total_composite_adjustment: null,
  });
});

test.each<[string, Row, number | null]>([
  ["more than usual", { usage_rate_last_5: 0.25 }, 1.5],
  ["less", { usage_rate_last_5: 0.15, star_teammates_out: 2 }, -1.5],
  ["one star out", { usage_rate_last_5: 0.25, star_teammates_out: 1 }, 1.725],
  ["two stars out", { usage_rate_last_5: 0.25, star_teammates_out: 2 }, 1.95],
  ["no star out", { usage_rate_last_5: 0.25, star_teammates_out: 0 }, 1.5],
  // 30 x 0.09 x 1.3 = 3.51
  ["at most 3", { usage_rate_last_5: 0.29, star_teammates_out: 2 }, 3],
  ["at least -3", { usage_rate_last_5: 0.05 }, -3],
  ["unknown", { usage_rate_season: null }, null],
])("usage spike: %s", async (_, context, score) => {
  expect(await factors(context)).toMatchObject({ usage_spike_score: score });
});

test("the total is the index of all four", async () => {
  // (85 - 100) / 20 + 2.6 - 1.5 + 1.5
  expect(
    await factors(
      { days_rest: 0, pace_differential: -3, usage_rate_last_5: 0.25 },
      { defence: [0.02, -0.01, 0.04] },
    ),
  ).toMatchObject({ total_composite_adjustment: 1.85 });
});
