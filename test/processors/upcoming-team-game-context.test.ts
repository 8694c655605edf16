import { expect, test } from "vitest";
import { upcomingTeamGameContext } from "../../src/processors/analytics/upcoming_team_game_context/processor.ts";
import { readSql } from "../../src/statements/statement.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { defenseOf, finalOf, fixtureOf, offenseOf } from "./small-league.ts";

// The readers that make the parts have tests of their own: team-calendar, team-form, team-estimates.

const D = "2023-11-10";
const GAME = `${D} NYK @ BOS`;
const EARLIER = [
  finalOf("2023-11-01", "NYK 90 @ BOS 110"),
  finalOf("2023-11-03", "MIA 90 @ BOS 100"),
  finalOf("2023-11-04", "MIA 95 @ NYK 100"),
];

/** BOS - NYK tonight, and what was before. */
async function tonight(): Promise<Fixture> {
  const fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [
    ...EARLIER,
    fixtureOf(D, "NYK @ BOS"),
    fixtureOf(D, "DEN @ LAL"),
  ]);
  await fixture.insert(
    "nba_analytics.team_offense_game_summary",
    EARLIER.flatMap((game) => offenseOf(game)),
  );
  await fixture.insert(
    "nba_analytics.team_defense_game_summary",
    EARLIER.flatMap((game) => defenseOf(game)),
  );
  return fixture;
}

async function compute(fixture: Fixture, ...dates: string[]): Promise<Map<unknown, Row>> {
  const rows = await fixture.compute(upcomingTeamGameContext, ...(dates.length > 0 ? dates : [D]));
  return new Map(rows.filter((row) => row.game_date === D).map((row) => [row.team, row]));
}

test("two rows per fixture, as expected.sql says", async () => {
  await using fixture = await tonight();
  const rows = await fixture.compute(upcomingTeamGameContext, "2023-11-04", D);
  const keys = rows.map(({ game_date, game_id, team }) => ({ game_date, game_id, team }));
  expect(keys).toHaveLength(6);
  const expected = await fixture.select(
    upcomingTeamGameContext,
    `SELECT * FROM (${readSql("analytics/upcoming_team_game_context/expected.sql")}\n) AS keys ORDER BY game_id, team`,
    "2023-11-04",
    D,
  );
  expect(keys).toEqual(expected);
});

test("a row puts the parts together", async () => {
  await using fixture = await tonight();
  const teams = await compute(fixture);
  expect(teams.get("BOS")).toMatchObject({
    game_id: GAME,
    game_date: D,
    season_year: 2023,
    season_type: "regular",
    team: "BOS",
    opponent: "NYK",
    site: "home",
    // The 3rd to the 10th, and for NYK the 4th to the 10th.
    days_rest: 6,
    opponent_days_rest: 5,
    rest_advantage: 1,
    wins: 2,
    // 210 points in 200 possessions, 180 allowed
    offensive_rating_last_10: 105,
    defensive_rating_last_10: 90,
    // 105, 95 and 92.5
    offensive_rating_rank: 1,
    // 90, 102.5 and 100
    defensive_rating_rank: 1,
    // League 100 x 585 / 600 = 97.5, no season before: (100 x 210 + 1200 x 97.5) / (200 + 1200)
    offensive_rating_estimate: 98.571428571,
    // (100 x 180 + 1500 x 97.5) / (200 + 1500)
    defensive_rating_estimate: 96.617647059,
    net_rating_estimate: 1.953781513,
    pace_estimate: 100,
    league_pace: 100,
    games_in_sample: 2,
    window_games_expected: 2,
    window_games_found: 2,
    early_season: true,
    data_quality_tier: "low",
  });
  // 190 points in 200 possessions; 210 allowed, (110 + 95) / 200.
  expect(teams.get("NYK")).toMatchObject({ offensive_rating_last_10: 95, defensive_rating_last_10: 102.5 });
  expect(teams.get("LAL")).toMatchObject({
    opponent: "DEN",
    offensive_rating_last_10: null,
    offensive_rating_rank: null,
    offensive_rating_estimate: 97.5,
    games_in_sample: 0,
    data_quality_tier: "prior",
  });
});

