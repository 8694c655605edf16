import { expect, test } from "vitest";
import { upcomingPlayerGameContext } from "../../src/processors/analytics/upcoming_player_game_context/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { listing } from "./player-games.ts";
import { finalOf, fixtureOf } from "./small-league.ts";

const D = "2023-12-20";
const bos = (date: string, more: Row = {}) => finalOf(date, "BOS 90 @ MIA 100", more);

/** p's row before BOS - NYK on D, after these games and the player rows of them. */
async function rowOf(games: readonly Row[], listings: readonly Row[], date = D): Promise<Row> {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [...games, fixtureOf(date, "NYK @ BOS")]);
  await fixture.insert("nba_analytics.player_game_summary", listings);
  const rows = await fixture.compute(upcomingPlayerGameContext, date);
  return rows.find((row) => row.player_id === "p")!;
}

/** Games of BOS in which p plays for so many seconds (null: his team's row is there, he is not listed). */
async function afterGames(seconds: Readonly<Record<string, number | null>>): Promise<Row> {
  const games = Object.keys(seconds).map((date) => bos(date));
  const listings = games.flatMap((game) => {
    const played = seconds[game.game_date as string]!;
    const others = listing(game, "BOS", "q");
    return played === null ? [others] : [others, listing(game, "BOS", "p", { seconds: played })];
  });
  return rowOf(games, listings);
}

test("rest and load from the games he played", async () => {
  const row = await afterGames({
    "2023-12-05": 600, // D-15
    "2023-12-06": 1200, // D-14
    "2023-12-07": 1210, // D-13, the day after
    "2023-12-12": 1200, // D-8
    "2023-12-13": 1800, // D-7, the day after
    "2023-12-16": 1810, // D-4
    "2023-12-17": 1500, // D-3, the day after
    "2023-12-18": null,
  });
  expect(row).toMatchObject({
    days_rest: 2, // 20 - 17 - 1
    games_last_7: 3, // 13, 16, 17
    minutes_last_7: 85.166666667, // (1800 + 1810 + 1500) / 60
    games_last_14: 6, // all but the 5th
    minutes_last_14: 145.333333333, // 5110 / 60 and (1200 + 1210 + 1200) / 60
    back_to_backs_last_14: 3, // 6-7, 12-13, 16-17; 5-6 begins too early
    minutes_last_game: 25,
    team_games_missed: 1, // the 18th
    games_in_sample: 7,
    games_with_team: 7,
    window_games_expected: 8,
    window_games_found: 8,
    early_season: false,
    data_quality_tier: "medium",
  });
});

test("the day before is no rest", async () => {
  expect(await afterGames({ "2023-12-19": 1200 })).toMatchObject({ days_rest: 0, back_to_backs_last_14: 0 });
});

test("a listed game that he did not play is no load", async () => {
  const games = [bos("2023-12-15"), bos("2023-12-18")];
  const row = await rowOf(games, [
    listing(games[0]!, "BOS", "p"),
    listing(games[1]!, "BOS", "p", { played: false }),
  ]);
  expect(row).toMatchObject({ days_rest: 4, games_last_7: 1, minutes_last_game: 20, team_games_missed: 1 });
});

test("before his first game this season there is no rest, and no load", async () => {
  const [old, game] = [
    finalOf("2023-06-01", "BOS 90 @ MIA 100", { season_type: "playoffs" }),
    bos("2023-12-18"),
  ];
  const row = await rowOf(
    [old, game],
    [listing(old, "BOS", "p"), listing(game, "BOS", "p", { played: false })],
  );
  expect(row).toMatchObject({
    days_rest: null,
    games_last_7: 0,
    minutes_last_7: 0,
    games_last_14: 0,
    back_to_backs_last_14: 0,
    minutes_last_game: null,
    started_last_game: null,
    team_games_missed: null,
    games_in_sample: 0,
    games_with_team: 0,
    data_quality_tier: "prior",
    window_games_expected: 1,
    window_games_found: 1,
  });
});

test("a game of D itself is not read", async () => {
  const [game, tonight] = [bos("2023-12-18"), finalOf(D, "NYK 90 @ BOS 91")];
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [game, tonight]);
  await fixture.insert("nba_analytics.player_game_summary", [
    listing(game, "BOS", "p"),
    listing(tonight, "BOS", "p"),
  ]);
  const [row] = await fixture.compute(upcomingPlayerGameContext, D);
  expect(row).toMatchObject({ player_id: "p", days_rest: 1, games_in_sample: 1, games_last_7: 1 });
});

test("after a trade: his games anywhere are load, games missed are the new team's", async () => {
  const games = [
    bos("2023-12-01"),
    finalOf("2023-12-10", "NYK 90 @ UTA 100"),
    finalOf("2023-12-15", "NYK 90 @ UTA 100"),
    bos("2023-12-14"),
    bos("2023-12-16"),
    bos("2023-12-18"),
  ];
  const row = await rowOf(games, [
    listing(games[0]!, "BOS", "p"),
    listing(games[1]!, "UTA", "p"),
    listing(games[2]!, "UTA", "p"),
    listing(games[3]!, "BOS", "q"),
    listing(games[4]!, "BOS", "q"),
    listing(games[5]!, "BOS", "p", { played: false }),
  ]);
  expect(row).toMatchObject({
    team: "BOS",
    days_rest: 4,
    games_last_7: 1,
    games_in_sample: 3,
    games_with_team: 1,
    team_games_missed: 2, // the 16th and the 18th; the 14th came before his last game
    window_games_expected: 4, // BOS's from 2023-12-01 on
  });
});

test("a hole never reads as rest", async () => {
  // The 7th is D-13, inside 14 days only; he played before and after it.
  const games = [bos("2023-12-05"), bos("2023-12-07"), bos("2023-12-16")];
  const played = (...numbers: number[]) => numbers.map((number) => listing(games[number]!, "BOS", "p"));
  expect(await rowOf(games, played(0, 2))).toMatchObject({
    days_rest: 3,
    games_last_7: 1,
    minutes_last_7: 20,
    games_last_14: null,
    minutes_last_14: null,
    back_to_backs_last_14: null,
    minutes_last_game: 20,
    team_games_missed: 0,
    games_in_sample: 2,
    window_games_expected: 3,
    window_games_found: 2,
  });
  // The 16th is inside 7 days, and since his last game.
  expect(
    await rowOf(
      games,
      [0, 1].map((number) => listing(games[number]!, "BOS", "p", { starter: true })),
    ),
  ).toMatchObject({
    days_rest: null,
    games_last_7: null,
    minutes_last_7: null,
    games_last_14: null,
    minutes_last_14: null,
    back_to_backs_last_14: null,
    minutes_last_game: null,
    started_last_game: null,
    team_games_missed: null,
    points_mean_season: 0,
    window_games_expected: 3,
    window_games_found: 2,
  });
});
