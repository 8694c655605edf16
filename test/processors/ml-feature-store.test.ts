import { expect, test } from "vitest";
import { FEATURES } from "../../src/processors/precompute/ml_feature_store/features.ts";
import { mlFeatureStore } from "../../src/processors/precompute/ml_feature_store/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { datesFrom, listing } from "./player-games.ts";
import { finalOf, fixtureOf } from "./small-league.ts";

const D = "2023-12-20";
const GAME = `${D} NYK @ BOS`;

interface Parts {
  readonly context?: Row;
  readonly team?: Row;
  readonly own?: Row;
  readonly opponent?: Row;
  readonly profile?: Row;
  readonly factors?: Row;
  /** Statistics of p's games this season, the oldest first. */
  readonly games?: readonly Row[];
  /** Points of his games of last season. */
  readonly lastSeason?: readonly number[];
}

/** The features of p of BOS before NYK @ BOS. */
async function featuresOf(parts: Parts): Promise<Row> {
  await using fixture = await Fixture.open();
  const games = parts.games ?? [];
  const finals = datesFrom("2023-11-01", games.length).map((date) => finalOf(date, "BOS 90 @ MIA 100"));
  const old = datesFrom("2023-01-01", (parts.lastSeason ?? []).length).map((date) =>
    finalOf(date, "BOS 90 @ MIA 100"),
  );
  await fixture.insert("nba_raw.schedule", [...old, ...finals, fixtureOf(D, "NYK @ BOS")]);
  await fixture.insert("nba_analytics.player_game_summary", [
    ...old.map((game, index) => listing(game, "BOS", "p", { pts: parts.lastSeason![index]! })),
    ...finals.map((game, index) => listing(game, "BOS", "p", games[index]!)),
    // What he does tonight is not among his features.
    listing(finalOf(D, "NYK 90 @ BOS 100"), "BOS", "p", { pts: 99, over_under_result: "over" }),
  ]);
  const key = { game_id: GAME, game_date: D, season_year: 2023, season_type: "regular" };
  const player = { ...key, player_id: "p", team: "BOS", opponent: "NYK" };
  await fixture.insert("nba_analytics.upcoming_player_game_context", [
    {
      ...player,
      games_in_sample: games.filter((more) => more.played !== false).length,
      data_quality_tier: "high",
      ...parts.context,
    },
  ]);
  await fixture.insert("nba_analytics.upcoming_team_game_context", [
    { ...key, team: "BOS", site: "home", ...parts.team },
    { ...key, team: "NYK", site: "away", total: 1, spread: 1 },
  ]);
  await fixture.insert("nba_precompute.team_defense_zone_analysis", [
    { game_date: D, team: "BOS", ...parts.own },
    { game_date: D, team: "NYK", ...parts.opponent },
  ]);
  await fixture.insert("nba_precompute.player_shot_zone_analysis", [
    { game_date: D, player_id: "p", ...parts.profile },
  ]);
  await fixture.insert("nba_precompute.player_composite_factors", [{ ...player, ...parts.factors }]);
  const rows = await fixture.compute(mlFeatureStore, D);
  expect(rows).toHaveLength(1);
  return rows[0]!;
}

const scored = (...points: number[]) => ({ games: points.map((pts) => ({ pts })) });

test("points of the last 3, and their trend against games 4 to 10", async () => {
  // 11 games; the last 3 are 20, 22, 24; the 7 before them sum to 84.
  const row = await featuresOf(scored(99, 12, 12, 12, 12, 12, 12, 12, 20, 22, 24));
  expect(row).toMatchObject({ points_mean_last_3: 22, recent_trend: 10, played_games_season: 11 });
  // 6 games: 3 against 3. 5 are too few.
  expect(await featuresOf(scored(10, 10, 13, 12, 12, 12))).toMatchObject({ recent_trend: 1 });
  expect(await featuresOf(scored(10, 13, 12, 12, 12))).toMatchObject({ recent_trend: null });
  expect(await featuresOf(scored(4, 8))).toMatchObject({ points_mean_last_3: 6 });
});

