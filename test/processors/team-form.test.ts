import { expect, test } from "vitest";
import type { Processor } from "../../src/processors/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { bothTeams, defenseOf, finalOf, fixtureOf, offenseOf } from "./small-league.ts";

const reading = {
  inputs: [
    { view: "fixtures", window: "date" },
    { view: "results", window: "two_seasons" },
    { view: "team_offense", window: "two_seasons" },
    { view: "team_defense", window: "season" },
  ],
  readers: ["target_seasons", "team_fixtures", "team_results", "team_targets", "team_samples", "team_form"],
} as unknown as Processor;

const day = (n: number) => `2023-11-${String(n).padStart(2, "0")}`;

async function read(fixture: Fixture, reader: string, date: string): Promise<Map<unknown, Row>> {
  const rows = await fixture.select(reading, `SELECT * FROM ${reader}`, date);
  return new Map(rows.map(({ game_date: _, team, ...values }) => [team, values]));
}

/** BOS win every game at home: 11 of them, of which the first is out of the last 10 and the sixth has no summary. */
async function elevenGames(): Promise<Fixture> {
  const fixture = await Fixture.open();
  const games = Array.from({ length: 11 }, (_, n) =>
    finalOf(day(n + 1), n === 0 ? "NYK 60 @ BOS 190" : n === 10 ? "NYK 99 @ BOS 119" : "NYK 90 @ BOS 110"),
  );
  await fixture.insert("nba_raw.schedule", [
    ...games,
    fixtureOf(day(20), "NYK @ BOS"),
    fixtureOf(day(21), "MIA @ BOS"),
  ]);
  const summarised = games.filter((game) => game.game_date !== day(6));
  const shooting = { fgm: 40, fga: 80, fg3m: 10, fta: 20, tov: 12, oreb: 10, opponent_dreb: 30 };
  const allowed = {
    opponent_fgm: 36,
    opponent_fga: 90,
    opponent_fg3m: 9,
    opponent_fta: 27,
    turnovers_forced: 15,
    opponent_oreb: 8,
    dreb: 32,
  };
  await fixture.insert(
    "nba_analytics.team_offense_game_summary",
    summarised.flatMap((game) => offenseOf(game, shooting)),
  );
  await fixture.insert(
    "nba_analytics.team_defense_game_summary",
    summarised.flatMap((game) => defenseOf(game, allowed)),
  );
  return fixture;
}

test("the last 10 final games, over those that have summaries", async () => {
  await using fixture = await elevenGames();
  const bos = (await read(fixture, "team_form", day(20))).get("BOS")!;
  expect(bos).toMatchObject({
    // Games 2 .. 11 without the sixth: (8 x 110 + 119) / 900 possessions = 999 / 900.
    offensive_rating_last_10: 111,
    // (8 x 90 + 99) / 900 = 819 / 900
    defensive_rating_last_10: 91,
    net_rating_last_10: 20,
    // 100 possessions in 48 minutes
    pace_last_10: 100,
    // (40 + 5) / 80
    efg_pct_last_10: 0.5625,
    tov_rate_last_10: 0.12,
    // 10 / (10 + 30)
    oreb_rate_last_10: 0.25,
    ft_rate_last_10: 0.25,
    // (36 + 4.5) / 90
    opponent_efg_pct_last_10: 0.45,
    opponent_tov_rate_last_10: 0.15,
    // 8 / (8 + 32)
    opponent_oreb_rate_last_10: 0.2,
    opponent_ft_rate_last_10: 0.3,
  });
});

test("what a row rests on: of the last 15 games those with both summaries", async () => {
  await using fixture = await elevenGames();
  expect((await read(fixture, "team_samples", day(20))).get("BOS")).toEqual({
    window_games_expected: 11,
    window_games_found: 10,
    early_season: false,
    data_quality_tier: "high",
  });
  await fixture.warehouse.execute(
    `DELETE FROM nba_analytics.team_defense_game_summary WHERE game_date = DATE '${day(7)}'`,
  );
  expect((await read(fixture, "team_samples", day(20))).get("BOS")).toMatchObject({ window_games_found: 9 });
  const tiers = [];
  for (const date of [day(1), day(2), day(5), day(6), day(10), day(11)]) {
    const { early_season, data_quality_tier } = (await read(fixture, "team_samples", date)).get("BOS")!;
    tiers.push([early_season, data_quality_tier]);
  }
  // 0, 1, 4, 5, 9 and 10 games before.
  expect(tiers).toEqual([
    [true, "prior"],
    [true, "low"],
    [true, "low"],
    [true, "medium"],
    [true, "medium"],
    [false, "high"],
  ]);
});

