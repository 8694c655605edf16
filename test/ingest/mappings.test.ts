import { describe, expect, test } from "vitest";
import { Mappings } from "../../src/ingest/choose.ts";
import { shippedMappings } from "../../src/ingest/mapping.ts";
import { ownLayouts } from "../../src/ingest/own-layout.ts";
import { TABLES } from "../../src/tables.ts";
import { Folder } from "./folder.ts";
import { game } from "./rows.ts";

const mapping = (change: object = {}) =>
  JSON.stringify({
    name: "mine",
    description: "Games of a league of my own.",
    recognise: ["id"],
    targets: [
      {
        table: "schedule",
        columns: {
          game_id: { from: "id", as: "game_id" },
          season_year: { value: 2022 },
          season_type: { value: "regular" },
          game_date: "day",
          home_team: { team: { from: "game", part: { separator: "@", index: 1 } } },
          away_team: { team: { from: "game", part: { separator: "@", index: 0 } } },
          status: {
            when: { present: ["home_points"] },
            use: { value: "final" },
            otherwise: { value: "scheduled" },
          },
          home_score: "home_points",
          away_score: { add: ["away_points", "away_overtime"] },
        },
      },
    ],
    ...change,
  });

test("a mapping of the user's own: parts, constants, conditions and sums", async () => {
  await using folder = await Folder.open();
  const path = folder.write("mine.json", mapping());
  const file = folder.csv("games.csv", [
    {
      id: 22200001,
      day: "2022-10-18",
      game: "Philadelphia 76ers@BOS",
      home_points: 122,
      away_points: 106,
      away_overtime: 7,
    },
    {
      id: 22200002,
      day: "2022-10-18",
      game: "LAL@Golden State Warriors",
      home_points: null,
      away_points: null,
      away_overtime: null,
    },
  ]);
  const summary = await folder.ingest(file, { mapping: path });
  expect(summary.files[0]).toMatchObject({ mapping: "mine", tables: [{ inserted: 2 }] });
  expect(
    await folder.read(
      "SELECT game_id, home_team, away_team, status, home_score, away_score, source FROM nba_raw.schedule ORDER BY game_id",
    ),
  ).toEqual([
    {
      game_id: "0022200001",
      home_team: "BOS",
      away_team: "PHI",
      status: "final",
      home_score: 122,
      away_score: 113,
      source: "mine",
    },
    {
      game_id: "0022200002",
      home_team: "GSW",
      away_team: "LAL",
      status: "scheduled",
      home_score: null,
      away_score: null,
      source: "mine",
    },
  ]);
});

const columns = (change: object) => ({
  targets: [{ table: "schedule", columns: { game_id: "id", ...change } }],
});

test.each([
  ["{", /mine\.json is not JSON/],
  [mapping({ targets: [] }), /targets/],
  [mapping({ colour: "red" }), /colour/],
  [mapping({ targets: [{ table: "games", columns: {} }] }), /there is no raw table games/],
  [mapping(columns({ points: "points" })), /schedule has no column points; it has game_id, season_year/],
  [mapping(columns({ asof_cutoff_at: "tip" })), /schedule\.asof_cutoff_at is derived and cannot be mapped/],
  [
    mapping(columns({ home_score: { from: "points", as: "roman" } })),
    /targets\.0\.columns\.home_score\.as: .*"integer"/,
  ],
  [
    mapping(columns({ home_team: { team: { from: "home", az: "text" } } })),
    /columns\.home_team\.team: .*"az"/,
  ],
  [
    mapping(columns({ neutral_site: true })),
    /columns\.neutral_site: none of the kinds that docs\/mappings\.md lists/,
  ],
  [mapping({ name: "nba-shots" }), /the name nba-shots is taken by a shipped mapping/],
  [mapping(), /needs columns that .* lacks: day, game, home_points, away_points, away_overtime; it has id/],
])("a mapping with a mistake is refused in one line, nothing written: %s", async (json, message) => {
  await using folder = await Folder.open();
  const path = folder.write("mine.json", json);
  const loading = folder.ingest(folder.csv("games.csv", [{ id: 22200001 }]), { mapping: path });
  await expect(loading).rejects.toMatchObject({
    code: "mapping-invalid",
    exitCode: 2,
    message: expect.stringMatching(message),
  });
  await expect(loading).rejects.toMatchObject({ message: expect.not.stringContaining("\n") });
  expect(await folder.read("SELECT * FROM nba_raw.schedule")).toEqual([]);
});

