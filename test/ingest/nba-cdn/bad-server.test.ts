import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { GameDate } from "../../../src/dates.ts";
import { DocumentCache } from "../../../src/ingest/nba-cdn/cache.ts";
import { FeedClient } from "../../../src/ingest/nba-cdn/client.ts";
import { networkFeed } from "../../../src/ingest/nba-cdn/feed.ts";
import { TABLES } from "../../../src/tables.ts";
import { DuckDbWarehouse } from "../../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { type Fault, FeedServer } from "./feed-server.ts";
import { ingestNbaCdn } from "./ingest-nba-cdn.ts";
import { documentsOf, documentsOfGame, type PlainGame } from "./plain-game.ts";

let folder: string;
let warehouse: DuckDbWarehouse;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "nba-backfill-bad-server-"));
  warehouse = await DuckDbWarehouse.open({ path: join(folder, "warehouse.duckdb") });
  await warehouse.createTables(TABLES.values());
});
afterEach(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

const today = "2026-01-28" as GameDate;
const id = (game: number) => `002250090${game}`;
const box = (game: number) => `boxscore_${id(game)}.json`;
const plays = (game: number) => `playbyplay_${id(game)}.json`;
const schedule = "scheduleLeagueV2.json";

/** Game n is on the 20 + nth of January 2026. */
function game(number: number, more: Partial<PlainGame> = {}): PlainGame {
  const home = { tricode: "BOS", score: 103 };
  const away = { tricode: "LAL", score: 99 };
  return { id: id(number), date: `2026-01-${20 + number}`, home, away, ...more };
}

/** An ingest by a clock that only sleeping moves and deadlines that only a drip lets pass. */
async function ingest(server: FeedServer, now = Date.parse(`${today}T17:00:00Z`)) {
  let clock = now;
  const client = new FeedClient(server.url, new DocumentCache(join(folder, "cache")), {
    now: () => clock,
    sleep: async (ms) => {
      clock += ms;
    },
    random: () => 0,
    deadline: () => {
      const controller = new AbortController();
      server.onDrip = () => controller.abort(new Error("no whole answer in time"));
      return controller.signal;
    },
  });
  const summary = await ingestNbaCdn(warehouse, networkFeed(client), { today }, { now: new Date(now) });
  const missed = Object.fromEntries(summary.skippedFiles.map(({ file, reason }) => [file, reason]));
  const answers = server.asked.map(({ name, status }) => `${status} ${name}`);
  return { failed: summary.failedDocuments, missed, answers, counts: server.counts() };
}

/** Games by what the warehouse has of them. */
async function held() {
  const games = async (table: string) =>
    (await warehouse.read(`SELECT DISTINCT game_id FROM nba_raw.${table} ORDER BY game_id`)).map(
      ({ game_id }) => Number(String(game_id).at(-1)),
    );
  return {
    schedule: await games("schedule"),
    players: await games("player_boxscores"),
    teams: await games("team_boxscores"),
    shots: await games("shots"),
  };
}

test("what can be had of a feed that misbehaves is in the warehouse, the rest is told, and asked for again", async () => {
  const tonight = game(8, { status: 1, text: "7:00 pm ET" });
  const tomorrow = game(9, { status: 1, text: "7:00 pm ET" });
  const games = [1, 2, 3, 4, 5, 6, 7].map((number) => game(number));
  const all = documentsOf("2025-26", [...games, tonight, tomorrow]);
  const { [box(7)]: lastBox, ...documents } = all;
  await using server = await new FeedServer(documents).listen();
  const always = (fault: Fault) => Array<Fault>(5).fill(fault);
  server.faults
    .set(schedule, ["503"])
    .set(box(1), ["429"])
    .set(plays(1), ["page"])
    .set(plays(2), ["503", "cut"])
    .set(box(3), always("cut"))
    .set(plays(4), always("half"))
    .set(box(5), ["drip"])
    .set(box(6), always("page"));

  const first = await ingest(server);
  expect(first.missed).toEqual({
    [box(3)]: expect.stringMatching(/^terminated .*, in 5 attempts$/),
    [plays(4)]: "answered broken JSON, in 5 attempts",
    [box(6)]: "answered text/html instead of JSON, in 5 attempts",
    [box(7)]: "not there (HTTP 404), but the game is over",
    [box(8)]: "not there (HTTP 404)",
  });
  // That tonight's game has no box score yet is no fault.
  expect(first.failed).toBe(4);
  // One request and one for each fault; what has no box score is not asked for plays, tomorrow's game for nothing.
  expect(first.counts).toEqual({
    [schedule]: 2,
    [box(1)]: 2,
    [plays(1)]: 2,
    [box(2)]: 1,
    [plays(2)]: 3,
    [box(3)]: 5,
    [box(4)]: 1,
    [plays(4)]: 5,
    [box(5)]: 2,
    [plays(5)]: 1,
    [box(6)]: 5,
    [box(7)]: 1,
    [box(8)]: 1,
  });
  expect(await held()).toEqual({
    schedule: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    players: [1, 2, 4, 5],
    teams: [1, 2, 4, 5],
    shots: [1, 2, 5],
  });
  // Of each game in whole teams of five, and both teams' shots.
  expect(
    await warehouse.read(
      `SELECT (SELECT COUNT(*) FROM nba_raw.player_boxscores) AS players,
         (SELECT COUNT(*) FROM nba_raw.team_boxscores) AS teams, (SELECT COUNT(*) FROM nba_raw.shots) AS shots`,
    ),
  ).toEqual([{ players: 40, teams: 8, shots: 6 }]);

  // The feed is well again, and game 7 has its box score: only what is missing is asked for. The cache has the box
  // score of game 4, and the schedule has not changed.
  server.documents = { ...documents, [box(7)]: lastBox };
  const second = await ingest(server);
  expect(second).toMatchObject({ failed: 0, missed: { [box(8)]: "not there (HTTP 404)" } });
  expect(second.counts).toEqual({
    [schedule]: 1,
    [box(3)]: 1,
    [plays(3)]: 1,
    [plays(4)]: 1,
    [box(6)]: 1,
    [plays(6)]: 1,
    [box(7)]: 1,
    [plays(7)]: 1,
    [box(8)]: 1,
  });
  const whole = [1, 2, 3, 4, 5, 6, 7];
  expect(await held()).toMatchObject({ players: whole, teams: whole, shots: whole });

  // Nothing is left but tonight's game, which is over by now; the schedule still says that it is to come.
  server.documents = { ...server.documents, ...documentsOfGame(game(8)) };
  const third = await ingest(server);
  expect(third).toMatchObject({ failed: 0, missed: {} });
  expect(third.counts).toEqual({ [schedule]: 1, [box(8)]: 1, [plays(8)]: 1 });
  expect(
    await warehouse.read(`SELECT status, home_score FROM nba_raw.schedule WHERE game_id = '${id(8)}'`),
  ).toEqual([{ status: "final", home_score: 103 }]);
});

test("what has not changed is answered with 304 and loads from the cache", async () => {
  await using server = await new FeedServer(documentsOf("2025-26", [game(1)])).listen();
  expect((await ingest(server)).answers).toEqual([`200 ${schedule}`, `200 ${box(1)}`, `200 ${plays(1)}`]);
  for (const table of ["schedule", "player_boxscores", "team_boxscores", "shots", "shot_coverage"]) {
    await warehouse.execute(`DELETE FROM nba_raw.${table}`);
  }
  // Within a day the documents of a finished game are not asked for, after it with their ETags.
  expect((await ingest(server)).answers).toEqual([`304 ${schedule}`]);
  expect(await held()).toEqual({ schedule: [1], players: [1], teams: [1], shots: [1] });
  for (const table of ["player_boxscores", "shots"]) await warehouse.execute(`DELETE FROM nba_raw.${table}`);
  const { answers } = await ingest(server, Date.parse("2026-01-30T17:00:00Z"));
  expect(answers).toEqual([`304 ${schedule}`, `304 ${box(1)}`, `304 ${plays(1)}`]);
  expect(await held()).toEqual({ schedule: [1], players: [1], teams: [1], shots: [1] });
});

test("after three games in a row without an answer the feed is left alone, and later asked for those and the rest", async () => {
  const games = [1, 2, 3, 4, 5, 6].map((number) => game(number));
  await using server = await new FeedServer(documentsOf("2025-26", games)).listen();
  for (const number of [2, 3, 4]) server.faults.set(box(number), Array(5).fill("503"));

  const first = await ingest(server);
  expect(first.missed).toEqual({
    [box(2)]: "HTTP 503, in 5 attempts",
    [box(3)]: "HTTP 503, in 5 attempts",
    [box(4)]: "HTTP 503, in 5 attempts",
    "nba-cdn":
      "3 games in a row failed, so 2 games were not asked for: the same command goes on from here later",
  });
  expect(first.failed).toBe(4);
  expect(first.counts).toEqual({
    [schedule]: 1,
    [box(1)]: 1,
    [plays(1)]: 1,
    [box(2)]: 5,
    [box(3)]: 5,
    [box(4)]: 5,
  });
  expect(await held()).toMatchObject({ players: [1], shots: [1] });

  const second = await ingest(server);
  expect(second).toMatchObject({ failed: 0, missed: {} });
  const rest = [2, 3, 4, 5, 6].flatMap((number) => [box(number), plays(number)]);
  expect(second.counts).toEqual(Object.fromEntries([schedule, ...rest].map((name) => [name, 1])));
  expect(await held()).toMatchObject({ players: [1, 2, 3, 4, 5, 6], shots: [1, 2, 3, 4, 5, 6] });
});

test("a feed without its schedule gives nothing, and the warehouse stays as it is", async () => {
  await using server = await new FeedServer(documentsOf("2025-26", [game(1)])).listen();
  server.faults.set(schedule, Array(5).fill("503"));
  await expect(ingest(server)).rejects.toMatchObject({
    code: "feed-unavailable",
    exitCode: 1,
    message: "staticData/scheduleLeagueV2.json: HTTP 503, in 5 attempts",
  });
  expect(await held()).toEqual({ schedule: [], players: [], teams: [], shots: [] });
});

test("a feed that refuses us with 403 is left alone after three games that are over; those to come are no sign", async () => {
  const toCome = { status: 1, text: "7:00 pm ET" } as const;
  const games = [1, 2, 3].map((number) => game(number, toCome)).concat([4, 5, 6, 7].map((n) => game(n)));
  await using server = await new FeedServer(documentsOf("2025-26", games)).listen();
  for (const { id } of games) server.faults.set(`boxscore_${id}.json`, ["403"]);
  const first = await ingest(server);
  expect(first.counts).toEqual(
    Object.fromEntries([schedule, ...[1, 2, 3, 4, 5, 6].map(box)].map((name) => [name, 1])),
  );
  // Games 4, 5 and 6, and that game 7 was not asked for.
  expect(first.failed).toBe(4);

  server.faults.set(schedule, ["403"]);
  await expect(ingest(server)).rejects.toMatchObject({ code: "feed-unavailable", exitCode: 1 });
});
