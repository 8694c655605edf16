import { expect, test } from "vitest";
import { hoopRGame, hoopRPlayer, hoopRTeam, injury, oddsLine, oddsProp } from "./feeds.ts";
import { Folder } from "./folder.ts";
import { game, playerBox } from "./rows.ts";

test("hoopR's schedule: ESPN's abbreviations, seasons by their last year, the date of New York", async () => {
  await using folder = await Folder.open();
  const pairs = [
    ["GS", "NO"],
    ["NY", "SA"],
    ["UTAH", "WSH"],
  ] as const;
  const summary = await folder.load([
    hoopRGame(),
    ...pairs.map(([home_abbreviation, away_abbreviation], index) =>
      hoopRGame({ id: 401468017 + index, home_abbreviation, away_abbreviation, venue_full_name: null }),
    ),
    hoopRGame({
      id: 401468030,
      // A quarter past two in the morning UTC: still the evening before in New York.
      date: "2023-04-12T02:15Z",
      season_type: 5,
      status_type_name: "STATUS_SCHEDULED",
      home_score: 0,
      away_score: 0,
    }),
    hoopRGame({ id: 401468040, type_abbreviation: "ALLSTAR" }),
  ]);
  expect(summary.files[0]).toMatchObject({
    mapping: "hoopr-schedule",
    skippedRows: { "an exhibition": 1 },
    tables: [{ rows: 5, inserted: 5 }],
  });
  expect(
    await folder.read(`SELECT game_id, season_year, season_type, game_date, home_team, away_team, status, home_score
      FROM nba_raw.schedule ORDER BY game_id`),
  ).toEqual([
    played("espn:401468016", "BOS", "PHI"),
    played("espn:401468017", "GSW", "NOP"),
    played("espn:401468018", "NYK", "SAS"),
    played("espn:401468019", "UTA", "WAS"),
    {
      ...played("espn:401468030", "BOS", "PHI"),
      season_type: "play_in",
      game_date: "2023-04-11",
      status: "scheduled",
      home_score: null,
    },
  ]);
});

function played(game_id: string, home_team: string, away_team: string) {
  return {
    game_id,
    season_year: 2022,
    season_type: "regular",
    game_date: "2022-10-18",
    home_team,
    away_team,
    status: "final",
    home_score: 122,
  };
}

test("hoopR's box scores find the NBA's game by date and teams; players go by their names", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const players = folder.csv("players.csv", [
    hoopRPlayer(),
    hoopRPlayer({
      athlete_id: 1,
      athlete_display_name: "Lusk Corven",
      minutes: null,
      did_not_play: true,
      reason: "COACH'S DECISION",
      plus_minus: null,
    }),
    hoopRPlayer({ athlete_id: 2, opponent_team_abbreviation: "MIA" }),
  ]);
  const teams = folder.csv("teams.csv", [hoopRTeam()]);
  const summary = await folder.ingest([players, teams]);
  expect(summary.files).toMatchObject([
    { mapping: "hoopr-player-box", tables: [{ inserted: 2, quarantined: 1, reasons: { unknown_game: 1 } }] },
    { mapping: "hoopr-team-box", tables: [{ inserted: 1 }] },
  ]);
  expect(
    await folder.read(`SELECT game_id, player_id, status, dnp_reason, seconds, pts, plus_minus, lists_nonplayers
      FROM nba_raw.player_boxscores ORDER BY player_id`),
  ).toMatchObject([
    // 41 * 60 = 2460.
    {
      game_id: "0022200001",
      player_id: "name:jacebrunn",
      status: "active",
      seconds: 2460,
      pts: 33,
      plus_minus: 4,
      lists_nonplayers: true,
    },
    {
      player_id: "name:luskcorven",
      status: "dnp",
      dnp_reason: "COACH'S DECISION",
      seconds: 0,
      plus_minus: null,
    },
  ]);
  expect(await folder.read("SELECT team, tov, pts, minutes_derived FROM nba_raw.team_boxscores")).toEqual([
    // Team turnovers count: 12 + 1.
    { team: "BOS", tov: 13, pts: 122, minutes_derived: true },
  ]);
});