test("without lines and reports the market and who is out are unknown", async () => {
  await using fixture = await tonight();
  expect((await compute(fixture)).get("BOS")).toMatchObject({
    spread: null,
    total: null,
    implied_team_total: null,
    spread_movement: null,
    total_movement: null,
    win_probability: null,
    injuries_known: false,
    players_out: null,
    players_questionable: null,
    rotation_players_out: null,
    rotation_minutes_out: null,
  });
});

const quote = (
  bookmaker: string,
  market: string,
  side: string,
  hour: number,
  point: number | null,
  more: Row = {},
) => {
  const at = `${D}T${String(hour).padStart(2, "0")}:00:00Z`;
  return {
    game_id: GAME,
    game_date: D,
    bookmaker,
    market,
    side,
    snapshot_key: at,
    snapshot_at: at,
    snapshot_kind: "timed",
    point,
    ...more,
  };
};

test("the market before the cut-off: last quote per book, lower middle over the books", async () => {
  await using fixture = await tonight();
  await fixture.insert("nba_raw.game_lines", [
    quote("a", "spread", "home", 10, -3),
    quote("a", "spread", "away", 10, 3),
    quote("a", "spread", "home", 12, -4),
    quote("a", "spread", "away", 12, 4),
    quote("b", "spread", "home", 11, -3.5),
    quote("c", "spread", "home", 10, -3.5),
    quote("c", "spread", "home", 12, -3),
    quote("d", "spread", "home", 12, -3),
    // At the cut-off, 17:00, and later; and of a kind whose time nobody knows.
    quote("b", "spread", "home", 17, -30),
    quote("c", "spread", "home", 18, -30),
    quote("e", "spread", "home", 1, 0, { snapshot_key: "unknown", snapshot_kind: "closing_unknown_time" }),
    quote("a", "total", "over", 10, 220),
    quote("a", "total", "under", 10, 220),
    quote("a", "total", "over", 11, 222.5),
    quote("a", "total", "under", 11, 222.5),
    quote("b", "total", "over", 11, 221),
    quote("a", "moneyline", "home", 11, null, { price: 1.5 }),
    quote("a", "moneyline", "away", 11, null, { price: 2.5 }),
    quote("b", "moneyline", "home", 11, null, { price: 1.2 }),
  ]);
  const teams = await compute(fixture);
  expect(teams.get("BOS")).toMatchObject({
    // The last quotes of a, b, c, d are -4, -3.5, -3, -3: the second of four.
    spread: -3.5,
    // a -1, c +0.5: the lower one.
    spread_movement: -1,
    // 222.5 and 221: the lower one, and the only book with two snapshots went up by 2.5.
    total: 221,
    total_movement: 2.5,
    // (221 + 3.5) / 2
    implied_team_total: 112.25,
    // (1 / 1.5) / (1 / 1.5 + 1 / 2.5) = 2.5 / 4; b has one side only.
    win_probability: 0.625,
  });
  // From the home side's numbers: the lower middle of 4, 3.5, 3, 3 would be 3.
  expect(teams.get("NYK")).toMatchObject({
    spread: 3.5,
    spread_movement: 1,
    total: 221,
    total_movement: 2.5,
    implied_team_total: 108.75,
    win_probability: 0.375,
  });
  expect(teams.get("LAL")).toMatchObject({ spread: null, total: null, win_probability: null });
});

/** Played games of these many seconds each, on the days from the 1st on. */
const playedGames = (player: string, ...seconds: number[]): Row[] =>
  seconds.map((played, n) => ({
    game_id: `${player} ${n}`,
    game_date: `2023-11-0${n + 1}`,
    season_year: 2023,
    season_type: "regular",
    team: "BOS",
    player_id: player,
    status: "active",
    played: true,
    seconds: played,
  }));

