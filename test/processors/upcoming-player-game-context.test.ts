import { expect, test } from "vitest";
import { upcomingPlayerGameContext } from "../../src/processors/analytics/upcoming_player_game_context/processor.ts";
import { readSql } from "../../src/statements/statement.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { datesFrom, listing } from "./player-games.ts";
import { defenseOf, finalOf, fixtureOf, offenseOf } from "./small-league.ts";

// The readers that make the parts have tests of their own: player-load, points-lines, injuries, roster.

const D = "2023-12-20";

interface World {
  readonly schedule?: readonly Row[];
  readonly listings: readonly Row[];
  readonly tables?: Readonly<Record<string, readonly Row[]>>;
}

/** The rows before BOS - NYK on D by player. */
async function rowsOf({ schedule = [], listings, tables = {} }: World): Promise<Map<unknown, Row>> {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [...schedule, fixtureOf(D, "NYK @ BOS")]);
  await fixture.insert("nba_analytics.player_game_summary", listings);
  for (const [table, rows] of Object.entries(tables)) await fixture.insert(table, rows);
  const rows = await fixture.compute(upcomingPlayerGameContext, D);
  return new Map(rows.map((row) => [row.player_id, row]));
}

/** That many games of BOS, every other day from 2023-11-01. */
const gamesOf = (count: number) =>
  datesFrom("2023-11-01", count, 2).map((date) => finalOf(date, "BOS 90 @ MIA 100"));

/** p's row after games with these statistics. */
async function after(...statistics: readonly Row[]): Promise<Row> {
  const games = gamesOf(statistics.length);
  const listings = statistics.map((more, index) => listing(games[index]!, "BOS", "p", more));
  return (await rowsOf({ schedule: games, listings })).get("p")!;
}

test("means over the newest 5, 10 and all games", async () => {
  // Points 1 .. 12, seconds 1210, 1220, .., 1320.
  const row = await after(
    ...Array.from({ length: 12 }, (_, index) => ({ pts: index + 1, seconds: 1210 + 10 * index })),
  );
  expect(row).toMatchObject({
    games_in_sample: 12,
    games_in_sample_last_5: 5,
    games_in_sample_last_10: 10,
    points_mean_last_5: 10, // 8 .. 12
    points_mean_last_10: 7.5, // 3 .. 12
    points_mean_season: 6.5,
    minutes_mean_last_5: 21.666666667, // 1300 / 60
    minutes_mean_last_10: 21.25, // 1275 / 60
    minutes_mean_season: 21.083333333, // 1265 / 60
    // Variance of ten numbers one apart: (10^2 - 1) / 12 x 10 / 9 = 9.1666..
    points_sd_last_10: 3.027650354,
    points_slope_last_10: 1,
    early_season: false,
    data_quality_tier: "high",
  });
});

test("deviation and slope of uneven points", async () => {
  // 10, 14, 9, 20, 12: sum 65, squares 921; variance (921 - 845) / 4 = 19.
  // x = 1 .. 5: sum of xy 10 + 28 + 27 + 80 + 60 = 205; (5 x 205 - 15 x 65) / (5 x 55 - 225) = 50 / 50.
  expect(await after(...[10, 14, 9, 20, 12].map((pts) => ({ pts })))).toMatchObject({
    points_sd_last_10: 4.358898944,
    points_slope_last_10: 1,
    data_quality_tier: "medium",
  });
  expect(await after(...[10, 14, 9, 20].map((pts) => ({ pts })))).toMatchObject({
    points_slope_last_10: null,
    early_season: true,
    data_quality_tier: "low",
  });
  expect(await after({ pts: 10 }, { pts: 14 })).toMatchObject({
    points_sd_last_10: null,
    points_mean_last_5: 12,
  });
  expect(await after({ pts: 4 }, { pts: 4 }, { pts: 4 })).toMatchObject({ points_sd_last_10: 0 });
});

