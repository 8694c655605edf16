import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { easternDate } from "../dates.ts";
import { BackfillError } from "../errors.ts";
import { DocumentCache } from "../ingest/nba-cdn/cache.ts";
import { FeedClient } from "../ingest/nba-cdn/client.ts";
import { type Collected, collect } from "../ingest/nba-cdn/collect.ts";
import { type Feed, networkFeed, savedFeed } from "../ingest/nba-cdn/feed.ts";
import { knownGames } from "../ingest/nba-cdn/known-games.ts";
import { type FeedProgress, feedProgress } from "./feed-progress.ts";
import { type OpenMode, withWarehouse } from "./open.ts";
import type { Options } from "./options.ts";
import { terminal } from "./terminal.ts";

type FeedOptions = Options<
  "from" | "startDate" | "endDate" | "all" | "baseUrl" | "cache" | "warehouse" | "threads" | "memory"
>;

/** What the feed has and the warehouse lacks. The warehouse is held while it is asked, and free during the downloads. */
export async function collectNbaCdn(options: FeedOptions, mode: OpenMode, now: Date): Promise<Collected> {
  const { startDate, endDate, all } = options;
  if (startDate && endDate && startDate > endDate) {
    throw new BackfillError("range-invalid", `the range ends (${endDate}) before it starts (${startDate})`);
  }
  const progress = feedProgress(terminal, Date.now);
  const feed = feedOf(options, progress.onWait);
  const known = existsSync(options.warehouse) ? await withWarehouse(options, mode, knownGames) : [];
  try {
    return await collect(
      feed,
      known,
      { startDate, endDate, all, today: easternDate(now) },
      progress.onProgress,
    );
  } finally {
    progress.stop();
  }
}

function feedOf({ from, baseUrl, cache }: FeedOptions, onWait: FeedProgress["onWait"]): Feed {
  if (from !== undefined) return savedFeed(from);
  const effects = {
    now: Date.now,
    sleep: setTimeout,
    random: Math.random,
    deadline: AbortSignal.timeout,
    onWait,
  };
  // What one host served is not believed of another.
  const folder = join(cache, new URL(baseUrl).host.replace(":", "_"));
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return networkFeed(new FeedClient(baseUrl, new DocumentCache(folder), effects, `nba-backfill/${version}`));
}