test("hoopR's names get NBA ids by aliases, players and box scores with ids of earlier dates, in every order", async () => {
  const named = [
    ["Jace Brunn", "2022-10-18"],
    ["Jace Brunn", "2022-10-20"],
    ["J. Tamm", "2022-10-20"],
    ["Al Harfeld", "2022-10-20"],
    ["Nobody Yet", "2022-10-20"],
  ] as const;
  const boxes = named.map(([athlete_display_name, game_date]) =>
    hoopRPlayer({ athlete_display_name, game_date }),
  );
  const files = {
    games: [game(), game({ game_id: "0022200010", game_date: "2022-10-20" })],
    // Brunn's box score with his id is of the first date, so it names him on the second alone; Harfeld's of the same
    // date names nobody on it.
    ids: [
      playerBox({ player_name: "JACE BRUNN", team: "PHI" }),
      playerBox({
        game_id: "0022200010",
        game_date: "2022-10-20",
        player_id: "1600003",
        player_name: "Al Harfeld",
      }),
    ],
    boxes,
    aliases: [{ alias: "J. Tamm", player_id: "1600002" }],
  };
  const names = Object.keys(files) as (keyof typeof files)[];
  for (const order of [names, names.toReversed(), ["boxes", "aliases", "ids", "games"] as const]) {
    await using folder = await Folder.open();
    for (const name of order) await folder.load(files[name], `${name}.csv`);
    const found = await folder.read(
      "SELECT game_id, player_name, player_id FROM nba_raw.player_boxscores WHERE from_name ORDER BY game_id, player_name",
    );
    expect(found.map(({ game_id, player_id }) => `${game_id} ${player_id}`)).toEqual([
      "0022200001 name:jacebrunn",
      "0022200010 name:alharfeld",
      "0022200010 1600002",
      "0022200010 1600001",
      "0022200010 name:nobodyyet",
    ]);
    // The row of a name stays the row of that name: the same file changes nothing.
    const again = await folder.load(boxes, "boxes.csv");
    expect(again.files[0]!.tables[0]).toMatchObject({ rows: 5, unchanged: 5 });
    expect(again.unresolved.players).toBe(3);
  }
});

test("hoopR's TRUE and FALSE, as R writes them, are its true and false", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const out = { minutes: null, reason: "COACH'S DECISION" };
  await folder.load([
    hoopRPlayer({ athlete_display_name: "A One", did_not_play: "FALSE" }),
    hoopRPlayer({ athlete_display_name: "B Two", did_not_play: "TRUE", ...out }),
    hoopRPlayer({ athlete_display_name: "C Three", did_not_play: "True", ...out }),
  ]);
  expect(
    await folder.read("SELECT player_name, status FROM nba_raw.player_boxscores ORDER BY player_name"),
  ).toEqual([
    { player_name: "A One", status: "active" },
    { player_name: "B Two", status: "dnp" },
    { player_name: "C Three", status: "dnp" },
  ]);
  await using games = await Folder.open();
  await games.load([
    hoopRGame({ id: 401, time_valid: "FALSE" }),
    hoopRGame({ id: 402, time_valid: "TRUE", home_abbreviation: "GS", away_abbreviation: "NO" }),
  ]);
  expect(await games.read("SELECT game_id, tipoff_at FROM nba_raw.schedule ORDER BY game_id")).toEqual([
    { game_id: "espn:401", tipoff_at: null },
    { game_id: "espn:402", tipoff_at: "2022-10-18T23:30:00.000Z" },
  ]);
});

test("a hoopR player who played for an unknown time is set aside, not one of no time", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const summary = await folder.load([
    hoopRPlayer({ athlete_display_name: "A One", minutes: null }),
    hoopRPlayer({ athlete_display_name: "B Two", minutes: "NaN" }),
    hoopRPlayer({ athlete_display_name: "C Three", minutes: 0 }),
    hoopRPlayer({ athlete_display_name: "D Four", minutes: null, did_not_play: true }),
  ]);
  expect(summary.files[0]!.tables[0]).toMatchObject({
    inserted: 2,
    quarantined: 2,
    reasons: { missing_value: 2 },
  });
  expect(
    await folder.read("SELECT player_name, seconds FROM nba_raw.player_boxscores ORDER BY player_name"),
  ).toEqual([
    { player_name: "C Three", seconds: 0 },
    { player_name: "D Four", seconds: 0 },
  ]);
});

test("a value that is none of a list is told the list as it is", async () => {
  await using folder = await Folder.open();
  await folder.load([hoopRGame({ status_type_name: "STATUS_ASLEEP" })]);
  expect(await folder.read("SELECT detail FROM nba_raw.quarantine")).toEqual([
    {
      detail:
        "status_type_name is no one of STATUS_FINAL, STATUS_SCHEDULED, STATUS_POSTPONED, STATUS_CANCELED: STATUS_ASLEEP",
    },
  ]);
});