test("usage and true shooting are ratios of sums", async () => {
  const row = await after(
    // used 100 x 10 + 44 x 5 + 100 x 2 = 1420
    { fga: 10, fta: 5, tov: 2, pts: 12, seconds: 1800, team_used: 10_500 },
    // used 100 x 6 + 100 = 700, in overtime: 265 minutes
    { fga: 6, tov: 1, pts: 5, seconds: 1200, team_used: 11_500, team_seconds: 15_900 },
    // Team minutes unknown: left out of usage, not of shooting.
    { fga: 4, pts: 8, seconds: 600, team_seconds: null },
  );
  // (2120 x 30300 / 5) / (3000 x 22000) = 12847200 / 66000000
  const usage = 0.194654545;
  // 25 / (2 x (20 + 0.44 x 5)) = 25 / 44.4
  const ts = 0.563063063;
  expect(row).toMatchObject({
    usage_rate_last_5: usage,
    usage_rate_last_10: usage,
    usage_rate_season: usage,
    ts_pct_last_5: ts,
    ts_pct_season: ts,
  });
  expect(await after({ seconds: 0, pts: 0, tov: 1 })).toMatchObject({
    usage_rate_season: null,
    ts_pct_season: null,
  });
});

test("starts over the last 10 games whose starter is known, of at least 3", async () => {
  const starters = [true, false, null, true, true];
  expect(await after(...starters.map((starter) => ({ starter })))).toMatchObject({
    start_rate_last_10: 0.75,
    started_last_game: true,
  });
  expect(await after({ starter: true }, { starter: false }, { starter: null })).toMatchObject({
    start_rate_last_10: null,
    started_last_game: null,
  });
});

test("games not played, among the team's last 10 whose source lists those who do not play", async () => {
  const games = gamesOf(12);
  const row = async (...p: readonly (Row | null)[]) =>
    (
      await rowsOf({
        schedule: games,
        listings: games.flatMap((game, index) => {
          const more = p[index] ?? null;
          const lists = { lists_nonplayers: more?.lists_nonplayers ?? true };
          return [
            listing(game, "BOS", "q", lists),
            ...(more === null ? [] : [listing(game, "BOS", "p", { ...lists, ...more })]),
          ];
        }),
      })
    ).get("p");
  const [sat, played] = [{ played: false }, { played: true }];
  // Of games 3 .. 12 he sat out 3, 6 and 12; he is not listed in 8.
  const listed = [sat, sat, sat, played, played, sat, played, null, played, played, played, sat];
  expect(await row(...listed)).toMatchObject({ dnp_rate_last_10: 0.3 });
  // Game 12's source lists players alone: 2 of 9.
  expect(await row(...listed.slice(0, 11), { played: false, lists_nonplayers: false })).toMatchObject({
    dnp_rate_last_10: 0.222222222,
  });
  expect(await row(...Array(12).fill({ lists_nonplayers: false }))).toMatchObject({ dnp_rate_last_10: null });
});

test("games against the opponent in the 365 days before, whatever the season", async () => {
  const met = [
    finalOf("2022-12-19", "BOS 90 @ NYK 100"), // D - 366
    finalOf("2022-12-20", "BOS 90 @ NYK 100"), // D - 365
    finalOf("2023-11-10", "NYK 90 @ BOS 100"),
    finalOf("2023-12-01", "MIA 90 @ BOS 100"),
    finalOf("2023-12-05", "NYK 90 @ BOS 100"),
  ];
  const points = [50, 10, 15, 40, 30];
  const rows = await rowsOf({
    schedule: met,
    listings: [
      ...met.slice(0, 4).map((game, index) => listing(game, "BOS", "p", { pts: points[index]! })),
      listing(met[4]!, "BOS", "p", { played: false }),
      listing(met[4]!, "BOS", "never"),
      listing(met[3]!, "MIA", "never"),
    ],
  });
  expect(rows.get("p")).toMatchObject({ games_vs_opponent: 2, points_mean_vs_opponent: 12.5 });
  expect(rows.get("never")).toMatchObject({ games_vs_opponent: 1, points_mean_vs_opponent: 0 });
});

