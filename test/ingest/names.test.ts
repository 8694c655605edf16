import { expect, test } from "vitest";
import { Folder } from "./folder.ts";
import { game, playerBox, prop } from "./rows.ts";

const games = [
  game(),
  game({ game_id: "0022200010", game_date: "2022-10-20" }),
  game({ game_id: "0022200020", game_date: "2022-10-22" }),
];

/** A folder with three games of one team, two days apart. */
async function withGames(): Promise<Folder> {
  const folder = await Folder.open();
  await folder.load(games, "games.csv");
  return folder;
}

async function ids(folder: Folder): Promise<unknown[]> {
  const rows = await folder.read(
    "SELECT player_id FROM nba_raw.player_props ORDER BY game_date, player_name",
  );
  return rows.map(({ player_id }) => player_id);
}

const second = { game_id: "0022200010", game_date: "2022-10-20" };
const third = { game_id: "0022200020", game_date: "2022-10-22" };

test("a name resolves by the box scores before its date, never by those of the date itself or later", async () => {
  await using folder = await withGames();
  const file = folder.csv("props.csv", [prop(), prop(second), prop(third)]);
  await folder.ingest(file);
  expect(await ids(folder)).toEqual(["name:jacebrunn", "name:jacebrunn", "name:jacebrunn"]);
  await folder.load([playerBox(second)], "box.csv");
  expect(await ids(folder)).toEqual(["name:jacebrunn", "name:jacebrunn", "1600001"]);
  // The resolved row is still the row of its name: the same file changes nothing.
  expect((await folder.ingest(file)).files[0]!.tables[0]).toMatchObject({ unchanged: 3 });
  expect(await ids(folder)).toEqual(["name:jacebrunn", "name:jacebrunn", "1600001"]);
});

test("letters with accents and marks are plain; a suffix makes another name", async () => {
  await using folder = await withGames();
  await folder.load(
    [
      playerBox({ player_id: "1", player_name: "Luka Dončić" }),
      playerBox({ player_id: "2", player_name: "Tim Hardaway Jr." }),
    ],
    "box.csv",
  );
  await folder.load(
    ["LUKA DONCIC", "Tim Hardaway", "Tim Hardaway, Jr"].map((player_name) =>
      prop({ ...second, player_name }),
    ),
  );
  expect(await ids(folder)).toEqual(["1", "name:timhardaway", "2"]);
});

test("a name of two players is nobody's until an alias says whose", async () => {
  await using folder = await withGames();
  await folder.load([playerBox({ player_id: "1" }), playerBox({ player_id: "2", team: "PHI" })], "box.csv");
  await folder.load([prop(second)], "props.csv");
  expect(await ids(folder)).toEqual(["name:jacebrunn"]);
  await folder.load([{ alias: "Jace Brunn", player_id: "2" }], "aliases.csv");
  expect(await ids(folder)).toEqual(["2"]);
  // The alias is a raw row like any other: corrected, it re-keys again.
  await folder.load([{ alias: "jace brunn", player_id: "1" }], "aliases.csv");
  expect(await ids(folder)).toEqual(["1"]);
});

test("players resolves a debutant, and disagreement with a box score leaves the name open", async () => {
  await using folder = await withGames();
  await folder.load([prop(), prop(third)], "props.csv");
  await folder.load([{ player_id: "7", player_name: "Jace Brunn", birth_date: "1998-02-11" }], "players.csv");
  expect(await ids(folder)).toEqual(["7", "7"]);
  await folder.load([playerBox(second)], "box.csv");
  expect(await ids(folder)).toEqual(["7", "name:jacebrunn"]);
});

test("two names of one player in one line: the id goes to the first, and no key is there twice", async () => {
  await using folder = await withGames();
  const line = { ...second, bookmaker: "b" };
  await folder.load(
    [
      prop({ ...line, player_name: "Nicolas Claxton" }),
      prop({ ...line, player_name: "Nic Claxton" }),
      prop({ ...line, bookmaker: "a", player_name: "Nicolas Claxton" }),
      prop({ ...line, bookmaker: "a", player_id: "1629651", player_name: "Nic Claxton" }),
    ],
    "props.csv",
  );
  await folder.load(
    [
      { alias: "nicclaxton", player_id: "1629651" },
      { alias: "nicolasclaxton", player_id: "1629651" },
    ],
    "aliases.csv",
  );
  expect(
    await folder.read(
      "SELECT bookmaker, player_name, player_id FROM nba_raw.player_props ORDER BY bookmaker, player_name",
    ),
  ).toEqual([
    { bookmaker: "a", player_name: "Nic Claxton", player_id: "1629651" },
    { bookmaker: "a", player_name: "Nicolas Claxton", player_id: "name:nicolasclaxton" },
    { bookmaker: "b", player_name: "Nic Claxton", player_id: "1629651" },
    { bookmaker: "b", player_name: "Nicolas Claxton", player_id: "name:nicolasclaxton" },
  ]);
});

test("injury reports and rosters resolve the same way; a team that did not report has no player", async () => {
  await using folder = await withGames();
  await folder.load([playerBox()], "box.csv");
  await folder.load(
    [
      {
        game_date: "2022-10-20",
        team: "BOS",
        player_name: "Jace Brunn",
        reported_at: "2022-10-20T17:30:00Z",
        status: "out",
        reason_category: "injury",
      },
      {
        game_date: "2022-10-18",
        team: "BOS",
        player_name: "Jace Brunn",
        reported_at: "2022-10-18T17:30:00Z",
        status: "out",
        reason_category: "rest",
      },
      {
        game_date: "2022-10-20",
        team: "PHI",
        player_name: null,
        reported_at: "2022-10-20",
        status: "not_submitted",
        reason_category: null,
      },
    ],
    "injuries.csv",
  );
  expect(
    await folder.read(
      "SELECT team, player_id, from_name, reported_at FROM nba_raw.injury_reports ORDER BY reported_at",
    ),
  ).toEqual([
    { team: "BOS", player_id: "name:jacebrunn", from_name: true, reported_at: "2022-10-18T17:30:00.000Z" },
    { team: "BOS", player_id: "1600001", from_name: true, reported_at: "2022-10-20T17:30:00.000Z" },
    // A date alone is the end of that date: 23:59:59 in October is 03:59:59 UTC.
    { team: "PHI", player_id: "", from_name: false, reported_at: "2022-10-21T03:59:59.000Z" },
  ]);
  await folder.load(
    [
      { team: "BOS", player_name: "Jace Brunn", as_of_at: "2022-10-19T02:00:00Z" },
      { team: "BOS", player_name: "Jace Brunn", as_of_at: "2022-10-19T12:00:00Z" },
    ],
    "rosters.csv",
  );
  expect(await folder.read("SELECT as_of_date, player_id FROM nba_raw.rosters ORDER BY as_of_at")).toEqual([
    // Two in the morning UTC is still the evening before in New York, the date of the box score itself.
    { as_of_date: "2022-10-18", player_id: "name:jacebrunn" },
    { as_of_date: "2022-10-19", player_id: "1600001" },
  ]);
});
