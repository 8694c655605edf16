import { expect, test } from "vitest";
import type { Processor } from "../../src/processors/processor.ts";
import { Fixture } from "../fixture.ts";
import { finalOf, fixtureOf } from "./small-league.ts";

const reading = {
  inputs: [
    { view: "fixtures", window: "date" },
    { view: "results", window: "two_seasons" },
  ],
  readers: ["target_seasons", "team_fixtures", "team_results", "team_targets"],
} as unknown as Processor;

/** Seasons 2022 and 2023; SEA played in 2021 only, which no target of 2023 reaches. */
async function league(): Promise<Fixture> {
  const fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [
    finalOf("2021-11-01", "SEA 90 @ BOS 100"),
    finalOf("2022-11-01", "BOS 90 @ MIA 100"),
    finalOf("2023-06-01", "BOS 90 @ MIA 101", { season_type: "playoffs" }),
    finalOf("2023-10-24", "NYK 104 @ BOS 108"),
    finalOf("2023-10-26", "BOS 99 @ NYK 98", { neutral_site: true }),
    fixtureOf("2023-10-27", "BOS @ NYK", { status: "postponed" }),
    finalOf("2023-10-28", "LAL 90 @ BOS 91"),
    finalOf("2023-10-28", "DEN 90 @ UTA 91"),
    fixtureOf("2023-10-30", "NYK @ BOS"),
  ]);
  return fixture;
}

test("target_seasons: the season of each target date, and of no other", async () => {
  await using fixture = await league();
  expect(
    await fixture.select(
      reading,
      "SELECT game_date, season_year FROM target_seasons ORDER BY game_date",
      "2023-06-01",
      "2023-10-28",
    ),
  ).toEqual([
    { game_date: "2023-06-01", season_year: 2022 },
    { game_date: "2023-10-28", season_year: 2023 },
  ]);
});

test("team_fixtures: both sides of a fixture, with nothing of a date between two target dates", async () => {
  await using fixture = await league();
  const rows = await fixture.select(
    reading,
    "SELECT game_date, team, opponent, is_home, site FROM team_fixtures ORDER BY game_date, team",
    "2023-10-24",
    "2023-10-26",
    "2023-10-30",
  );
  expect(rows).toEqual([
    { game_date: "2023-10-24", team: "BOS", opponent: "NYK", is_home: true, site: "home" },
    { game_date: "2023-10-24", team: "NYK", opponent: "BOS", is_home: false, site: "away" },
    { game_date: "2023-10-26", team: "BOS", opponent: "NYK", is_home: false, site: "neutral" },
    { game_date: "2023-10-26", team: "NYK", opponent: "BOS", is_home: true, site: "neutral" },
    { game_date: "2023-10-30", team: "BOS", opponent: "NYK", is_home: true, site: "home" },
    { game_date: "2023-10-30", team: "NYK", opponent: "BOS", is_home: false, site: "away" },
  ]);
});

test("team_results: final games numbered within the season", async () => {
  await using fixture = await league();
  const rows = await fixture.select(
    reading,
    `SELECT season_year, game_index, game_date, opponent, site, team_score, opponent_score
     FROM team_results WHERE team = 'BOS' ORDER BY game_date`,
    "2023-10-30",
  );
  expect(rows.map((row) => Object.values(row))).toEqual([
    [2022, 1, "2022-11-01", "MIA", "away", 90, 100],
    [2022, 2, "2023-06-01", "MIA", "away", 90, 101],
    [2023, 1, "2023-10-24", "NYK", "home", 108, 104],
    [2023, 2, "2023-10-26", "NYK", "neutral", 99, 98],
    [2023, 3, "2023-10-28", "LAL", "home", 91, 90],
  ]);
});

test("team_targets: who has a row, and the games before the date without its own", async () => {
  await using fixture = await league();
  const read = async (...dates: string[]) =>
    (
      await fixture.select(
        reading,
        "SELECT game_date, team, games_before FROM team_targets ORDER BY game_date, team",
        ...dates,
      )
    ).map((row) => `${row.game_date} ${row.team} ${row.games_before}`);
  // MIA: the season before; LAL, DEN, UTA: only from the day after their first game on, or with a fixture.
  const on26 = ["2023-10-26 BOS 1", "2023-10-26 MIA 0", "2023-10-26 NYK 1"];
  const on28 = [
    "2023-10-28 BOS 2",
    "2023-10-28 DEN 0",
    "2023-10-28 LAL 0",
    "2023-10-28 MIA 0",
    "2023-10-28 NYK 2",
    "2023-10-28 UTA 0",
  ];
  const on30 = [
    "2023-10-30 BOS 3",
    "2023-10-30 DEN 1",
    "2023-10-30 LAL 1",
    "2023-10-30 MIA 0",
    "2023-10-30 NYK 2",
    "2023-10-30 UTA 1",
  ];
  expect(await read("2023-10-26")).toEqual(on26);
  expect(await read("2023-10-30")).toEqual(on30);
  // With a target of 2021 in the same statement SEA's season lies within the bounds and still counts for 2022 alone.
  expect(await read("2021-11-01", "2023-10-26", "2023-10-28", "2023-10-30")).toEqual([
    "2021-11-01 BOS 0",
    "2021-11-01 SEA 0",
    ...on26,
    ...on28,
    ...on30,
  ]);
});
