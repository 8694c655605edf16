import { expect, test } from "vitest";
import { Folder } from "./folder.ts";
import { game, playerBox, shot, teamBox } from "./rows.ts";

test("the cut-off is the tip-off, else noon in New York, minus the lead", async () => {
  await using folder = await Folder.open();
  const games = [
    game({ game_id: "0022200001", game_date: "2022-10-18", tipoff_at: "2022-10-18T23:30:00Z" }),
    // Clocks went back on 2022-11-06 and forward on 2023-03-12, both at two in the morning.
    game({ game_id: "0022200002", game_date: "2022-11-05" }),
    game({ game_id: "0022200003", game_date: "2022-11-06" }),
    game({ game_id: "0022200004", game_date: "2023-03-11" }),
    game({ game_id: "0022200005", game_date: "2023-03-12" }),
  ];
  const file = folder.csv("games.csv", games);
  const cutoffs = () =>
    folder.read(
      "SELECT asof_cutoff_at AS at, asof_cutoff_kind AS kind FROM nba_raw.schedule ORDER BY game_id",
    );
  await folder.ingest(file);
  expect(await cutoffs()).toEqual([
    { at: "2022-10-18T23:30:00.000Z", kind: "tipoff" },
    { at: "2022-11-05T16:00:00.000Z", kind: "noon" },
    { at: "2022-11-06T17:00:00.000Z", kind: "noon" },
    { at: "2023-03-11T17:00:00.000Z", kind: "noon" },
    { at: "2023-03-12T16:00:00.000Z", kind: "noon" },
  ]);
  // The games are unchanged, their cut-offs are half an hour earlier.
  const summary = await folder.ingest(file, { lineLeadMinutes: 30 });
  expect(summary.files[0]!.tables[0]).toMatchObject({ unchanged: 5 });
  expect((await cutoffs())[1]).toEqual({ at: "2022-11-05T15:30:00.000Z", kind: "noon" });
});

test("the zone of a shot: its value decides three, then the official zone, coordinates, distance", async () => {
  await using folder = await Folder.open();
  const nowhere = { loc_x: null, loc_y: null };
  const cases: [Parameters<typeof shot>[0], string, string][] = [
    // Coordinates are whole tenths of feet, so the line at 137.5 lies between 137 and 138.
    [{ loc_x: 80, loc_y: 137 }, "paint", "xy"],
    [{ loc_x: -80, loc_y: 137 }, "paint", "xy"],
    [{ loc_x: 80, loc_y: 138 }, "mid_range", "xy"],
    [{ loc_x: 81, loc_y: 137 }, "mid_range", "xy"],
    [{ loc_x: 0, loc_y: -40 }, "paint", "xy"],
    [{ shot_value: 3, loc_x: 0, loc_y: 0 }, "three", "xy"],
    [{ zone: "mid_range", loc_x: 0, loc_y: 0 }, "mid_range", "official"],
    [{ zone: "paint", loc_x: 200, loc_y: 200 }, "paint", "official"],
    // A foot on the line: an official three zone, worth two.
    [{ zone: "three", loc_x: 200, loc_y: 200 }, "mid_range", "official"],
    [{ zone: "mid_range", shot_value: 3 }, "three", "official"],
    [{ ...nowhere, distance_ft: 8 }, "paint", "distance"],
    [{ ...nowhere, distance_ft: 8.1 }, "mid_range", "distance"],
    [{ ...nowhere, shot_value: 3, distance_ft: 26 }, "three", "distance"],
    [{ ...nowhere, shot_value: 3 }, "three", "official"],
  ];
  const summary = await folder.load([
    ...cases.map(([row], index) => shot({ event_id: index + 1, ...row })),
    shot({ event_id: 99, ...nowhere }),
  ]);
  expect(
    await folder.read("SELECT event_id, zone, zone_method FROM nba_raw.shots ORDER BY event_id"),
  ).toEqual(cases.map(([, zone, zone_method], index) => ({ event_id: index + 1, zone, zone_method })));
  // Nothing tells where the last one was from: it is set aside, not guessed.
  expect(summary.files[0]!.tables[0]!.reasons).toEqual({ missing_value: 1 });
});

test("shots without event numbers are numbered within the game, whatever their order in the files", async () => {
  await using folder = await Folder.open();
  const rows = [
    shot({ period: 2, seconds_left: 700, player_id: "1" }),
    shot({ period: 1, seconds_left: 10, player_id: "2" }),
    shot({ period: 1, seconds_left: 500, player_id: "4" }),
    shot({ period: 1, seconds_left: 500, player_id: "3", loc_x: 20 }),
    shot({ period: 1, seconds_left: 500, player_id: "3", loc_x: 10 }),
    // Twice the same within a second: two shots.
    shot({ period: 3, seconds_left: 1, player_id: "5", made: false }),
    shot({ period: 3, seconds_left: 1, player_id: "5", made: false }),
  ];
  // Latest first within a period: 500 (player 3 at 10, at 20, player 4), 10, then the second period, then the third.
  const expected = ["3 10", "3 20", "4 0", "2 0", "1 0", "5 0", "5 0"].map((text, index) => ({
    event_id: index + 1,
    shot: text,
  }));
  const numbered = () =>
    folder.read(
      "SELECT event_id, player_id || ' ' || CAST(loc_x AS STRING) AS shot FROM nba_raw.shots ORDER BY event_id",
    );
  // The halves of the game in two files, the second file with a shot of the first once more.
  const halves = [folder.csv("1.csv", rows.slice(0, 4)), folder.csv("2.csv", rows.slice(3))];
  await folder.ingest(halves);
  expect(await numbered()).toEqual(expected);
  const again = await folder.ingest(folder.csv("all.csv", rows.toReversed()));
  expect(again.files[0]!.tables[0]).toMatchObject({ rows: 7, unchanged: 7 });
  expect(await numbered()).toEqual(expected);
  // Loaded anew with one shot less the game has one shot less: the numbers mean nothing apart from the others.
  const less = await folder.ingest(folder.csv("less.csv", rows.slice(1)));
  expect(less.removedShots).toBe(1);
  expect((await numbered()).length).toBe(6);
});

