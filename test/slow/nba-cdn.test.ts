import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { start } from "../cli/child.ts";
import { nbaBackfill } from "../cli/in-process.ts";
import { FeedServer } from "../ingest/nba-cdn/feed-server.ts";
import { documentsOf } from "../ingest/nba-cdn/plain-game.ts";

// `ingest nba-cdn` by the clock: it is throttled, waits as it is told to, and gives a slow answer half a minute.

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nba-backfill-nba-cdn-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const id = (game: number) => `002250090${game}`;
const box = (game: number) => `boxscore_${id(game)}.json`;
const plays = (game: number) => `playbyplay_${id(game)}.json`;

/** The first games of a season, a day apart from 2026-01-21 on. */
const documentsFor = (games: number) =>
  documentsOf(
    "2025-26",
    Array.from({ length: games }, (_, index) => ({
      id: id(index + 1),
      date: `2026-01-${21 + index}`,
      home: { tricode: "BOS", score: 103 },
      away: { tricode: "LAL", score: 99 },
    })),
  );

const lineOf = (server: FeedServer) => [
  ...["ingest", "nba-cdn", "--base-url", server.url, "--now", "2026-01-30T17:00:00Z"],
];

test("a finished game without a box score: the rest loads, the game is named, and the command leaves with 1", async () => {
  const documents = documentsFor(2);
  const { [box(1)]: missing, ...served } = documents;
  await using server = await new FeedServer(served).listen();
  server.faults.set(box(2), ["503"]);
  const line = lineOf(server);
  const { code, stdout, stderr } = await nbaBackfill(folder, line);
  expect(code, stderr).toBe(1);
  expect(stdout).toMatch(/^ {2}boxscore_0022500901.json: not there \(HTTP 404\), but the game is over$/m);
  expect(stderr).toMatch(/^game 1 of 2: 0022500901$/m);
  expect(stderr).toMatch(/^game 2 of 2: 0022500902, about \d+ s left$/m);
  // The schedule, the box score that is not there, two attempts at the other one, and its plays.
  expect(Object.values(server.counts())).toEqual([1, 1, 2, 1]);

  // Whole games are not asked for again, but where --all says so; their documents are in the cache still.
  const again = await nbaBackfill(folder, [...line, "--all", "--start-date", "2026-01-22", "--json"]);
  expect(again.code).toBe(0);
  const { files } = JSON.parse(again.stdout);
  expect(files.map(({ tables: [table] }: Summary) => [table!.table, table!.rows, table!.unchanged])).toEqual([
    ["nba_raw.schedule", 2, 2],
    ["nba_raw.player_boxscores", 10, 10],
    ["nba_raw.team_boxscores", 2, 2],
    ["nba_raw.shots", 2, 2],
  ]);
  expect(server.counts()).toEqual({ "scheduleLeagueV2.json": 1 });

  server.documents = documents;
  expect((await nbaBackfill(folder, line)).code).toBe(0);
  expect(Object.keys(server.counts())).toEqual(["scheduleLeagueV2.json", box(1), plays(1)]);
});

interface Summary {
  readonly tables: readonly { table: string; rows: number; unchanged: number }[];
}