test("ratios of sums, not means of ratios", async () => {
  await using fixture = await Fixture.open();
  const games = [finalOf(day(1), "NYK 90 @ BOS 120"), finalOf(day(2), "NYK 90 @ BOS 81")];
  const lastSeason = finalOf("2022-11-01", "NYK 90 @ BOS 190");
  await fixture.insert("nba_raw.schedule", [lastSeason, ...games, fixtureOf(day(3), "NYK @ BOS")]);
  await fixture.insert("nba_analytics.team_offense_game_summary", [
    ...offenseOf(lastSeason),
    ...offenseOf(games[0]!, { fga: 100, fta: 10, minutes: 265 }),
    ...offenseOf(games[1]!, { fga: 50, fta: 20, possessions_e4: 905_000, opponent_possessions_e4: 905_000 }),
  ]);
  expect((await read(fixture, "team_form", day(3))).get("BOS")).toMatchObject({
    // 100 x 201 / 190.5
    offensive_rating_last_10: 105.511811024,
    // 48 x 190.5 / (53 + 48)
    pace_last_10: 90.534653465,
    // 30 / 150
    ft_rate_last_10: 0.2,
    // No defense rows, no attempts with rebounds: unknown.
    defensive_rating_last_10: null,
    net_rating_last_10: null,
    oreb_rate_last_10: null,
    opponent_ft_rate_last_10: null,
  });
});

test("ranks are over all teams with games this season, also those that do not play", async () => {
  await using fixture = await Fixture.open();
  const played = [finalOf(day(1), "NYK 90 @ BOS 110"), finalOf(day(1), "LAL 120 @ DEN 90")];
  const unseen = finalOf(day(1), "UTA 90 @ MIA 91");
  await fixture.insert("nba_raw.schedule", [...played, unseen, fixtureOf(day(3), "NYK @ BOS")]);
  // Everything of NYK, BOS, DEN and LAL grows with n = 1, 2, 3, 3.
  const offense = (n: number) => ({
    pts: 100 + 10 * n,
    minutes: 240,
    possessions_e4: 1_000_000 + n,
    opponent_possessions_e4: 1_000_000 + n,
    fgm: 30 + n,
    fga: 80,
    fta: 20 + n,
    oreb: 10 + n,
    opponent_dreb: 30,
    tov: 10 + n,
  });
  const defense = (n: number) => ({
    points_allowed: 100 + n,
    opponent_possessions_e4: 1_000_000,
    opponent_fgm: 30 + n,
    opponent_fga: 80,
    opponent_fta: 20 + n,
    opponent_oreb: 10 + n,
    dreb: 30,
    turnovers_forced: 10 + n,
  });
  await fixture.insert("nba_analytics.team_offense_game_summary", [
    ...bothTeams(played[0]!, offense(2), offense(1)),
    ...bothTeams(played[1]!, offense(3), offense(3)),
  ]);
  await fixture.insert("nba_analytics.team_defense_game_summary", [
    ...bothTeams(played[0]!, defense(2), defense(1)),
    ...bothTeams(played[1]!, defense(3), defense(3)),
  ]);
  const form = await read(fixture, "team_form", day(3));
  const ranks = (column: string) =>
    ["NYK", "BOS", "DEN", "LAL", "MIA"].map((team) => form.get(team)![`${column}_rank`]);
  // Ties share a rank. MIA have no summary, so no rank.
  for (const column of [
    "offensive_rating",
    "net_rating",
    "pace",
    "efg_pct",
    "oreb_rate",
    "ft_rate",
    "opponent_tov_rate",
  ]) {
    expect([column, ...ranks(column)]).toEqual([column, 4, 3, 1, 1, null]);
  }
  for (const column of [
    "defensive_rating",
    "tov_rate",
    "opponent_efg_pct",
    "opponent_oreb_rate",
    "opponent_ft_rate",
  ]) {
    expect([column, ...ranks(column)]).toEqual([column, 1, 2, 3, 3, null]);
  }
});