test("shot coverage: shots of each team, the weakest method, and the marks that the source has", async () => {
  await using folder = await Folder.open();
  await folder.load([game(), game({ game_id: "0022200002" }), game({ game_id: "0022200003" })], "games.csv");
  await folder.load(
    [
      shot({ event_id: 1, zone: "paint" }),
      shot({ event_id: 2, team: "PHI" }),
      shot({ event_id: 3, team: "PHI", loc_x: null, loc_y: null, distance_ft: 3 }),
      shot({ game_id: "0022200002", event_id: 1, zone: "paint" }),
      shot({ game_id: "0022200002", event_id: 2 }),
    ],
    "bare.csv",
  );
  await folder.load(
    [shot({ game_id: "0022200003", event_id: 1, assist_player_id: "1600002" })],
    "assists.csv",
  );
  expect(
    await folder.read(
      "SELECT game_id, home_shots, away_shots, has_assists, has_blocks, zone_method FROM nba_raw.shot_coverage ORDER BY game_id",
    ),
  ).toEqual([
    {
      game_id: "0022200001",
      home_shots: 1,
      away_shots: 2,
      has_assists: false,
      has_blocks: false,
      zone_method: "distance",
    },
    {
      game_id: "0022200002",
      home_shots: 2,
      away_shots: 0,
      has_assists: false,
      has_blocks: false,
      zone_method: "xy",
    },
    {
      game_id: "0022200003",
      home_shots: 1,
      away_shots: 0,
      has_assists: true,
      has_blocks: false,
      zone_method: "xy",
    },
  ]);
});

/** Five players' seconds that sum to a team total. */
function players(gameId: string, total: number, team = "BOS") {
  return [1, 2, 3, 4, 5].map((id) =>
    playerBox({ game_id: gameId, player_id: `${id}`, team, seconds: id === 1 ? total - 4 * 2700 : 2700 }),
  );
}

test("team minutes that the source does not give", async () => {
  await using folder = await Folder.open();
  const games: Record<
    string,
    { total?: number; box: Parameters<typeof teamBox>[0]; minutes: number | null }
  > = {
    // 240 minutes are 14,400 seconds, an overtime adds 1,500.
    "0022200001": { total: 14_400, box: {}, minutes: 240 },
    "0022200002": { total: 15_900, box: { overtime_points: 12 }, minutes: 265 },
    "0022200003": { total: 15_000, box: {}, minutes: 240 },
    "0022200004": { total: 15_149, box: {}, minutes: 240 },
    "0022200005": { total: 15_150, box: {}, minutes: 265 },
    "0022200006": { total: 13_900, box: {}, minutes: 240 },
    "0022200007": { box: { overtime_points: 0 }, minutes: 240 },
    "0022200008": { box: { overtime_points: 9 }, minutes: null },
    "0022200009": { box: { overtime_points: 9, overtime_periods: 2 }, minutes: 290 },
    "0022200010": { box: {}, minutes: null },
    // What the source gives stays, whatever the players add up to.
    "0022200011": { total: 15_900, box: { minutes: 240 }, minutes: 240 },
  };
  const boxes = Object.entries(games).map(([game_id, { box }]) => teamBox({ game_id, ...box }));
  // A team without a point in overtime whose opponent has some played overtime all the same.
  boxes.push(teamBox({ game_id: "0022200008", team: "PHI", overtime_points: 0 }));
  const file = folder.csv("teams.csv", boxes);
  await folder.ingest([
    file,
    folder.csv(
      "players.csv",
      Object.entries(games).flatMap(([id, { total }]) => (total ? players(id, total) : [])),
    ),
  ]);
  const minutes = () =>
    folder.read("SELECT game_id, minutes FROM nba_raw.team_boxscores WHERE team = 'BOS' ORDER BY game_id");
  const expected = Object.entries(games).map(([game_id, { minutes }]) => ({ game_id, minutes }));
  expect(await minutes()).toEqual(expected);
  expect((await folder.ingest(file)).files[0]!.tables[0]).toMatchObject({ unchanged: 12 });
  // A later box score counts: 17,400 seconds are two overtimes.
  await folder.load(players("0022200008", 17_400), "later.csv");
  expect((await minutes())[7]).toEqual({ game_id: "0022200008", minutes: 290 });
});

test("the date of a row is the schedule's where the schedule has its game", async () => {
  await using folder = await Folder.open();
  const boxes = folder.csv("boxes.csv", [playerBox({ game_date: "2022-10-19" })]);
  const date = async () => (await folder.read("SELECT game_date FROM nba_raw.player_boxscores"))[0];
  await folder.ingest(boxes);
  expect(await date()).toEqual({ game_date: "2022-10-19" });
  await folder.load([game()], "games.csv");
  expect(await date()).toEqual({ game_date: "2022-10-18" });
  expect((await folder.ingest(boxes)).files[0]!.tables[0]).toMatchObject({ unchanged: 1 });
  // Postponed: the new date is the game's, and its rows follow.
  await folder.load([game({ game_date: "2022-12-01" })], "games.csv");
  expect(await date()).toEqual({ game_date: "2022-12-01" });
});