test("Ctrl-C, then a kill, each amid a download: what the cache has is not asked for again", async () => {
  await using server = await new FeedServer(documentsFor(3)).listen();
  const line = lineOf(server);
  const stopAt = async (name: string, signal: "SIGINT" | "SIGKILL") => {
    server.faults.set(name, ["hang"]);
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    server.onHang = () => resolve();
    const child = start(folder, line);
    await Promise.race([
      asked,
      child.ended().then((code) => expect.fail(`left with ${code}: ${child.stderr()}`)),
    ]);
    child.process.kill(signal);
    return child.ended();
  };

  expect(await stopAt(plays(1), "SIGINT")).toBe(130);
  expect(server.counts()).toEqual({
    "scheduleLeagueV2.json": 1,
    [box(1)]: 1,
    [plays(1)]: 1,
  });
  // Nothing loads before all of it is there.
  expect(existsSync(join(folder, "nba-backfill.duckdb"))).toBe(false);

  expect(await stopAt(box(2), "SIGKILL")).toBe(137);
  expect(server.counts()).toEqual({
    "scheduleLeagueV2.json": 1,
    [plays(1)]: 1,
    [box(2)]: 1,
  });

  const { code, stderr, stdout } = await nbaBackfill(folder, [...line, "--json"]);
  expect(code, stderr).toBe(0);
  expect(server.counts()).toEqual({
    "scheduleLeagueV2.json": 1,
    [box(2)]: 1,
    [plays(2)]: 1,
    [box(3)]: 1,
    [plays(3)]: 1,
  });
  const { files, failedDocuments } = JSON.parse(stdout);
  expect(failedDocuments).toBe(0);
  expect(files.map(({ file, rows }: { file: string; rows: number }) => [file, rows])).toEqual([
    ["nba-cdn/schedule.jsonl", 3],
    ["nba-cdn/player_boxscores.jsonl", 30],
    ["nba-cdn/team_boxscores.jsonl", 6],
    ["nba-cdn/shots.jsonl", 6],
  ]);
});

test("a server that misbehaves in every way, and then for good", async () => {
  await using server = await new FeedServer(documentsFor(9)).listen();
  server.faults
    .set(box(1), ["429"])
    .set(plays(1), ["503"])
    .set(box(2), ["cut"])
    .set(plays(2), ["half"])
    .set(box(3), ["drip"])
    .set(plays(3), ["page"]);
  for (const game of [5, 6, 7]) server.faults.set(box(game), Array(5).fill("503"));
  const { code, stdout, stderr } = await nbaBackfill(folder, lineOf(server));
  expect(code).toBe(1);
  // One word for each fault but the last of those that stay.
  expect(stderr.match(/^\S+\.json: .*, again in [\d.]+ s$/gm)).toHaveLength(6 + 3 * 4);
  expect(stderr).toMatch(/^boxscore_0022500901.json: HTTP 429, again in 7.0 s$/m);
  expect(stdout).toMatch(/^ {2}boxscore_0022500907.json: HTTP 503, in 5 attempts$/m);
  expect(stdout).toMatch(
    /^ {2}nba-cdn: 3 games in a row failed, so 2 games were not asked for: the same command goes on from here later$/m,
  );
  const twice = [box(1), plays(1), box(2), plays(2), box(3), plays(3)].map((name) => [name, 2]);
  const often = [box(5), box(6), box(7)].map((name) => [name, 5]);
  const once = ["scheduleLeagueV2.json", box(4), plays(4)].map((name) => [name, 1]);
  expect(server.counts()).toEqual(Object.fromEntries([...twice, ...often, ...once]));

  const again = await nbaBackfill(folder, [...lineOf(server), "--json"]);
  expect(again.code).toBe(0);
  // Games 5 to 9, of ten players each.
  const { files } = JSON.parse(again.stdout);
  expect(files[1].tables).toMatchObject([{ table: "nba_raw.player_boxscores", rows: 50, inserted: 50 }]);
  expect(Object.values(server.counts())).toEqual(Array(11).fill(1));
});

const screen = spawnSync("script", ["--version"]).error === undefined;

test.skipIf(!screen)(
  "on a screen (skipped without script): a bar with ETA, and one Ctrl-C ends it",
  async () => {
    await using server = await new FeedServer(documentsFor(4)).listen();
    const launcher = new URL("../../bin/nba-backfill", import.meta.url).pathname;
    const child = spawn("script", ["-qec", [launcher, ...lineOf(server)].join(" "), "/dev/null"], {
      cwd: folder,
    });
    const ended = once(child, "close");
    let shown = "";
    let pressed = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
      if (pressed || !shown.includes("1/4 games")) return;
      pressed = true;
      child.stdin.write("\u0003");
    });
    const [code] = await ended;
    expect(code, shown).toBe(130);
    expect(shown).toMatch(/25% \| 1\/4 games \| ETA \d+s \| 0022500902/);
    // The screen has its cursor again.
    expect(shown.lastIndexOf("\u001b[?25h")).toBeGreaterThan(shown.lastIndexOf("\u001b[?25l"));
  },
);
