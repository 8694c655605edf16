import { expect, test } from "vitest";
import { upcomingPlayerGameContext } from "../../src/processors/analytics/upcoming_player_game_context/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { datesFrom, listing } from "./player-games.ts";
import { finalOf, fixtureOf } from "./small-league.ts";

const D = "2023-12-20";
const games = datesFrom("2023-11-01", 20).map((date) => finalOf(date, "BOS 90 @ MIA 100"));

const report = (player_id: string, status: string): Row => ({
  game_date: D,
  team: "BOS",
  player_id,
  reported_at: "2023-12-20T12:00:00Z",
  status,
});

/** What p and s are told, where s plays BOS's games of these numbers with these statistics. */
async function told(numbers: readonly number[], statistics: Row, reports: readonly Row[]) {
  await using fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [...games, fixtureOf(D, "NYK @ BOS")]);
  await fixture.insert("nba_analytics.player_game_summary", [
    ...games.map((game) => listing(game, "BOS", "p")),
    ...numbers.map((number) => listing(games[number - 1]!, "BOS", "s", statistics)),
  ]);
  await fixture.insert("nba_raw.injury_reports", reports);
  const rows = await fixture.compute(upcomingPlayerGameContext, D);
  const starsOut = (player: string) => rows.find((row) => row.player_id === player)?.star_teammates_out;
  return { p: starsOut("p"), s: starsOut("s"), rows };
}

const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);
const out = [report("s", "out")];
const star = { pts: 18, seconds: 600 };

test.each([
  { name: "18 points a game over 10 games", played: numbers(11, 20), with: star, stars: 1 },
  { name: "9 games", played: numbers(12, 20), with: star, stars: 0 },
  { name: "17 points a game", played: numbers(11, 20), with: { pts: 17, seconds: 1679 }, stars: 0 },
  { name: "12 points in 28 minutes", played: numbers(11, 20), with: { pts: 12, seconds: 1680 }, stars: 1 },
  { name: "11 points in 28 minutes", played: numbers(11, 20), with: { pts: 11, seconds: 1680 }, stars: 0 },
  { name: "12 points in less", played: numbers(11, 20), with: { pts: 12, seconds: 1679 }, stars: 0 },
  // The team's last 10 games are 11 .. 20.
  { name: "last played the 10th of the last 10", played: numbers(2, 11), with: star, stars: 1 },
  { name: "gone for longer", played: numbers(1, 10), with: { pts: 18, seconds: 1200 }, stars: 0 },
])("a star out: $name: $stars", async ({ played, with: statistics, stars }) => {
  expect(await told(played, statistics, out)).toMatchObject({ p: stars, s: 0 });
});

test("out and doubtful count, and no other status", async () => {
  const played = numbers(11, 20);
  expect(await told(played, star, [report("s", "doubtful")])).toMatchObject({ p: 1 });
  expect(await told(played, star, [report("s", "questionable")])).toMatchObject({ p: 0 });
});

test("unknown where reports are not known, whoever is named", async () => {
  const played = numbers(11, 20);
  expect(await told(played, star, [])).toMatchObject({ p: null, s: null });
  const silent = { ...report("", "not_submitted"), reported_at: "2023-12-20T13:00:00Z" };
  const { p, rows } = await told(played, star, [...out, silent]);
  expect(p).toBe(null);
  expect(rows.find((row) => row.player_id === "s")).toMatchObject({ injury_status: null, injury_risk: null });
});

test.each([
  ["out", 3],
  ["doubtful", 3],
  ["questionable", 2],
  ["probable", 1],
  ["available", 0],
])("status %s is risk %i; the unlisted are available", async (status, risk) => {
  const { rows } = await told([20], star, [report("s", status)]);
  expect(rows.find((row) => row.player_id === "s")).toMatchObject({
    injury_status: status,
    injury_risk: risk,
  });
  expect(rows.find((row) => row.player_id === "p")).toMatchObject({
    injury_status: "available",
    injury_risk: 0,
  });
});
