import fc from "fast-check";
import { expect, test } from "vitest";
import { ingest } from "../../src/ingest/ingest.ts";
import type { TableCounts } from "../../src/ingest/summary.ts";
import { Folder } from "./folder.ts";
import { game, playerBox, prop, shot, teamBox } from "./rows.ts";

/** The counts of the one table of the one file, without zeros. */
function counts(summary: { files: readonly { tables: readonly TableCounts[] }[] }): Record<string, unknown> {
  const { table, reasons, ...numbers } = summary.files[0]!.tables[0]!;
  return Object.fromEntries([
    ...Object.entries(numbers).filter(([, rows]) => rows > 0),
    ...(Object.keys(reasons).length > 0 ? [["reasons", reasons]] : []),
  ]);
}

test("loading the same file twice changes nothing, loaded_at included", async () => {
  await using folder = await Folder.open();
  const file = folder.csv("boxes.csv", [
    playerBox(),
    playerBox({ player_id: "1600002", player_name: "Jansen Tamm" }),
  ]);
  expect(counts(await folder.ingest(file))).toEqual({ rows: 2, inserted: 2 });
  const before = await folder.read("SELECT * FROM nba_raw.player_boxscores ORDER BY player_id");
  expect(counts(await folder.ingest(file))).toEqual({ rows: 2, unchanged: 2 });
  expect(await folder.read("SELECT * FROM nba_raw.player_boxscores ORDER BY player_id")).toEqual(before);
  expect(before.map(({ loaded_at }) => loaded_at)).toEqual([
    "2026-01-17T12:00:00.000Z",
    "2026-01-17T12:00:00.000Z",
  ]);
});

test("a corrected row replaces the old one, its neighbour stays as it is", async () => {
  await using folder = await Folder.open();
  const tamm = playerBox({ player_id: "1600002", player_name: "Jansen Tamm" });
  await folder.load([playerBox(), tamm]);
  expect(counts(await folder.load([playerBox({ pts: 34, ftm: 5 }), tamm]))).toEqual({
    rows: 2,
    replaced: 1,
    unchanged: 1,
  });
  expect(
    await folder.read("SELECT player_id, pts, loaded_at FROM nba_raw.player_boxscores ORDER BY player_id"),
  ).toEqual([
    { player_id: "1600001", pts: 34, loaded_at: "2026-01-18T12:00:00.000Z" },
    { player_id: "1600002", pts: 33, loaded_at: "2026-01-17T12:00:00.000Z" },
  ]);
});

test("a row that does not fit goes to quarantine with its reason, its neighbours load", async () => {
  await using folder = await Folder.open();
  const rows = [
    playerBox(),
    playerBox({ player_id: "2", fgm: 25 }),
    playerBox({ player_id: "3", seconds: "long" }),
    playerBox({ player_id: null }),
    playerBox({ player_id: "5", team: "XYZ" }),
    playerBox({ player_id: "6", status: "asleep" }),
    playerBox({ player_id: "7", status: "dnp", seconds: null, dnp_reason: "coach's decision" }),
    playerBox({ player_id: "8", game_date: null }),
  ];
  expect(counts(await folder.load(rows))).toEqual({
    rows: 8,
    inserted: 2,
    quarantined: 6,
    reasons: { bad_value: 3, missing_value: 1, unknown_game: 1, unknown_team: 1 },
  });
  expect(
    await folder.read("SELECT player_id, seconds FROM nba_raw.player_boxscores ORDER BY player_id"),
  ).toEqual([
    { player_id: "1600001", seconds: 2100 },
    { player_id: "7", seconds: 0 },
  ]);
  const detail = await folder.read(
    "SELECT reason || ': ' || detail AS text FROM nba_raw.quarantine ORDER BY text",
  );
  expect(detail.map(({ text }) => text)).toEqual([
    "bad_value: more made than attempted",
    "bad_value: seconds is no integer: long",
    "bad_value: status is none of active, dnp, inactive",
    "missing_value: no player_id",
    "unknown_game: the schedule has no game 0022200001 and the row has no date",
    "unknown_team: no NBA team: XYZ",
  ]);
  const again = await folder.load(rows);
  expect(counts(again)).toMatchObject({ unchanged: 2, quarantined: 6 });
  expect(await folder.read("SELECT COUNT(*) AS rows FROM nba_raw.quarantine")).toEqual([{ rows: 6 }]);
});

test("rows with one key in one file: equal ones are one, of two that differ the earlier is set aside", async () => {
  await using folder = await Folder.open();
  const summary = await folder.load([
    playerBox(),
    playerBox(),
    playerBox({ player_id: "2" }),
    playerBox({ player_id: "2", pts: 34 }),
  ]);
  expect(counts(summary)).toEqual({
    rows: 4,
    inserted: 2,
    duplicate: 1,
    quarantined: 1,
    reasons: { conflicting_duplicate: 1 },
  });
  expect(await folder.read("SELECT player_id, pts FROM nba_raw.player_boxscores ORDER BY player_id")).toEqual(
    [
      { player_id: "1600001", pts: 33 },
      { player_id: "2", pts: 34 },
    ],
  );
});

test("of two files with different rows for one key the later one stays, as if loaded one after the other", async () => {
  await using folder = await Folder.open();
  const first = folder.csv("1.csv", [playerBox()]);
  const second = folder.csv("2.csv", [playerBox({ pts: 34 })]);
  const summary = await folder.ingest([first, second]);
  expect(summary.files.map(({ tables }) => [tables[0]!.superseded, tables[0]!.inserted])).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(await folder.read("SELECT pts FROM nba_raw.player_boxscores")).toEqual([{ pts: 34 }]);
});

