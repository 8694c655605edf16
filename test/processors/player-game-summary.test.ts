import { expect, test } from "vitest";
import { playerGameSummary } from "../../src/processors/analytics/player_game_summary/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { boxes, DATE, GAME, insertGame, insertShots, teamBoxes } from "./summary-games.ts";

async function summarise(prepare: (fixture: Fixture) => Promise<void>): Promise<Map<string, Row>> {
  await using fixture = await Fixture.open();
  await prepare(fixture);
  const rows = await fixture.compute(playerGameSummary, DATE);
  return new Map(rows.map((row) => [row.player_id as string, row]));
}

test("a box score becomes rates by their published formulas", async () => {
  const rows = await summarise((fixture) => insertGame(fixture));
  expect(rows.size).toBe(11);
  const one = rows.get("1")!;
  expect(one).toMatchObject({
    season_year: 2022,
    season_type: "regular",
    team: "BOS",
    opponent: "PHI",
    player_name: "One",
    is_home: true,
    site: "home",
    played: true,
    starter: true,
    win: true,
    overtime_periods: 0,
    seconds: 2160,
    minutes: 36,
    reb: 8,
    pts: 28,
    team_seconds: 14400,
    // 100 FGA + 44 FTA + 100 TOV: 2564 + 1100 + 88 + 0 + 100
    team_used: 3852,
    // (10 + 0.5 * 3) / 20
    efg_pct: 0.575,
  });
  // 28 / (2 * (20 + 0.44 * 6)) = 28 / 45.28
  expect(one.ts_pct).toBeCloseTo(0.618374558, 9);
  // (25.64 * 48) / (36 * 38.52)
  expect(one.usage_rate).toBeCloseTo((25.64 * 48) / (36 * 38.52), 9);
});

test("no attempts: percentages are unknown, usage is zero; under a minute: usage is unknown", async () => {
  const rows = await summarise((fixture) => insertGame(fixture));
  expect(rows.get("4")).toMatchObject({ played: true, pts: 0, efg_pct: null, ts_pct: null, usage_rate: 0 });
  // Free throws alone give true shooting: 2 / (2 * 0.44 * 2) = 1.136363636...
  expect(rows.get("3")).toMatchObject({ efg_pct: null, ts_pct: 1.136363636 });
  expect(rows.get("5")).toMatchObject({ seconds: 30, efg_pct: 1, usage_rate: null });
});

test("who did not play has no statistics, whatever zeros the source serves", async () => {
  const rows = await summarise((fixture) => insertGame(fixture));
  expect(rows.get("6")).toMatchObject({
    status: "dnp",
    played: false,
    dnp_reason: "DNP - Coach's Decision",
    seconds: 0,
    pts: null,
    fga: null,
    reb: null,
    plus_minus: null,
    usage_rate: null,
    lists_nonplayers: true,
  });
});

test("an active row of zero seconds played if it has a counting stat, and did not otherwise", async () => {
  const rows = await summarise((fixture) =>
    insertGame(fixture, {
      boxes: boxes.map((row) =>
        row.player_id === "4" ? { ...row, seconds: 0 } : row.player_id === "3" ? { ...row, seconds: 0 } : row,
      ),
    }),
  );
  expect(rows.get("4")).toMatchObject({ played: false, pts: null });
  expect(rows.get("3")).toMatchObject({ played: true, pts: 2, seconds: 0, usage_rate: null });
});

test("overtime counts through the team's minutes", async () => {
  const rows = await summarise((fixture) =>
    insertGame(fixture, { teamBoxes: teamBoxes.map((row) => ({ ...row, minutes: 290 })) }),
  );
  // 290 minutes are two overtimes; 290 / 5 = 58 minutes of game.
  expect(rows.get("1")).toMatchObject({ overtime_periods: 2, team_seconds: 17400 });
  expect(rows.get("1")!.usage_rate).toBeCloseTo((25.64 * 58) / (36 * 38.52), 9);
});

