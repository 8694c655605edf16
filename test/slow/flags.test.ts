import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { type Engine, watchEngine } from "../cli/engine.ts";
import { FEED_GAMES, type FeedServer, feedServer, savedFeed } from "../cli/feed.ts";
import { type FewDates, fewDates } from "../cli/few-dates.ts";
import type { Observed, Where } from "../cli/flags/flag.ts";
import { FLAGS } from "../cli/flags/table.ts";
import { nbaBackfill } from "../cli/in-process.ts";

let world: FewDates;
let feed: FeedServer;
let saved: string;
let oneGame: string;
let engine: () => Engine | undefined;

beforeAll(async () => {
  world = await fewDates();
  feed = await feedServer();
  saved = join(world.folder(), "feed");
  savedFeed(saved, FEED_GAMES);
  oneGame = join(world.folder(), "feed");
  savedFeed(oneGame, ["0022200815"]);
  engine = watchEngine();
});
afterAll(async () => {
  await feed.close();
  world.remove();
});

describe.each(Object.entries(FLAGS))("%s", (_, flags) => {
  test.each(Object.values(flags).map((flag) => [`${flag.line} [${flag.flag}]`, flag] as const))(
    "%s",
    async (_, flag) => {
      expect(flag.with).not.toEqual(flag.without);
      expect(flag.sees(await observe(flag.where, flag.line))).toEqual(flag.without);
      expect(flag.sees(await observe(flag.where, `${flag.line} ${flag.flag}`))).toEqual(flag.with);
    },
  );
});

async function observe(where: Where, line: string): Promise<Observed> {
  const folder = await folderOf(where);
  if (line.includes("plan-of-one-date.json")) {
    await nbaBackfill(folder, ["plan", "--dates", "2023-02-07", "--out", "plan-of-one-date.json"]);
  }
  const words = line
    .replace("RAW", world.raw)
    .replace("FEED_OF_ONE", oneGame)
    .replace("FEED", saved)
    .replaceAll("SERVED", feed.url)
    .split(" ");
  const outcome = await nbaBackfill(folder, words);
  const file = (name: string) => {
    const path = join(folder, name);
    if (!existsSync(path)) return undefined;
    return statSync(path).isDirectory() ? "" : readFileSync(path, "utf8");
  };
  return { ...outcome, engine: engine(), file };
}

const EDITS: Partial<Record<Where, string>> = {
  lost: "DELETE FROM nba_analytics.team_offense_game_summary WHERE game_date = DATE '2022-12-31'",
  // As many rows as were built: the record and a count see nothing.
  edited:
    "UPDATE nba_analytics.team_offense_game_summary SET opponent_pts = opponent_pts + 1 WHERE game_date = DATE '2022-12-31'",
  unrecorded: "DELETE FROM nba_backfill.partitions WHERE TRUE",
  // Warned of from 50 on.
  odd: "UPDATE nba_precompute.ml_feature_store SET points_estimate = 99 WHERE game_date = DATE '2023-02-07'",
  // More made than tried, in more rows than a partition may set aside.
  broken: "UPDATE nba_raw.player_boxscores SET fgm = fga + 1 WHERE game_date = DATE '2022-12-30'",
};

async function folderOf(where: Where): Promise<string> {
  if (where === "empty") return world.folder();
  const folder = world.folder(where === "cold" || where === "broken" ? "cold" : "done");
  const edit = EDITS[where];
  if (edit) {
    const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
    await warehouse.execute(edit);
    await warehouse.close();
  }
  return folder;
}