test("a dry run says what would happen and writes nothing", async () => {
  await using folder = await Folder.open();
  await folder.load([playerBox()]);
  const before = await folder.contents();
  const paths = [
    folder.csv("boxes.csv", [
      playerBox({ pts: 34 }),
      playerBox({ player_id: "2" }),
      playerBox({ player_id: null }),
    ]),
    folder.csv("games.csv", [game()]),
  ];
  const summary = await folder.ingest(paths, { dryRun: true });
  expect(counts(summary)).toEqual({
    rows: 3,
    inserted: 1,
    replaced: 1,
    quarantined: 1,
    reasons: { missing_value: 1 },
  });
  expect(summary).toMatchObject({ dryRun: true, derived: [] });
  expect(await folder.contents()).toEqual(before);
});

test("a failure at the very end leaves nothing half-written", async () => {
  await using folder = await Folder.open();
  const before = await folder.contents();
  const paths = [folder.csv("boxes.csv", [playerBox(), playerBox({ player_id: null })])];
  const failing = ingest(
    folder.warehouse,
    { paths },
    {
      now: folder.now,
      afterLoad: () => Promise.reject(new Error("the disk is full")),
    },
  );
  await expect(failing).rejects.toThrow("the disk is full");
  expect(await folder.contents()).toEqual(before);
  expect(counts(await folder.ingest(paths))).toMatchObject({ inserted: 1, quarantined: 1 });
});

test("the order of files does not matter", async () => {
  // The schedule's date wins over the box score's; the prop needs the schedule for its game and the box score of an
  // earlier game for its player; the team minutes need the player box score.
  const files: Record<string, readonly Parameters<typeof game>[0][]> = {
    games: [
      game(),
      game({ game_id: "0022200011", game_date: "2022-10-21", home_team: "MIA", away_team: "BOS" }),
    ],
    players: [
      playerBox({ game_date: "2022-10-19" }),
      playerBox({ player_id: "202330", player_name: "Gordon Hayward", team: "CHA" }),
    ],
    teams: [teamBox(), teamBox({ game_id: "0022200011", game_date: "2022-10-21" })],
    shots: [shot(), shot({ seconds_left: 600, loc_x: 200 })],
    props: [prop({ game_id: "0022200011", game_date: null })],
  };
  const names = Object.keys(files);
  const contentsAfter = async (order: readonly string[], apart: boolean) => {
    await using folder = await Folder.open();
    const paths = order.map((name) => folder.csv(`${name}.csv`, files[name]! as never));
    if (apart) for (const path of paths) await folder.ingest(path);
    else await folder.ingest(paths);
    // Awaited: what is read must be here before the folder is closed.
    return await folder.contents();
  };
  const expected = await contentsAfter(names, false);
  expect(expected["nba_raw.player_props"]).toMatchObject([{ player_id: "1600001", game_date: "2022-10-21" }]);
  expect(expected["nba_raw.quarantine"]).toEqual([]);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(names, { minLength: names.length }),
      fc.boolean(),
      async (order, apart) => {
        expect(await contentsAfter(order, apart)).toEqual(expected);
      },
    ),
    { numRuns: 6 },
  );
}, 120_000);

test("rows without a known game wait in quarantine and load when the schedule comes", async () => {
  await using folder = await Folder.open();
  const waiting = await folder.load([prop({ game_date: null })]);
  expect(counts(waiting)).toMatchObject({ quarantined: 1, reasons: { unknown_game: 1 } });
  const summary = await folder.load([game()], "games.csv");
  expect(summary.retried).toEqual({ rows: 1, released: 1 });
  expect(await folder.read("SELECT game_id, game_date, player_id FROM nba_raw.player_props")).toEqual([
    { game_id: "0022200001", game_date: "2022-10-18", player_id: "name:jacebrunn" },
  ]);
  expect(await folder.read("SELECT * FROM nba_raw.quarantine")).toEqual([]);
});

test("a row out of quarantine never replaces a row that came in the meantime", async () => {
  await using folder = await Folder.open();
  await folder.load([prop({ game_date: null, line: 20.5 })]);
  await folder.load([prop({ line: 22.5 })], "later.csv");
  const summary = await folder.load([game()], "games.csv");
  expect(summary.retried).toEqual({ rows: 1, released: 1 });
  expect(await folder.read("SELECT line FROM nba_raw.player_props")).toEqual([{ line: 22.5 }]);
});

test("a corrected file takes what it had in quarantine with it; another file's stays", async () => {
  await using folder = await Folder.open();
  await folder.load([playerBox({ fgm: 25 })]);
  await folder.load([playerBox({ player_id: "2", fgm: 25 })], "other.csv");
  await folder.load([playerBox()]);
  expect(await folder.read("SELECT file FROM nba_raw.quarantine")).toEqual([
    { file: `${folder.path}/other.csv, row 1` },
  ]);
});

test("an official game needs two of the thirty teams, an exhibition does not", async () => {
  await using folder = await Folder.open();
  const stars = { home_team: "East", away_team: "West", season_type: "all_star" };
  const summary = await folder.load([
    game(stars),
    game({ ...stars, game_id: "0022200002", season_type: "regular" }),
    game({ game_id: "0022200003", home_team: "Boston Celtics", away_team: "bos" }),
  ]);
  expect(counts(summary)).toEqual({ rows: 3, inserted: 1, quarantined: 2, reasons: { bad_value: 2 } });
});