test("a mapping may write the columns of a file as the file does", async () => {
  await using folder = await Folder.open();
  const path = folder.write(
    "mine.json",
    JSON.stringify({
      name: "my-players",
      description: "Players.",
      recognise: ["Who", "Born "],
      targets: [
        { table: "players", columns: { player_id: "ID", player_name: { from: "Who" }, birth_date: "Born" } },
      ],
    }),
  );
  const file = folder.csv("players.csv", [{ ID: "1600001", Who: "Jace Brunn", Born: "1998-02-11" }]);
  expect((await folder.ingest(file, { mapping: path })).files[0]!.tables[0]).toMatchObject({ inserted: 1 });
});

test("an unknown name of a mapping is refused with the names there are", () => {
  expect(() => new Mappings().given("nba-shot")).toThrow(
    /no mapping nba-shot: give a \.json file or one of .*nba-shots/,
  );
  expect(() => new Mappings().given("nowhere.json")).toThrow(/cannot read mapping nowhere\.json/);
});

test("rows that wait for their game are tried again with the mapping they came by, its file gone", async () => {
  await using folder = await Folder.open();
  const lines = JSON.stringify({
    name: "my-lines",
    description: "Home spreads by date and teams.",
    recognise: ["day", "home", "away", "spread"],
    game: { date: "day", teams: ["home", "away"] },
    targets: [
      {
        table: "game_lines",
        columns: {
          bookmaker: { value: "book" },
          market: { value: "spread" },
          side: { value: "home" },
          point: "spread",
        },
      },
    ],
  });
  const file = folder.csv("lines.csv", [
    { day: "2022-10-18", home: "PHI", away: "Boston Celtics", spread: -3.5 },
  ]);
  await folder.ingest(file, { mapping: folder.write("lines.json", lines) });
  expect(await folder.read("SELECT reason FROM nba_raw.quarantine")).toEqual([{ reason: "unknown_game" }]);
  await folder.load([game()], "games.csv");
  // The source has home and away the other way round: the schedule is trusted, the two teams meet once that day.
  expect(
    await folder.read("SELECT game_id, point, snapshot_key, snapshot_kind FROM nba_raw.game_lines"),
  ).toEqual([
    { game_id: "0022200001", point: -3.5, snapshot_key: "unknown", snapshot_kind: "closing_unknown_time" },
  ]);
});

describe("what a file is recognised as", () => {
  const mappings = new Mappings();

  test("each shipped mapping by the columns that it names, and by no fewer", () => {
    for (const shipped of shippedMappings()) {
      expect(mappings.forColumns(shipped.recognise)?.name).toBe(shipped.name);
      expect(mappings.forColumns(shipped.recognise.slice(1))?.name).not.toBe(shipped.name);
    }
  });

  test("our own layout of each table by the table's columns, or by those it cannot do without", () => {
    for (const own of ownLayouts()) {
      const [target] = own.targets;
      const table = TABLES.get(`nba_raw.${target!.table}`)!;
      expect(mappings.forColumns(table.columns.map(({ name }) => name))?.name).toBe(own.name);
      expect(mappings.forColumns(own.recognise)?.name).toBe(own.name);
    }
  });

  test("a column that no table of ours has makes it no file of ours", () => {
    expect(mappings.forColumns(["player_id", "player_name", "birth_date"])?.name).toBe("own-players");
    expect(mappings.forColumns(["player_id", "player_name", "birth_date", "colour"])).toBeUndefined();
  });
});