test("minutes: change, deviation, points per minute", async () => {
  const seconds = (...all: number[]) => ({ games: all.map((each) => ({ seconds: each, pts: 10 })) });
  // Last 5: 1800; season 1500 a game; 1800 / 1500 - 1. Variance of 5 x 1200 and 5 x 1800: 300^2 x 10 / 9.
  expect(await featuresOf(seconds(1200, 1200, 1200, 1200, 1200, 1800, 1800, 1800, 1800, 1800))).toMatchObject(
    {
      minutes_change: 0.2,
      minutes_sd_last_10: 5.270462767, // 316.2277660 / 60
      points_per_minute_last_10: 0.4, // 100 / 250
    },
  );
  expect(await featuresOf(seconds(1200, 1800))).toMatchObject({
    minutes_change: null,
    minutes_sd_last_10: null,
  });
  expect(await featuresOf(seconds(0, 0, 0))).toMatchObject({
    minutes_change: null,
    minutes_sd_last_10: 0,
    points_per_minute_last_10: null,
  });
});

test("shooting over the last 10", async () => {
  const made = { pts: 10, ftm: 3, fga: 8, fg3a: 2 };
  expect(await featuresOf({ games: [{ pts: 99, ftm: 9, fga: 99 }, ...Array(10).fill(made)] })).toMatchObject({
    free_throw_points_share_last_10: 0.3,
    field_goal_attempts_mean_last_10: 8,
    three_point_attempt_rate_last_10: 0.25,
  });
  expect(await featuresOf({ games: [made, made] })).toMatchObject({ free_throw_points_share_last_10: null });
  expect(await featuresOf({ games: [{}, {}, {}] })).toMatchObject({
    free_throw_points_share_last_10: null,
    field_goal_attempts_mean_last_10: 0,
    three_point_attempt_rate_last_10: null,
  });
});

test("last 5 against the season, in its deviations, of at least 6", async () => {
  // 4, 10, 10, 10, 10, 10: mean 9, last 5 10; variance (6 x 516 - 54^2) / 30 = 6.
  expect(await featuresOf(scored(4, 10, 10, 10, 10, 10))).toMatchObject({ points_z_last_5: 0.40824829 });
  expect(await featuresOf(scored(4, 10, 10, 10, 10))).toMatchObject({ points_z_last_5: null });
  expect(await featuresOf(scored(10, 10, 10, 10, 10, 10))).toMatchObject({ points_z_last_5: null });
});

test.each([
  { points: [30, 5, 5], streak: 2 },
  { points: [5, 30], streak: 0 },
  // The season mean is 10: a game of 10 is not below it.
  { points: [14, 10, 6], streak: 1 },
  { points: [10, 10], streak: 0 },
  { points: [], streak: null },
])("games below the season mean: $points: $streak", async ({ points, streak }) => {
  expect(await featuresOf(scored(...points))).toMatchObject({ games_below_season_mean_streak: streak });
});

test("overs among the newest 10 games that were over or under, of at least 5", async () => {
  const results = (text: string) => ({
    games: [...text].map((letter) => ({
      over_under_result: { o: "over", u: "under", p: "push" }[letter] ?? null,
    })),
  });
  expect(await featuresOf(results("oouuo"))).toMatchObject({ over_rate_last_10: 0.6 });
  expect(await featuresOf(results("oouup-"))).toMatchObject({ over_rate_last_10: null });
  // The newest 10 decided leave out the first three.
  expect(await featuresOf(results("ooouuu-uuppoouuu"))).toMatchObject({ over_rate_last_10: 0.2 });
});

test("points drawn to the season before, if he played 10 games of it", async () => {
  // (3 x 10 + 3 x 20) / (3 + 3)
  expect(await featuresOf({ ...scored(10, 10, 10), lastSeason: Array(10).fill(20) })).toMatchObject({
    points_estimate: 15,
  });
  expect(await featuresOf({ ...scored(10, 10, 10), lastSeason: Array(9).fill(20) })).toMatchObject({
    points_estimate: 10,
  });
  expect(await featuresOf({ lastSeason: Array(10).fill(20) })).toMatchObject({ points_estimate: 20 });
  expect(await featuresOf({})).toMatchObject({ points_estimate: null });
  // Of 12 games the newest 10: (120 + 3 x 25) / 13
  expect(
    await featuresOf({ ...scored(90, 90, ...Array(10).fill(12)), lastSeason: Array(20).fill(25) }),
  ).toMatchObject({ points_estimate: 15 });
});