const report = (team: string, player: string, status: string, more: Row = {}): Row => ({
  game_date: D,
  team,
  player_id: player,
  reported_at: `${D}T10:00:00Z`,
  status,
  reason_category: "injury",
  ...more,
});

test("who is out, and how much of the rotation", async () => {
  await using fixture = await tonight();
  await fixture.insert("nba_analytics.player_game_summary", [
    ...playedGames("exactly", 900, 900, 900, 900, 900),
    ...playedGames("short", 900, 900, 900, 900, 899),
    ...playedGames("four", 2000, 2000, 2000, 2000),
    ...playedGames("doubtful", 1000, 1000, 1000, 1000, 1003),
    ...playedGames("assigned", 2000, 2000, 2000, 2000, 2000),
    ...playedGames("asked", 2000, 2000, 2000, 2000, 2000),
  ]);
  await fixture.insert("nba_raw.injury_reports", [
    report("BOS", "exactly", "out"),
    report("BOS", "short", "out"),
    report("BOS", "four", "out"),
    report("BOS", "doubtful", "doubtful"),
    report("BOS", "assigned", "out", { reason_category: "g_league" }),
    report("BOS", "asked", "questionable"),
    report("BOS", "likely", "probable"),
    report("BOS", "unheard", "out", { reason_category: null }),
    report("DEN", "", "not_submitted"),
  ]);
  const teams = await compute(fixture);
  expect(teams.get("BOS")).toMatchObject({
    injuries_known: true,
    // exactly, short, four, doubtful, unheard
    players_out: 5,
    players_questionable: 1,
    // exactly: 900 a game; doubtful: 5003 / 5 = 1000.6, so 1001 whole seconds; 1901 / 60
    rotation_players_out: 2,
    rotation_minutes_out: 31.683333333,
  });
  // Others reported, so a team without a row has nobody out; one that had not submitted is unknown.
  expect(teams.get("NYK")).toMatchObject({
    injuries_known: true,
    players_out: 0,
    players_questionable: 0,
    rotation_players_out: 0,
    rotation_minutes_out: 0,
  });
  expect(teams.get("DEN")).toMatchObject({
    injuries_known: false,
    players_out: null,
    rotation_minutes_out: null,
  });
});

test("nothing of the date's games or later changes a row, nor do other dates of the same statement", async () => {
  await using fixture = await tonight();
  await fixture.insert("nba_raw.game_lines", [quote("a", "spread", "home", 10, -3)]);
  const hashes = (teams: Map<unknown, Row>) => [...teams.values()].map((row) => row.row_hash);
  const before = hashes(await compute(fixture));
  expect(hashes(await compute(fixture, "2023-11-01", "2023-11-03", D))).toEqual(before);

  await fixture.warehouse.execute(
    `UPDATE nba_raw.schedule SET status = 'final', home_score = 150, away_score = 50 WHERE game_date = DATE '${D}'`,
  );
  const played = finalOf(D, "NYK 50 @ BOS 150");
  const later = finalOf("2023-11-11", "NYK 50 @ BOS 150");
  await fixture.insert("nba_raw.schedule", [later]);
  await fixture.insert("nba_raw.game_lines", [quote("a", "spread", "home", 20, -30)]);
  await fixture.insert("nba_raw.injury_reports", [
    report("BOS", "late", "out", { reported_at: `${D}T17:00:00Z` }),
  ]);
  await fixture.insert("nba_analytics.team_offense_game_summary", [
    ...offenseOf(played),
    ...offenseOf(later),
  ]);
  await fixture.insert("nba_analytics.team_defense_game_summary", [
    ...defenseOf(played),
    ...defenseOf(later),
  ]);
  await fixture.insert("nba_analytics.player_game_summary", [
    ...playedGames("late", 900, 900, 900, 900).map((row) => ({ ...row, game_date: D })),
  ]);
  expect(hashes(await compute(fixture))).toEqual(before);
  expect(hashes(await compute(fixture, "2023-11-04", D, "2023-11-11"))).toEqual(before);
});
