import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DocumentCache } from "../../../src/ingest/nba-cdn/cache.ts";
import { FeedClient, LIMITS } from "../../../src/ingest/nba-cdn/client.ts";

type Reply = (response: ServerResponse, abort: () => void) => void;

const json = { "content-type": "application/json" };
const good: Reply = (response) => response.writeHead(200, { ...json, etag: '"1"' }).end('{"ok":1}');
const status =
  (code: number, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response.writeHead(code, headers).end();

/** A feed on loopback that gives these replies in turn, a clock that only sleeping moves, and a cache. */
async function against(replies: readonly Reply[], work: (feed: LocalFeed) => Promise<void>) {
  const requests: IncomingMessage[] = [];
  let abort = () => {};
  const server = createServer((request, response) => {
    requests.push(request);
    const reply = replies[requests.length - 1] ?? status(500);
    reply(response, () => abort());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const folder = mkdtempSync(join(tmpdir(), "nba-backfill-feed-"));
  const sleeps: number[] = [];
  let now = Date.parse("2026-02-12T12:00:00Z");
  const client = new FeedClient(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}/static/json/`,
    new DocumentCache(folder),
    {
      now: () => now,
      sleep: async (ms) => {
        sleeps.push(ms);
        now += ms;
      },
      random: () => 0,
      deadline: () => {
        const controller = new AbortController();
        abort = () => controller.abort(new Error("took too long"));
        return controller.signal;
      },
    },
  );
  const cached = () => (existsSync(folder) ? readdirSync(folder) : []);
  try {
    await work({ client, folder, requests, sleeps, cached });
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    rmSync(folder, { recursive: true, force: true });
  }
}

interface LocalFeed {
  readonly folder: string;
  readonly client: FeedClient;
  readonly requests: readonly IncomingMessage[];
  readonly sleeps: readonly number[];
  readonly cached: () => string[];
}

test("429 waits as long as Retry-After says, 503 as long as the backoff", async () => {
  await against([status(429, { "retry-after": "7" }), status(503), good], async (feed) => {
    expect(await feed.client.get("a.json")).toEqual({ json: { ok: 1 } });
    // 7 s asked for; then the second backoff, 2 s, of which chance 0 leaves half.
    expect(feed.sleeps).toEqual([7000, 1000]);
    expect(feed.requests.map(({ url }) => url)).toEqual(Array(3).fill("/static/json/a.json"));
  });
});

test.each<[string, Reply, RegExp]>([
  [
    "a cut body",
    (response) => {
      response.writeHead(200, { ...json, "content-length": "100" });
      response.write('{"ok":', () => response.destroy());
    },
    /terminated|fetch failed/,
  ],
  ["half JSON", (response) => response.writeHead(200, json).end('{"ok":'), /broken JSON/],
  [
    "a slow drip",
    (response, abort) => {
      response.writeHead(200, json);
      response.write("{", abort);
    },
    /took too long/,
  ],
  ["a page", (response) => response.writeHead(200, { "content-type": "text/html" }).end("{}"), /text\/html/],
])("%s is tried again and never kept", async (_, bad, reason) => {
  await against([bad, good], async (feed) => {
    expect(await feed.client.get("a.json")).toEqual({ json: { ok: 1 } });
    expect(feed.requests).toHaveLength(2);
  });
  await against(Array(9).fill(bad), async (feed) => {
    expect(await feed.client.get("a.json")).toEqual({ failed: expect.stringMatching(reason) });
    expect(feed.requests).toHaveLength(LIMITS.attempts);
    expect(feed.cached()).toEqual([]);
  });
});

test("what is not there is asked for once", async () => {
  await against([status(404), status(403)], async (feed) => {
    expect(await feed.client.get("a.json")).toEqual({ absent: "not there (HTTP 404)" });
    expect(await feed.client.get("b.json")).toEqual({
      absent: "not there, or refused (HTTP 403)",
      refused: true,
    });
    expect(feed.requests).toHaveLength(2);
    expect(feed.sleeps).toEqual([LIMITS.intervalMs]);
  });
});

test("a cached document is asked for by its ETag; one of a finished game not at all", async () => {
  await against([good, status(304)], async (feed) => {
    await feed.client.get("a.json");
    expect(await feed.client.get("a.json")).toEqual({ json: { ok: 1 } });
    expect(feed.requests[1]!.headers["if-none-match"]).toBe('"1"');
    expect(await feed.client.get("a.json", () => true)).toEqual({ json: { ok: 1 } });
    expect(feed.requests).toHaveLength(2);
  });
});

test.each(["", "{", "{}", '{"body":"{","etag":"\\"1\\"","checkedAt":9e15}'])(
  "a cache file that holds %j is none: the document is asked for without conditions, and kept",
  async (text) => {
    await against([good], async (feed) => {
      writeFileSync(join(feed.folder, "a.json"), text);
      expect(await feed.client.get("a.json", () => true)).toEqual({ json: { ok: 1 } });
      expect(feed.requests[0]!.headers).not.toHaveProperty("if-none-match");
      expect(await feed.client.get("a.json", () => true)).toEqual({ json: { ok: 1 } });
      expect(feed.requests).toHaveLength(1);
    });
  },
);

test("a cache that cannot be written to is said at once", async () => {
  await against([good], async (feed) => {
    writeFileSync(join(feed.folder, "file"), "");
    await expect(feed.client.get("file/a.json")).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringMatching(/^--cache .*(EEXIST|ENOTDIR)/),
    });
    expect(feed.requests).toHaveLength(1);
  });
});
