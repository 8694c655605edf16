import { expect, test } from "vitest";
import { Folder } from "./folder.ts";
import { game } from "./rows.ts";

async function withArenas(): Promise<Folder> {
  const folder = await Folder.open();
  await folder.load([game()], "games.csv");
  return folder;
}

test("every team has exactly one home arena in each season from 2020-21 to 2026-27", async () => {
  await using folder = await withArenas();
  const homes = await folder.read(
    `SELECT season_year, team, COUNT(*) AS homes
     FROM nba_raw.arenas CROSS JOIN (SELECT UNNEST(range(2020, 2027)) AS season_year) AS seasons
     WHERE role = 'home'
       AND season_year BETWEEN COALESCE(first_season_year, 2020) AND COALESCE(last_season_year, 2026)
     GROUP BY season_year, team`,
  );
  expect(homes).toHaveLength(7 * 30);
  expect(homes.filter((row) => row.homes !== 1)).toEqual([]);
});

test("the Clippers move to the Intuit Dome in 2024; Toronto played in Tampa in 2020-21", async () => {
  await using folder = await withArenas();
  const home = async (team: string, season: number) =>
    (
      await folder.read(
        `SELECT arena_id FROM nba_raw.arenas WHERE team = '${team}' AND role = 'home'
         AND ${season} BETWEEN COALESCE(first_season_year, 2020) AND COALESCE(last_season_year, 2026)`,
      )
    ).map(({ arena_id }) => arena_id);
  expect(await home("LAC", 2023)).toEqual(["crypto-com-arena"]);
  expect(await home("LAC", 2024)).toEqual(["intuit-dome"]);
  expect(await home("TOR", 2020)).toEqual(["amalie-arena"]);
  expect(await home("TOR", 2021)).toEqual(["scotiabank-arena"]);
});

test("places lie where they are: distances between arenas agree with the map", async () => {
  await using folder = await withArenas();
  const places = new Map(
    (
      await folder.read<{ arena_id: string; latitude: number; longitude: number }>(
        "SELECT * FROM nba_raw.arenas",
      )
    ).map((row) => [row.arena_id, row]),
  );
  const miles = (from: string, to: string) => {
    const [a, b] = [places.get(from)!, places.get(to)!];
    const radians = (degrees: number) => (degrees * Math.PI) / 180;
    const haversine =
      Math.sin(radians(b.latitude - a.latitude) / 2) ** 2 +
      Math.cos(radians(a.latitude)) *
        Math.cos(radians(b.latitude)) *
        Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
    return 3958.8 * 2 * Math.asin(Math.sqrt(haversine));
  };
  // Great-circle distances between the cities as atlases give them, within a few per cent.
  const atlas: [string, string, number][] = [
    ["td-garden", "crypto-com-arena", 2592],
    ["madison-square-garden", "kaseya-center", 1090],
    ["moda-center", "kaseya-center", 2700],
    ["united-center", "ball-arena", 917],
    ["scotiabank-arena", "toyota-center", 1300],
    ["madison-square-garden", "accor-arena", 3625],
    ["frost-bank-center", "arena-cdmx", 700],
    ["frost-bank-center", "moody-center", 74],
    ["crypto-com-arena", "t-mobile-arena", 228],
  ];
  for (const [from, to, distance] of atlas) {
    expect.soft(Math.abs(miles(from, to) / distance - 1), `${from} to ${to}`).toBeLessThan(0.04);
  }
});

test("an arena is known by former names, too; an unknown one is itself until a row of the user's names it", async () => {
  await using folder = await withArenas();
  const names = [
    "STAPLES Center",
    "FTX Arena",
    "Vivint Arena",
    "Mexico City Arena",
    "kia-center",
    "Moon Dome",
  ];
  await folder.load(
    names.map((arena_id, index) => game({ game_id: `002220001${index}`, arena_id })),
    "games.csv",
  );
  const ids = async () =>
    (
      await folder.read("SELECT arena_id FROM nba_raw.schedule WHERE arena_id IS NOT NULL ORDER BY game_id")
    ).map(({ arena_id }) => arena_id);
  expect(await ids()).toEqual([
    "crypto-com-arena",
    "kaseya-center",
    "delta-center",
    "arena-cdmx",
    "kia-center",
    "name:moondome",
  ]);
  const moon = {
    arena_id: "moon-dome",
    team: null,
    role: "site",
    name: "The Moon Dome",
    aliases: "Moon Dome|Crater Bowl",
    city: "Tranquility",
    latitude: 0.67,
    longitude: 23.47,
    time_zone: "UTC",
    altitude_feet: 0,
  };
  const summary = await folder.load([moon], "arenas.csv");
  expect(summary.unresolved.arenas).toBe(0);
  expect((await ids()).at(-1)).toBe("moon-dome");
});

test("a row of the user's own for a shipped arena stays through later ingests", async () => {
  await using folder = await withArenas();
  const mine = {
    arena_id: "td-garden",
    team: "BOS",
    role: "home",
    name: "TD Garden",
    city: "Boston",
    latitude: 42.4,
    longitude: -71.1,
    time_zone: "America/New_York",
    altitude_feet: 30,
  };
  await folder.load([mine], "arenas.csv");
  await folder.load([game()], "games.csv");
  expect(
    await folder.read("SELECT altitude_feet, source FROM nba_raw.arenas WHERE arena_id = 'td-garden'"),
  ).toEqual([{ altitude_feet: 30, source: "own layout" }]);
});
