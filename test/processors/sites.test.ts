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
  readers: [],
} as unknown as Processor;

const place = (arena: string, latitude: number) => ({
  arena_id: arena,
  latitude,
  longitude: -90,
  time_zone: "America/Chicago",
  altitude_feet: 10 * latitude,
});

/** Two teams share the first arena; LAC move in 2024; SAS have a second home; mexico is nobody's home. */
const ARENAS: Row[] = [
  { ...place("shared", 34), team: "LAL", role: "home" },
  { ...place("shared", 34), team: "LAC", role: "home", last_season_year: 2023 },
  { ...place("new", 33), team: "LAC", role: "home", first_season_year: 2024 },
  { ...place("san-antonio", 29), team: "SAS", role: "home" },
  { ...place("austin", 30), team: "SAS", role: "second_home", first_season_year: 2022 },
  { ...place("mexico", 19), team: "", role: "site" },
];

async function siteOf(view: "fixtures" | "results", game: Row): Promise<[unknown, unknown]> {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.arenas", ARENAS);
  await fixture.insert("nba_raw.schedule", [game]);
  const [row] = await fixture.select(
    reading,
    `SELECT is_neutral, latitude FROM ${view}`,
    `${game.game_date}`,
  );
  return [row!.is_neutral, row!.latitude];
}

test.each<[string, Row, boolean, number | null]>([
  ["no arena: the home team's of that season", fixtureOf("2023-12-01", "BOS @ LAC"), false, 34],
  ["no arena, after the move", fixtureOf("2024-12-01", "BOS @ LAC"), false, 33],
  ["the arena given", fixtureOf("2023-12-01", "BOS @ LAL", { arena_id: "shared" }), false, 34],
  ["a second home is a home", fixtureOf("2023-12-01", "BOS @ SAS", { arena_id: "austin" }), false, 30],
  ["before it was one", fixtureOf("2021-12-01", "BOS @ SAS", { arena_id: "austin" }), true, 30],
  [
    "where nobody is at home, unflagged",
    fixtureOf("2023-12-01", "BOS @ SAS", { arena_id: "mexico" }),
    true,
    19,
  ],
  ["where another team is at home", fixtureOf("2024-12-01", "BOS @ LAC", { arena_id: "shared" }), true, 34],
  [
    "flagged in its own arena",
    fixtureOf("2023-12-01", "BOS @ LAL", { arena_id: "shared", neutral_site: true }),
    true,
    34,
  ],
  ["flagged and unknown", fixtureOf("2023-12-01", "BOS @ LAL", { neutral_site: true }), true, null],
  ["an arena we do not know", fixtureOf("2023-12-01", "BOS @ LAL", { arena_id: "elsewhere" }), true, null],
  ["a home team without an arena", fixtureOf("2023-12-01", "LAL @ BOS"), false, null],
])("site: %s", async (_, game, isNeutral, latitude) => {
  expect(await siteOf("fixtures", game)).toEqual([isNeutral, latitude]);
  expect(await siteOf("results", { ...game, status: "final" })).toEqual([isNeutral, latitude]);
});

test("a fixture is any official game not postponed or cancelled, a result one that is final", async () => {
  await using fixture = await Fixture.open();
  const onDate = (pairing: string, more: Row) => fixtureOf("2023-12-01", pairing, more);
  await fixture.insert("nba_raw.schedule", [
    finalOf("2023-12-01", "BOS 100 @ NYK 90"),
    onDate("MIA @ ORL", {}),
    onDate("LAL @ LAC", { status: "postponed" }),
    onDate("DEN @ UTA", { status: "cancelled" }),
    onDate("CHI @ MIL", { status: "final", season_type: "preseason", home_score: 90, away_score: 80 }),
    onDate("IND @ CLE", { season_type: "cup_final" }),
    onDate("GSW @ SAC", { season_type: "all_star" }),
    // Another date, so outside the bounds.
    fixtureOf("2023-12-02", "BOS @ NYK"),
  ]);
  const read = (view: string) =>
    fixture.select(reading, `SELECT home_team FROM ${view} ORDER BY home_team`, "2023-12-01");
  expect(await read("fixtures")).toEqual([{ home_team: "CLE" }, { home_team: "NYK" }, { home_team: "ORL" }]);
  expect(await read("results")).toEqual([{ home_team: "NYK" }]);
});
