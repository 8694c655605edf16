import { expect, test } from "vitest";
import type { Processor } from "../../src/processors/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { finalOf, fixtureOf } from "./small-league.ts";

const reading = {
  inputs: [
    { view: "fixtures", window: "date" },
    { view: "results", window: "two_seasons" },
  ],
  readers: ["target_seasons", "team_fixtures", "team_results", "team_targets", "team_calendar"],
} as unknown as Processor;

/** Places on a globe where great circles can be told by heart: a degree is 3958.7613 x pi / 180 = 69.093419 miles. */
const ARENAS: Row[] = [
  ["BOS", 0, 0, "America/New_York"],
  ["MIA", 60, -90, "America/New_York"],
  ["PHX", 0, 90, "America/Phoenix"],
  ["DEN", 60, 90, "America/Denver"],
].map(([team, latitude, longitude, zone]) => ({
  arena_id: `arena-${team}`,
  team: team!,
  role: "home",
  latitude: latitude!,
  longitude: longitude!,
  time_zone: zone!,
  altitude_feet: 20,
}));

async function calendarOf(team: string, schedule: readonly Row[], ...dates: string[]): Promise<Row[]> {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.arenas", ARENAS);
  await fixture.insert("nba_raw.schedule", schedule);
  return await fixture.select(
    reading,
    `SELECT team_calendar.* FROM team_calendar
     JOIN team_fixtures ON team_fixtures.game_id = team_calendar.game_id AND team_fixtures.team = team_calendar.team
     WHERE team_calendar.team = '${team}' ORDER BY team_fixtures.game_date`,
    ...dates,
  );
}

const AUTUMN: Row[] = [
  finalOf("2023-04-09", "BOS 90 @ PHX 91"),
  finalOf("2023-10-10", "BOS 90 @ PHX 91", { season_type: "preseason" }),
  finalOf("2023-10-24", "NYK 90 @ BOS 100"),
  finalOf("2023-10-26", "BOS 95 @ MIA 100"),
  finalOf("2023-11-02", "UTA 95 @ PHX 100"),
  finalOf("2023-11-03", "BOS 110 @ PHX 100"),
  fixtureOf("2023-11-05", "BOS @ UTA"),
  finalOf("2023-11-07", "LAL 99 @ BOS 100", { neutral_site: true }),
  fixtureOf("2023-11-08", "BOS @ UTA", { status: "postponed" }),
  finalOf("2023-11-09", "BOS 95 @ DEN 100"),
  finalOf("2023-11-10", "BOS 120 @ PHX 90"),
];

test("rest, travel and standing over an autumn", async () => {
  const [opening, third, neutral, fifth, sixth] = await calendarOf(
    "BOS",
    AUTUMN,
    "2023-10-24",
    "2023-11-03",
    "2023-11-07",
    "2023-11-09",
    "2023-11-10",
  );
  expect(opening).toEqual({
    game_id: "2023-10-24 NYK @ BOS",
    team: "BOS",
    days_rest: null,
    is_back_to_back: false,
    games_last_4: 0,
    games_last_7: 0,
    games_last_14: 0,
    miles_travelled: null,
    time_zones_crossed: null,
    altitude_feet: 20,
    opponent_days_rest: null,
    rest_advantage: null,
    road_trip_game_number: 0,
    game_number: 1,
    wins: 0,
    losses: 0,
    win_pct: null,
    streak: 0,
    last_result: null,
    last_margin: null,
    series_game_number: null,
    series_wins: null,
    series_losses: null,
  });
  expect(third).toMatchObject({
    // 26 October to 3 November are 8 days.
    days_rest: 7,
    is_back_to_back: false,
    games_last_4: 0,
    games_last_7: 0,
    // From 20 October on: both games.
    games_last_14: 2,
    // From Miami over the pole: 30 + 90 degrees, 120 x 69.093419 = 8291.21.
    miles_travelled: 8291,
    // Summer time in the east until 5 November: UTC-4 and UTC-7.
    time_zones_crossed: 3,
    opponent_days_rest: 0,
    rest_advantage: 7,
    road_trip_game_number: 2,
    game_number: 3,
    wins: 1,
    losses: 1,
    win_pct: 0.5,
    streak: -1,
    last_result: "L",
    last_margin: -5,
  });
  // The place of a neutral game without arena is unknown: no travel to it, and none from it.
  expect(neutral).toMatchObject({
    days_rest: 3,
    miles_travelled: null,
    time_zones_crossed: null,
    altitude_feet: null,
    road_trip_game_number: 3,
  });
  expect(fifth).toMatchObject({
    days_rest: 1,
    games_last_4: 1,
    games_last_7: 2,
    games_last_14: 3,
    miles_travelled: null,
    time_zones_crossed: null,
    opponent_days_rest: null,
    rest_advantage: null,
    road_trip_game_number: 4,
    game_number: 5,
    wins: 3,
    losses: 1,
    win_pct: 0.75,
    streak: 2,
    last_result: "W",
    last_margin: 1,
  });
  expect(sixth).toMatchObject({
    days_rest: 0,
    is_back_to_back: true,
    games_last_4: 2,
    games_last_7: 3,
    games_last_14: 3,
    // Along one meridian: 60 x 69.093419 = 4145.61.
    miles_travelled: 4146,
    // Winter in Denver, and Phoenix never changes its clocks: both UTC-7.
    time_zones_crossed: 0,
    opponent_days_rest: 6,
    rest_advantage: -6,
    road_trip_game_number: 5,
    game_number: 6,
    wins: 3,
    losses: 2,
    win_pct: 0.6,
    streak: -1,
    last_result: "L",
    last_margin: -5,
  });
});

test("a date computed alone has the same rows as among others", async () => {
  const [alone] = await calendarOf("BOS", AUTUMN, "2023-11-09");
  const among = await calendarOf("BOS", AUTUMN, "2023-11-03", "2023-11-09", "2023-11-10");
  expect(among[1]).toEqual(alone);
});

test("the postseason counts for rest and streak, not for the record, and series by opponent", async () => {
  const schedule = [
    finalOf("2023-11-01", "MIA 90 @ BOS 100"),
    finalOf("2023-12-09", "BOS 90 @ MIA 100", { season_type: "cup_final", neutral_site: true }),
    finalOf("2024-04-20", "MIA 90 @ BOS 100", { season_type: "playoffs" }),
    finalOf("2024-04-22", "MIA 101 @ BOS 100", { season_type: "playoffs" }),
    finalOf("2024-04-24", "BOS 100 @ MIA 90", { season_type: "playoffs" }),
    fixtureOf("2024-05-02", "NYK @ BOS", { season_type: "playoffs" }),
  ];
  const [third, next] = await calendarOf("BOS", schedule, "2024-04-24", "2024-05-02");
  expect(third).toMatchObject({
    days_rest: 1,
    game_number: null,
    wins: 1,
    losses: 0,
    win_pct: 1,
    streak: -1,
    series_game_number: 3,
    series_wins: 1,
    series_losses: 1,
  });
  expect(next).toMatchObject({
    days_rest: 7,
    wins: 1,
    losses: 0,
    streak: 1,
    series_game_number: 1,
    series_wins: 0,
    series_losses: 0,
  });
  const [cup] = await calendarOf("BOS", schedule, "2023-12-09");
  expect(cup).toMatchObject({ game_number: null, series_game_number: null, road_trip_game_number: 1 });
});
