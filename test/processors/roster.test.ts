import { expect, test } from "vitest";
import { playerShotZoneAnalysis } from "../../src/processors/precompute/player_shot_zone_analysis/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { datesFrom, listing } from "./player-games.ts";
import { finalOf, fixtureOf } from "./small-league.ts";

const D = "2023-12-10";

/** `BOS: a b, NYK: c` before a date. */
async function rosters(fixture: Fixture, date = D): Promise<string> {
  const rows = await fixture.select<{ team: string; players: string }>(
    playerShotZoneAnalysis,
    `SELECT team, STRING_AGG(player_id, ' ' ORDER BY player_id) AS players FROM roster
     WHERE game_date = DATE '${date}' GROUP BY team ORDER BY team`,
    date,
  );
  return rows.map(({ team, players }) => `${team}: ${players}`).join(", ");
}

/** Twelve games of BOS on the first days of November, LAL its opponent, and BOS - NYK on D. */
const games = datesFrom("2023-11-01", 12).map((date) => finalOf(date, "LAL 90 @ BOS 100"));

async function season(listings: readonly Row[], more: readonly Row[] = []): Promise<Fixture> {
  const fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [...games, fixtureOf(D, "NYK @ BOS"), ...more]);
  await fixture.insert("nba_analytics.player_game_summary", listings);
  return fixture;
}

/** Someone listed in every game, so that each has player box scores. */
const regulars = games.map((game) => listing(game, "BOS", "r"));
const game = (number: number) => games[number - 1]!;

test("a listing in the team's last 10 games, or 15 minutes a game, makes a member", async () => {
  await using fixture = await season([
    ...regulars,
    // The last 10 of 12 games are 3 .. 12.
    listing(game(3), "BOS", "third", { seconds: 60 }),
    listing(game(2), "BOS", "second", { seconds: 60 }),
    // (1790 + 10) / 2 = 900 seconds a game; (1789 + 10) / 2 is less.
    listing(game(1), "BOS", "fifteen", { seconds: 1790 }),
    listing(game(2), "BOS", "fifteen", { seconds: 10 }),
    listing(game(1), "BOS", "less", { seconds: 1789 }),
    listing(game(2), "BOS", "less", { seconds: 10 }),
    // Listed and did not play: no mean at all, and in the last 10 no need of one.
    listing(game(2), "BOS", "unplayed", { played: false }),
    listing(game(12), "BOS", "bench", { played: false }),
  ]);
  expect(await rosters(fixture)).toBe("BOS: bench fifteen r third");
});

test("only games that have player box scores count as the team's last 10", async () => {
  await using fixture = await season([
    ...regulars.filter((row) => row.game_id !== game(11).game_id),
    // Without game 11 the last 10 are 2 .. 10 and 12.
    listing(game(2), "BOS", "second", { seconds: 60 }),
    listing(game(1), "BOS", "first", { seconds: 60 }),
  ]);
  expect(await rosters(fixture)).toBe("BOS: r second");
});

test("the latest listing decides the team, and none of D itself is read", async () => {
  const tonight = finalOf(D, "NYK 90 @ BOS 91");
  await using fixture = await season(
    [
      ...regulars,
      listing(finalOf("2023-11-20", "UTA 90 @ NYK 100"), "NYK", "traded"),
      listing(game(5), "BOS", "traded"),
      listing(tonight, "NYK", "r"),
      listing(tonight, "BOS", "debut"),
    ],
    [finalOf("2023-11-20", "UTA 90 @ NYK 100"), fixtureOf("2023-12-11", "NYK @ BOS")],
  );
  expect(await rosters(fixture)).toBe("BOS: r, NYK: traded");
  expect(await rosters(fixture, "2023-12-11")).toBe("BOS: debut, NYK: r traded");
});

/** BOS's last season: 11 games in April 2023; this one: as many as told before D. */
async function newSeason(played: number, more: readonly Row[] = []): Promise<Fixture> {
  const old = datesFrom("2023-04-01", 11).map((date) => finalOf(date, "LAL 90 @ BOS 100"));
  const recent = games.slice(0, played);
  const fixture = await Fixture.open();
  await fixture.insert("nba_raw.schedule", [...old, ...recent, fixtureOf(D, "NYK @ BOS")]);
  await fixture.insert("nba_analytics.player_game_summary", [
    ...old.map((game) => listing(game, "BOS", "r")),
    ...recent.map((game) => listing(game, "BOS", "r")),
    // The last 10 of 11 games are 2 .. 11; 720 seconds are 12 minutes.
    listing(old[1]!, "BOS", "late", { seconds: 60 }),
    listing(old[0]!, "BOS", "early", { seconds: 719 }),
    listing(old[0]!, "BOS", "twelve", { seconds: 720 }),
    ...more,
  ]);
  return fixture;
}

test("last season's members stay until the team has 5 games", async () => {
  await using four = await newSeason(4);
  expect(await rosters(four)).toBe("BOS: late r twelve");
  await using five = await newSeason(5);
  expect(await rosters(five)).toBe("BOS: r");
});

test("a listing this season ends last season's membership", async () => {
  await using fixture = await newSeason(1, [listing(games[0]!, "LAL", "twelve", { seconds: 60 })]);
  expect(await rosters(fixture)).toBe("BOS: late r, LAL: twelve");
});