test("the opponent's defence, and the pace that both teams make", async () => {
  // Two games of 100 possessions in 48 minutes each: every team's rate is the league's, 100 x points / 100, pace 100.
  const games = [finalOf("2023-12-01", "NYK 100 @ MIA 100"), finalOf("2023-12-02", "BOS 100 @ UTA 100")];
  const [row] = (
    await rowsOf({
      schedule: games,
      listings: [listing(games[1]!, "BOS", "p")],
      tables: {
        "nba_analytics.team_offense_game_summary": games.flatMap((game) => offenseOf(game)),
        "nba_analytics.team_defense_game_summary": games.flatMap((game) =>
          defenseOf(game, { opponent_fta: 18, opponent_fga: 90 }),
        ),
      },
    })
  ).values();
  expect(row).toMatchObject({
    opponent_defensive_rating_estimate: 100,
    opponent_pace_estimate: 100,
    expected_pace: 100,
    pace_differential: 0,
    opponent_ft_rate_allowed_last_10: 0.2,
  });
});

test("age in whole years, name by players before the latest listing that has one", async () => {
  const games = gamesOf(2);
  const rows = await rowsOf({
    schedule: games,
    listings: [
      listing(games[0]!, "BOS", "p", { player_name: "First" }),
      listing(games[1]!, "BOS", "p", { player_name: "Second" }),
      listing(games[0]!, "BOS", "q", { player_name: "Old" }),
      listing(games[1]!, "BOS", "q"),
      listing(games[1]!, "BOS", "r", { player_name: "Listed" }),
    ],
    tables: {
      "nba_raw.players": [
        { player_id: "p", birth_date: "1998-12-20" },
        { player_id: "r", player_name: "Known", birth_date: "1998-12-21" },
      ],
    },
  });
  expect(rows.get("p")).toMatchObject({ player_name: "Second", age_years: 25 });
  expect(rows.get("q")).toMatchObject({ player_name: "Old", age_years: null });
  expect(rows.get("r")).toMatchObject({ player_name: "Known", age_years: 24 });
});

test("a name two seasons old is not read, however far back a statement reads", async () => {
  const seasons = ["2021-11-01", "2022-11-01", "2023-11-01"].map((date) => finalOf(date, "BOS 90 @ MIA 100"));
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [
    ...seasons,
    fixtureOf("2022-12-01", "NYK @ BOS"),
    fixtureOf(D, "NYK @ BOS"),
  ]);
  await fixture.insert("nba_analytics.player_game_summary", [
    listing(seasons[0]!, "BOS", "p", { player_name: "First" }),
    ...seasons.slice(1).map((game) => listing(game, "BOS", "p")),
  ]);
  const names = async (...dates: string[]) =>
    (await fixture.compute(upcomingPlayerGameContext, ...dates)).map((row) => row.player_name);
  expect(await names(D)).toEqual([null]);
  expect(await names("2022-12-01", D)).toEqual(["First", null]);
});

test("expected.sql names the rostered players of both teams", async () => {
  await using fixture = await Fixture.open();
  const game = finalOf("2023-12-01", "NYK 90 @ BOS 100");
  await fixture.insert("nba_raw.schedule", [game, fixtureOf(D, "NYK @ BOS"), fixtureOf(D, "MIA @ UTA")]);
  await fixture.insert("nba_analytics.player_game_summary", [
    listing(game, "BOS", "b"),
    listing(game, "NYK", "n"),
  ]);
  const expected = await fixture.select(
    upcomingPlayerGameContext,
    `SELECT * FROM (${readSql("analytics/upcoming_player_game_context/expected.sql")}\n) AS keys ORDER BY player_id`,
    D,
  );
  const keys = ["b", "n"].map((player_id) => ({ game_date: D, game_id: `${D} NYK @ BOS`, player_id }));
  expect(expected).toEqual(keys);
  expect(await fixture.compute(upcomingPlayerGameContext, D)).toMatchObject(keys);
});
