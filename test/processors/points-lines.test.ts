import { expect, test } from "vitest";
import { upcomingPlayerGameContext } from "../../src/processors/analytics/upcoming_player_game_context/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { datesFrom, listing } from "./player-games.ts";
import { finalOf, fixtureOf } from "./small-league.ts";

const D = "2023-12-10";
const GAME = `${D} NYK @ BOS`;
const last = finalOf("2023-12-05", "BOS 90 @ MIA 100");

const prop = (bookmaker: string, hour: number, line: number, more: Row = {}): Row => {
  const snapshot_at = `${D}T${String(hour).padStart(2, "0")}:00:00Z`;
  return {
    game_id: GAME,
    game_date: D,
    player_id: "b",
    bookmaker,
    market: "points",
    snapshot_key: snapshot_at,
    snapshot_at,
    snapshot_kind: "timed",
    line,
    ...more,
  };
};

/** What is said of b's line before BOS - NYK, whose cut-off is 17:00 UTC; he was last listed for BOS. */
async function lineOf(
  props: readonly Row[],
  games: readonly Row[] = [],
  listings: readonly Row[] = [],
): Promise<Row> {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [last, ...games, fixtureOf(D, "NYK @ BOS")]);
  await fixture.insert("nba_analytics.player_game_summary", [listing(last, "BOS", "b"), ...listings]);
  await fixture.insert("nba_raw.player_props", props);
  const rows = await fixture.compute(upcomingPlayerGameContext, D);
  return rows.find((row) => row.player_id === "b")!;
}

test("the lower middle over books of each book's last line before the cut-off", async () => {
  const row = await lineOf([
    prop("one", 10, 20.5),
    prop("one", 12, 21.5),
    prop("two", 11, 22.5),
    prop("three", 9, 24.5),
    prop("three", 16, 23.5),
    prop("four", 15, 19.5),
    // At the cut-off, of unknown time, of another market: not seen.
    prop("five", 17, 18.5),
    prop("six", 8, 17.5, { snapshot_kind: "closing_unknown_time" }),
    prop("seven", 8, 1.5, { market: "threes" }),
  ]);
  // Last lines 19.5, 21.5, 22.5, 23.5: the lower middle is 21.5. First lines of the same books: 19.5, 20.5, 22.5, 24.5.
  // Books one and three moved, by 1 and -1: the lower middle is -1.
  expect(row).toMatchObject({
    points_line: 21.5,
    points_line_opening: 20.5,
    points_line_movement: -1,
    points_line_books: 4,
    points_line_over_probability: null,
  });
});

test("no movement without a book that has two snapshot times", async () => {
  expect(await lineOf([prop("one", 10, 20.5), prop("two", 11, 22.5)])).toMatchObject({
    points_line: 20.5,
    points_line_opening: 20.5,
    points_line_movement: null,
  });
  expect(await lineOf([prop("one", 10, 20.5), prop("one", 11, 20.5)])).toMatchObject({
    points_line_movement: 0,
  });
});

test("without a line nothing is known of it", async () => {
  expect(await lineOf([])).toMatchObject({
    points_line: null,
    points_line_opening: null,
    points_line_movement: null,
    points_line_books: 0,
    points_line_over_probability: null,
    points_line_streak: null,
  });
});

test("the over's probability without vig, at the consensus line alone", async () => {
  const row = await lineOf([
    // 1/1.6 / (1/1.6 + 1/2.4) = 2.4 / 4 = 0.6
    prop("one", 10, 20.5, { over_price: 1.6, under_price: 2.4 }),
    // 1.5 / 4 = 0.375
    prop("two", 10, 20.5, { over_price: 2.5, under_price: 1.5 }),
    // 1.9 / 3.8 = 0.5
    prop("three", 10, 20.5, { over_price: 1.9, under_price: 1.9 }),
    // 1.2 / 4 = 0.3
    prop("four", 10, 20.5, { over_price: 2.8, under_price: 1.2 }),
    prop("five", 10, 20.5, { over_price: 1.9 }),
    prop("six", 10, 25.5, { over_price: 5, under_price: 1.01 }),
  ]);
  // Of 0.3, 0.375, 0.5 and 0.6 the lower middle.
  expect(row).toMatchObject({ points_line: 20.5, points_line_over_probability: 0.375 });
});

test.each([
  // Newest last; the line is 20.5, and 20 where a push is meant.
  { points: [10, 25, 21], line: 20.5, streak: 2 },
  { points: [30, 20, 20], line: 20.5, streak: -2 },
  { points: [30, 30], line: 20.5, streak: 2 },
  { points: [30, 20], line: 20, streak: 0 },
  { points: [20, 30], line: 20, streak: 1 },
  { points: [30, 20, 10, 10], line: 20, streak: -2 },
])("over and under streak of $points against $line: $streak", async ({ points, line, streak }) => {
  const games = datesFrom("2023-11-01", points.length).map((date) => finalOf(date, "BOS 90 @ MIA 100"));
  const lined = points.map((pts, index) => listing(games[index]!, "BOS", "b", { pts, points_line: 15.5 }));
  // The game of 2023-12-05 has no line and does not count; nor does one of last season.
  const old = finalOf("2023-04-01", "BOS 90 @ MIA 100");
  const oldLine = listing(old, "BOS", "b", { pts: 0, points_line: 15.5 });
  const row = await lineOf([prop("one", 10, line)], [old, ...games], [oldLine, ...lined]);
  expect(row).toMatchObject({ points_line_streak: streak });
});