test("a hoopR season as Parquet is read as its CSV is", async () => {
  await using folder = await Folder.open();
  const csv = folder.csv("schedule.csv", [hoopRGame()]);
  const parquet = await folder.parquet("schedule.parquet", `SELECT * FROM read_csv('${csv}')`);
  await folder.ingest(csv);
  expect((await folder.ingest(parquet)).files[0]).toMatchObject({
    mapping: "hoopr-schedule",
    tables: [{ unchanged: 1 }],
  });
});

test("the official injury report: names turned round, reasons in categories, a team that has not reported", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  await folder.load([
    injury(),
    injury({ "Player Name": "Davitt, JD", "Current Status": "Out", Reason: "G League - Two-Way" }),
    injury({ "Player Name": "Wight, Derrin", "Current Status": "Out", Reason: "Coach's Decision" }),
    injury({
      Team: "Philadelphia 76ers",
      "Player Name": null,
      "Current Status": null,
      Reason: "NOT YET SUBMITTED",
    }),
    injury({ "Player Name": "Harfeld, Al", "Current Status": "Maybe" }),
  ]);
  const at = { game_id: null, game_date: "2022-10-18", reported_at: "2022-10-18T21:30:00.000Z" };
  expect(
    await folder.read(`SELECT game_id, game_date, reported_at, team, player_id, status, reason_category
      FROM nba_raw.injury_reports ORDER BY player_id`),
  ).toEqual([
    { ...at, team: "PHI", player_id: "", status: "not_submitted", reason_category: null },
    { ...at, team: "BOS", player_id: "name:derrinwight", status: "out", reason_category: "other" },
    { ...at, team: "BOS", player_id: "name:jacebrunn", status: "questionable", reason_category: "injury" },
    { ...at, team: "BOS", player_id: "name:jddavitt", status: "out", reason_category: "g_league" },
  ]);
  expect(await folder.read("SELECT reason, detail FROM nba_raw.quarantine")).toEqual([
    {
      reason: "bad_value",
      detail: "current status is no one of Out, Doubtful, Questionable, Probable, Available: Maybe",
    },
  ]);
});

test("an injury report's time without an offset is New York's, before the cut-off or after it", async () => {
  await using folder = await Folder.open();
  // Tip-off at 19:00 in New York, in summer time.
  await folder.load([game({ tipoff_at: "2022-10-18T23:00:00Z" })], "games.csv");
  await folder.load([
    injury({ "Report Timestamp": "2022-10-18 18:59:00" }),
    injury({ "Report Timestamp": "2022-10-18 19:30:00" }),
  ]);
  expect(
    await folder.read(`SELECT report.reported_at, report.reported_at < schedule.asof_cutoff_at AS known
      FROM nba_raw.injury_reports AS report JOIN nba_raw.schedule ON schedule.game_date = report.game_date
      ORDER BY report.reported_at`),
  ).toEqual([
    { reported_at: "2022-10-18T22:59:00.000Z", known: true },
    { reported_at: "2022-10-18T23:30:00.000Z", known: false },
  ]);
});

test("in every order of the files the same rows, names and aliases among them", async () => {
  const files = {
    games: [game(), game({ game_id: "0022200010", game_date: "2022-10-20" })],
    boxes: [playerBox()],
    hoopr: [
      hoopRPlayer({ game_date: "2022-10-20" }),
      hoopRPlayer({ athlete_display_name: "J Brunn", game_date: "2022-10-20" }),
    ],
    lines: [oddsLine()],
    props: [oddsProp({ game_time: "2022-10-20T23:40:00Z" }), oddsProp({ player: "J Brunn" })],
    injuries: [injury({ "Game Date": "10/20/2022" })],
    teams: [hoopRTeam()],
    aliases: [{ alias: "jbrunn", player_id: "1600001" }],
  };
  const names = Object.keys(files) as (keyof typeof files)[];
  let first: unknown;
  for (const order of [names, names.toReversed(), [...names.slice(4), ...names.slice(0, 4)]]) {
    await using folder = await Folder.open();
    for (const name of order) await folder.load(files[name], `${name}.csv`);
    const contents = await folder.contents();
    first ??= contents;
    expect(contents).toEqual(first);
    expect(await folder.read("SELECT DISTINCT player_id FROM nba_raw.player_props")).toEqual([
      { player_id: "1600001" },
    ]);
    expect(await folder.read("SELECT player_id FROM nba_raw.injury_reports")).toEqual([
      { player_id: "1600001" },
    ]);
    expect(contents["nba_raw.quarantine"]).toEqual([]);
    expect(contents["nba_raw.game_lines"]).toHaveLength(1);
  }
});
