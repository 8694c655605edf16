import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nbaBackfill } from "../../cli/in-process.ts";
import { documentsOf } from "./plain-game.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nba-backfill-nba-cdn-command-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const games = ["0022500901", "0022500902"].map((id, index) => ({
  id,
  date: `2026-01-2${index}`,
  home: { tricode: "BOS", score: 103 },
  away: { tricode: "LAL", score: 99 },
}));
const documents = documentsOf("2025-26", games);
const now = ["--now", "2026-01-28T17:00:00Z"];

test.each<[string[], RegExp]>([
  [["--explain"], /--explain is for files: for nba-cdn, --dry-run says what would load/],
  [["--mapping", "own-shots"], /--mapping is for files/],
  [
    ["--start-date", "2026-02-01", "--end-date", "2026-01-01"],
    /the range ends \(2026-01-01\) before it starts \(2026-02-01\)/,
  ],
  [["--base-url", "ftp://somewhere"], /not a URL like/],
])("nba-cdn with %j is refused in a line and makes no warehouse", async (more, says) => {
  const { code, stdout, stderr } = await nbaBackfill(folder, ["ingest", "nba-cdn", ...more, ...now]);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(says);
  expect(existsSync(join(folder, "nba-backfill.duckdb"))).toBe(false);
});

test("a dry run says what would load, and saved documents need no network", async () => {
  const saved = join(folder, "saved");
  mkdirSync(saved);
  for (const [name, document] of Object.entries(documents)) {
    writeFileSync(join(saved, name), JSON.stringify(document));
  }
  const line = ["ingest", "nba-cdn", "--from", saved, "--base-url", "http://127.0.0.1:9", ...now];
  const dry = await nbaBackfill(folder, [...line, "--dry-run"]);
  expect(dry.code, dry.stderr).toBe(0);
  expect(dry.stdout).toMatch(
    /player_boxscores\.jsonl +own-player-boxscores +nba_raw\.player_boxscores +20 +20 /,
  );
  expect(dry.stdout).toMatch(/Dry run: nothing was written/);
  expect(existsSync(join(folder, "nba-backfill.duckdb"))).toBe(false);
  // A game that has no plays in the folder loads without shots, which is no fault of the folder's.
  rmSync(join(saved, "playbyplay_0022500902.json"));
  const { code, stdout } = await nbaBackfill(folder, line);
  expect(code).toBe(0);
  expect(stdout).toMatch(/playbyplay_0022500902.json: not in .*saved$/m);
});

test("each host is asked by name and version, and what another served is not believed of it", async () => {
  const agents: (string | undefined)[] = [];
  const serve = async () => {
    const server = createServer((request, response) => {
      agents.push(request.headers["user-agent"]);
      const document = documents[basename(request.url!)];
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(document));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return server;
  };
  for (const [trial, server] of [await serve(), await serve()].entries()) {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const line = ["ingest", "nba-cdn", "--base-url", url, "--warehouse", `${trial}.duckdb`, ...now];
    const { code, stderr } = await nbaBackfill(folder, line);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    expect(code, stderr).toBe(0);
    // The schedule, and of two games the box score and the plays.
    expect(agents.splice(0)).toEqual(Array(5).fill(expect.stringMatching(/^nba-backfill\/\d+\.\d+\.\d+$/)));
  }
});