test("without a team box score minutes, usage and zones are unknown, the rest stays", async () => {
  const rows = await summarise((fixture) => insertGame(fixture, { teamBoxes: [] }));
  expect(rows.get("1")).toMatchObject({
    pts: 28,
    team_seconds: null,
    usage_rate: null,
    overtime_periods: null,
  });
});

test("a neutral site is neither home nor away", async () => {
  const rows = await summarise((fixture) => insertGame(fixture, { schedule: { arena_id: "paris" } }));
  expect(rows.get("1")).toMatchObject({ site: "neutral", is_home: true });
  expect(rows.get("11")).toMatchObject({ site: "neutral", is_home: false, win: false });
});

const shots = [
  ["1", "BOS", "paint", 2, true, "2"],
  ["1", "BOS", "paint", 2, false, undefined, "11"],
  ["1", "BOS", "mid_range", 2, true],
  ["1", "BOS", "three", 3, true, "3"],
] as const;

test("zones per player, with assisted and unassisted makes; a player who played and did not shoot has zeros", async () => {
  const rows = await summarise(async (fixture) => {
    await insertGame(fixture);
    await insertShots(fixture, shots, { home_shots: 31, away_shots: 20 });
  });
  expect(rows.get("1")).toMatchObject({
    paint_fga: 2,
    paint_fgm: 1,
    mid_range_fga: 1,
    mid_range_fgm: 1,
    three_fga: 1,
    three_fgm: 1,
    assisted_fgm: 2,
    unassisted_fgm: 1,
    zone_method: "official",
    zones_missing_reason: null,
  });
  expect(rows.get("4")).toMatchObject({ paint_fga: 0, three_fgm: 0, assisted_fgm: 0 });
  expect(rows.get("6")).toMatchObject({ paint_fga: null, assisted_fgm: null });
});

test.for([
  { home_shots: 29, away_shots: 22, reason: null },
  { home_shots: 28, away_shots: 20, reason: "shots_differ" },
  { home_shots: 31, away_shots: 23, reason: "shots_differ" },
])(
  "shots of $home_shots and $away_shots against 31 and 20 attempts: $reason",
  async ({ reason, ...coverage }) => {
    const rows = await summarise(async (fixture) => {
      await insertGame(fixture);
      await insertShots(fixture, shots, coverage);
    });
    expect(rows.get("1")).toMatchObject({
      zones_missing_reason: reason,
      paint_fga: reason ? null : 2,
      zone_method: reason ? null : "official",
    });
  },
);

test.for([
  ["all of a team's", "team = 'PHI'", "shots_differ"],
  // Of BOS the first 31 events; 17 shots are left for 20 attempts.
  ["three of a team's", "event_id IN (32, 33, 34)", "shots_differ"],
  ["all", "TRUE", "no_shots"],
] as const)("no zones where shots were counted once and are gone: %s", async ([, gone, reason]) => {
  const rows = await summarise(async (fixture) => {
    await insertGame(fixture);
    await insertShots(fixture, shots, { home_shots: 31, away_shots: 20 });
    await fixture.warehouse.execute(`DELETE FROM nba_raw.shots WHERE ${gone}`);
  });
  expect(rows.get("1")).toMatchObject({ zones_missing_reason: reason, paint_fga: null, three_fga: null });
});

test("no shots at all, and a source without assist marks", async () => {
  const none = await summarise((fixture) => insertGame(fixture));
  expect(none.get("1")).toMatchObject({ zones_missing_reason: "no_shots", paint_fga: null });
  const unmarked = await summarise(async (fixture) => {
    await insertGame(fixture);
    await insertShots(fixture, shots, { home_shots: 31, away_shots: 20, has_assists: false });
  });
  expect(unmarked.get("1")).toMatchObject({ paint_fga: 2, assisted_fgm: null, unassisted_fgm: null });
});