test("what the other tables say, each from its own side", async () => {
  const context = {
    points_mean_season: 18.5,
    points_line: 20.5,
    points_line_opening: 19.5,
    opponent_ft_rate_allowed_last_10: 0.22,
    days_rest: 1,
  };
  const row = await featuresOf({
    context,
    team: {
      is_back_to_back: true,
      rest_advantage: -1,
      win_pct: 0.75,
      offensive_rating_estimate: 118,
      spread: -6.5,
      total: 231.5,
      implied_team_total: 119,
    },
    own: { pace_estimate: 99, defensive_rating_estimate: 1, three_share_allowed_estimate: 1 },
    opponent: { pace_estimate: 101, defensive_rating_estimate: 112, three_share_allowed_estimate: 0.41 },
    profile: { paint_share_estimate: 0.5, mid_range_share_estimate: 0.2, three_share_estimate: 0.3 },
    factors: { fatigue_score: 85, pace_score: 1, usage_spike_score: -1, shot_zone_mismatch_score: 2 },
  });
  expect(row).toMatchObject({
    points_line: 20.5,
    points_line_opening: 19.5,
    points_line_minus_season_mean: 2,
    has_points_line: true,
    opponent_ft_rate_allowed: 0.22,
    days_rest: 1,
    is_home: true,
    is_neutral_site: false,
    is_postseason: false,
    is_back_to_back: true,
    rest_advantage: -1,
    team_win_pct: 0.75,
    team_offensive_rating: 118,
    spread: -6.5,
    spread_magnitude: 6.5,
    game_total: 231.5,
    implied_team_total: 119,
    team_pace: 99,
    opponent_pace: 101,
    opponent_defensive_rating: 112,
    opponent_three_share_allowed: 0.41,
    paint_share: 0.5,
    mid_range_share: 0.2,
    three_share: 0.3,
    fatigue_score: 85,
    pace_score: 1,
    usage_spike_score: -1,
    shot_zone_mismatch_score: 2,
  });
});

test("sites and postseason", async () => {
  expect(await featuresOf({ team: { site: "neutral" } })).toMatchObject({
    is_home: false,
    is_neutral_site: true,
  });
  for (const season_type of ["play_in", "playoffs"]) {
    expect(await featuresOf({ context: { season_type } })).toMatchObject({ is_postseason: true });
  }
  expect(await featuresOf({ context: { season_type: "cup_final" } })).toMatchObject({
    is_postseason: false,
    has_points_line: false,
  });
});

// Every required feature that another table gives, present; the games give the others.
const complete: Parts = {
  games: Array(6).fill({ pts: 10, fga: 8 }),
  context: Object.fromEntries(
    FEATURES.filter((feature) => feature.required && feature.source === "upcoming_player_game_context").map(
      ({ name }) => [name === "opponent_ft_rate_allowed" ? "opponent_ft_rate_allowed_last_10" : name, 1],
    ),
  ),
  team: { offensive_rating_estimate: 118 },
  own: { pace_estimate: 99 },
  opponent: { pace_estimate: 101, defensive_rating_estimate: 112 },
  factors: { fatigue_score: 85, pace_score: 1, usage_spike_score: -1 },
};

test("ready for training with every required feature, whatever optional ones lack", async () => {
  expect(await featuresOf(complete)).toMatchObject({
    feature_quality_score: 100,
    is_training_ready: true,
    recent_trend: 0,
    spread: null,
  });
  expect(
    await featuresOf({ ...complete, context: { ...complete.context, data_quality_tier: "prior" } }),
  ).toMatchObject({ feature_quality_score: 100, is_training_ready: false });
  // 34 of 35.
  expect(await featuresOf({ ...complete, opponent: { pace_estimate: 101 } })).toMatchObject({
    feature_quality_score: 97.142857143,
    is_training_ready: false,
  });
});

test("a game he was listed for and did not play is none of his games", async () => {
  const row = await featuresOf({ games: [{ pts: 10 }, { pts: 20 }, { played: false }] });
  expect(row).toMatchObject({ played_games_season: 2, points_mean_last_3: 15 });
});
