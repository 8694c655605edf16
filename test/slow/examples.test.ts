import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { examplesOf, helpOf, wordsOf } from "../cli/examples.ts";
import { type FeedServer, feedServer, savedFeed } from "../cli/feed.ts";
import { type FewDates, fewDates } from "../cli/few-dates.ts";
import { nbaBackfill } from "../cli/in-process.ts";
import { registeredCommands } from "../cli/registered.ts";

let world: FewDates;
let feed: FeedServer;

beforeAll(async () => {
  world = await fewDates();
  feed = await feedServer();
});
afterAll(async () => {
  await feed.close();
  world.remove();
});

/** A warehouse with all built, and beside it what the examples name. */
async function folder(): Promise<string> {
  const at = world.folder("done");
  const file = (name: string) => join(at, name);
  cpSync(world.raw, file("data"), { recursive: true });
  cpSync(world.raw, file("boxscores"), { recursive: true });
  cpSync(join(world.raw, "injury_reports.csv"), file("injuries.csv"));
  const lines = readFileSync(join(world.raw, "game_lines.csv"), "utf8");
  writeFileSync(file("lines.csv"), lines.replace("bookmaker", "book"));
  writeFileSync(file("my-mapping.json"), JSON.stringify(MAPPING));
  savedFeed(file("saved"));
  const warehouse = await DuckDbWarehouse.open({ path: file("nba-backfill.duckdb") });
  await warehouse.execute(
    `COPY (SELECT * FROM read_csv('${world.raw}/team_boxscores.csv')) TO '${file("boxscores/team.parquet")}'`,
  );
  await warehouse.execute("UPDATE nba_backfill.runs SET run_id = '20260117T120000-3fa29c' WHERE TRUE");
  await warehouse.close();
  await nbaBackfill(at, ["plan", "--dates", "2023-02-07", "--out", "january.json"]);
  return at;
}

const MAPPING = {
  name: "mine",
  description: "Lines with a column of another name.",
  recognise: ["book"],
  game: { id: "game_id" },
  targets: [
    {
      table: "game_lines",
      columns: {
        bookmaker: "book",
        market: "market",
        side: "side",
        snapshot_at: "snapshot_at",
        point: "point",
        price: "price",
      },
    },
  ],
};

/** What an example leaves with where that is not 0, and why. */
const OTHERWISE: readonly (readonly [example: RegExp, code: number, says: RegExp])[] = [
  [/^nba-backfill demo/, 4, /is there already|holds other data/],
  [/^nba-backfill cancel/, 2, /no run is under way/],
  [/^nba-backfill ingest nba-cdn$/, 1, /not there \(HTTP 404\), but the game is over/],
];

const examples: string[] = [];
for (const name of ["", ...(await registeredCommands()).keys()])
  examples.push(...examplesOf(await helpOf(name)));

test.each([...new Set(examples)].filter((line) => !/--watch/.test(line) && !/seven.duckdb/.test(line)))(
  "%s",
  async (line) => {
    const [, ...words] = wordsOf(line);
    const { code, stdout, stderr } = await nbaBackfill(await folder(), words, {
      NBA_BACKFILL_BASE_URL: feed.url,
    });
    const [, expected = 0, says = /./] = OTHERWISE.find(([example]) => example.test(line)) ?? [];
    expect(code, stderr).toBe(expected);
    expect(stdout + stderr).toMatch(says);
  },
);
