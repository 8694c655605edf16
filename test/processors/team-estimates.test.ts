import { expect, test } from "vitest";
import type { Processor } from "../../src/processors/processor.ts";
import { Fixture } from "../fixture.ts";
import { finalOf, fixtureOf, offenseOf } from "./small-league.ts";

const reading = {
  inputs: [
    { view: "fixtures", window: "date" },
    { view: "results", window: "two_seasons" },
    { view: "team_offense", window: "two_seasons" },
  ],
  readers: ["target_seasons", "team_fixtures", "team_results", "team_targets", "shrinkage", "team_estimates"],
} as unknown as Processor;

async function estimates(fixture: Fixture, date: string) {
  const found = await fixture.select(reading, "SELECT * FROM team_estimates", date);
  return new Map(found.map(({ game_date: _, team, ...estimate }) => [team, estimate]));
}

const unknown = {
  offensive_rating_estimate: null,
  defensive_rating_estimate: null,
  net_rating_estimate: null,
  pace_estimate: null,
  league_pace: null,
};

test("the first date of the data: nothing is known", async () => {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [finalOf("2022-11-01", "BOS 90 @ NYK 110")]);
  expect(await estimates(fixture, "2022-11-01")).toEqual(
    new Map([
      ["BOS", unknown],
      ["NYK", unknown],
    ]),
  );
});

test("this season's games are drawn to the season before, and that to the league", async () => {
  await using fixture = await Fixture.open();
  const before = finalOf("2022-11-01", "BOS 90 @ NYK 110");
  const playoffs = finalOf("2023-06-01", "BOS 200 @ NYK 50", { season_type: "playoffs" });
  const opening = finalOf("2023-10-24", "NYK 100 @ BOS 120");
  const tonight = finalOf("2023-10-26", "BOS 150 @ MIA 150");
  await fixture.insert("nba_raw.schedule", [before, playoffs, opening, tonight]);
  await fixture.insert("nba_analytics.team_offense_game_summary", [
    // One overtime: 265 minutes of the team are 53 of the game.
    ...offenseOf(before, { minutes: 265 }),
    ...offenseOf(playoffs),
    ...offenseOf(opening),
    ...offenseOf(tonight),
  ]);
  // League, offense and defense alike, w = 150 / 2 team-games:
  //   (100 x 220 + 75 x 100 x 200) / (200 + 75 x 200) = 1,522,000 / 15,200 = 100.131578947
  // Pace: (2 x 48 x 100 + 75 x 2 x 48 x 100) / (2 x 48 + 75 x 2 x 53) = 729,600 / 8,046 = 90.678598061
  const of = await estimates(fixture, "2023-10-26");
  expect(of.get("MIA")).toEqual({
    // No game and no season before: the league.
    offensive_rating_estimate: 100.131578947,
    defensive_rating_estimate: 100.131578947,
    net_rating_estimate: 0,
    pace_estimate: 90.678598061,
    league_pace: 90.678598061,
  });
  expect(of.get("BOS")).toEqual({
    // prior (100 x 90 + 8200 L) / 8300 = 100.009511731; (100 x 120 + 1200 prior) / 1300 = 101.547241598
    offensive_rating_estimate: 101.547241598,
    // prior (100 x 110 + 8200 L) / 8300 = 100.250475587; (100 x 100 + 1500 prior) / 1600 = 100.234820862
    defensive_rating_estimate: 100.234820862,
    net_rating_estimate: 1.312420736,
    // prior (4800 + 3936 L) / (53 + 3936) = 90.677102524; (4800 + 384 prior) / (48 + 384) = 91.712980021
    pace_estimate: 91.712980021,
    league_pace: 90.678598061,
  });
});

test("the window is the last 15 final games; a game without summary takes its place in it", async () => {
  await using fixture = await Fixture.open();
  const games = Array.from({ length: 16 }, (_, n) =>
    finalOf(`2023-11-${String(n + 1).padStart(2, "0")}`, n === 0 ? "NYK 100 @ BOS 200" : "NYK 100 @ BOS 100"),
  );
  await fixture.insert("nba_raw.schedule", [...games, fixtureOf("2023-11-20", "NYK @ BOS")]);
  await fixture.insert(
    "nba_analytics.team_offense_game_summary",
    games.flatMap((game) => offenseOf(game)),
  );
  // No season before: L = 100 x (1700 + 1600) / 3200 = 103.125, and
  // (100 x 1500 + 1200 L) / (1500 + 1200) = 273,750 / 2700 = 101.388888889
  expect((await estimates(fixture, "2023-11-20")).get("BOS")!.offensive_rating_estimate).toBe(101.388888889);
  await fixture.warehouse.execute(
    "DELETE FROM nba_analytics.team_offense_game_summary WHERE game_date = DATE '2023-11-10'",
  );
  // L = 100 x 3100 / 3000 = 103.333333333, (100 x 1400 + 1200 L) / (1400 + 1200) = 264,000 / 2600 = 101.538461538
  expect((await estimates(fixture, "2023-11-20")).get("BOS")!.offensive_rating_estimate).toBe(101.538461538);
});

test("a game of unknown minutes counts for ratings and not for pace", async () => {
  await using fixture = await Fixture.open();
  const games = [finalOf("2023-11-01", "NYK 100 @ BOS 110"), finalOf("2023-11-02", "NYK 100 @ BOS 120")];
  await fixture.insert("nba_raw.schedule", [...games, fixtureOf("2023-11-20", "NYK @ BOS")]);
  await fixture.insert("nba_analytics.team_offense_game_summary", [
    ...offenseOf(games[0]!),
    ...offenseOf(games[1]!, { minutes: null, possessions_e4: 900_000, opponent_possessions_e4: 900_000 }),
  ]);
  // L = 100 x 430 / 380 = 113.157894737, (100 x 230 + 1200 L) / (190 + 1200) = 114.237031427
  const bos = (await estimates(fixture, "2023-11-20")).get("BOS")!;
  expect(bos.offensive_rating_estimate).toBe(114.237031427);
  expect(bos.pace_estimate).toBe(100);
  expect(bos.league_pace).toBe(100);
});