const prop = { game_id: GAME, game_date: DATE, market: "points", team: null };
const timed = (player_id: string, bookmaker: string, at: string, line: number): Row => ({
  ...prop,
  player_id,
  bookmaker,
  line,
  snapshot_at: at,
  snapshot_key: at,
  snapshot_kind: "timed",
});

test("the points line is the lower median of each book's last line before the cut-off", async () => {
  const rows = await summarise(async (fixture) => {
    await insertGame(fixture);
    await fixture.insert("nba_raw.player_props", [
      timed("1", "a", "2022-10-18T15:00:00Z", 27.5),
      timed("1", "a", "2022-10-18T23:29:59Z", 28.5),
      timed("1", "a", "2022-10-18T23:30:00Z", 31.5), // at tip-off: too late
      {
        ...prop,
        player_id: "1",
        bookmaker: "b",
        line: 28,
        snapshot_key: "unknown",
        snapshot_kind: "closing_unknown_time",
      },
      {
        ...prop,
        player_id: "1",
        bookmaker: "c",
        line: 5,
        snapshot_key: "unknown",
        snapshot_kind: "closing_unknown_time",
        market: "threes",
      },
      timed("2", "a", "2022-10-18T15:00:00Z", 9.5),
      {
        ...prop,
        player_id: "2",
        bookmaker: "a",
        line: 12.5,
        snapshot_key: "unknown",
        snapshot_kind: "closing_unknown_time",
      },
      {
        ...prop,
        player_id: "4",
        bookmaker: "b",
        line: 5.5,
        snapshot_key: "unknown",
        snapshot_kind: "closing_unknown_time",
      },
      timed("6", "a", "2022-10-18T15:00:00Z", 3.5),
    ]);
  });
  // {28.5 (a), 28 (b)}: the lower middle is 28, and 28 points are a push.
  expect(rows.get("1")).toMatchObject({
    points_line: 28,
    points_line_source: "mixed",
    over_under_result: "push",
    points_margin: 0,
  });
  // The timed line wins over the book's line of unknown time.
  expect(rows.get("2")).toMatchObject({
    points_line: 9.5,
    points_line_source: "timed",
    over_under_result: "over",
    points_margin: 0.5,
  });
  expect(rows.get("4")).toMatchObject({
    points_line: 5.5,
    points_line_source: "closing_unknown_time",
    over_under_result: "under",
    points_margin: -5.5,
  });
  // Bets on who does not play are void.
  expect(rows.get("6")).toMatchObject({ points_line: 3.5, over_under_result: null, points_margin: null });
  expect(rows.get("3")).toMatchObject({ points_line: null, points_line_source: null });
});

test.for([
  {
    name: "points do not sum to the score",
    change: (row: Row) => (row.player_id === "2" ? { ...row, pts: 9 } : row),
  },
  {
    name: "fewer than five listed",
    change: (row: Row) => (row.player_id === "15" ? { ...row, team: "BOS" } : row),
  },
  {
    name: "a count of someone who played is unknown",
    change: (row: Row) => (row.player_id === "4" ? { ...row, tov: null } : row),
  },
  {
    name: "a count of someone with a foul in no time at all is unknown",
    change: (row: Row) => (row.player_id === "4" ? { ...row, seconds: 0, pf: 1, tov: null } : row),
  },
])("a box score is set aside whole where $name", async ({ change }) => {
  const rows = await summarise((fixture) => insertGame(fixture, { boxes: boxes.map(change) }));
  expect(rows.size).toBe(0);
});

test("a box score is whole where plus-minus is unknown, and any count of someone who did not play", async () => {
  const unknown = (row: Row) =>
    row.player_id === "6" ? { ...row, tov: null, pts: null } : { ...row, plus_minus: null };
  const rows = await summarise((fixture) => insertGame(fixture, { boxes: boxes.map(unknown) }));
  // Six of Boston and five of Philadelphia.
  expect(rows.size).toBe(11);
});
