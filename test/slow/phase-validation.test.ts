import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { wordsOf } from "../cli/examples.ts";
import { type FewDates, fewDates } from "../cli/few-dates.ts";
import { nbaBackfill } from "../cli/in-process.ts";

let world: FewDates;

beforeAll(async () => {
  world = await fewDates();
});
afterAll(() => world.remove());

/** A folder with all built but this partition, which nobody has ever built. */
async function without(processor: string, table: string, date: string): Promise<string> {
  const folder = world.folder("done");
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  await warehouse.execute(`DELETE FROM ${table} WHERE game_date = DATE '${date}'`);
  await warehouse.execute(
    `DELETE FROM nba_backfill.partitions WHERE processor = '${processor}' AND game_date = DATE '${date}'`,
  );
  await warehouse.close();
  return folder;
}

const OTHERS = [
  "player_game_summary",
  "team_offense_game_summary",
  "team_defense_game_summary",
  "upcoming_team_game_context",
];

async function succeed(folder: string, line: string): Promise<void> {
  const { code, stderr } = await nbaBackfill(folder, line.split(" "));
  expect(code, stderr).toBe(0);
}

interface NotDone {
  readonly processor: string;
  readonly game_date: string;
  readonly state: string;
}

test("a missing input of the same date is listed, blocks with and without the listing, and is mended as said", async () => {
  const [folder, other] = [world.folder("cold"), world.folder("cold")];
  for (const at of [folder, other]) {
    await succeed(at, "run --phase 3 --end-date 2023-01-01");
    // All of Phase 3 but upcoming_player_game_context.
    await succeed(at, `run --processor ${OTHERS.join(",")} --dates 2023-01-02`);
  }
  const day = ["--start-date", "2023-01-02", "--end-date", "2023-01-02"];
  const listed = await nbaBackfill(folder, ["phase", "4", ...day, "--json"]);
  // The two that read it of their own date; of the date's zone tables neither does.
  const blocked = ["player_composite_factors", "ml_feature_store"];
  for (const name of blocked) {
    expect(listed.stderr).toContain(
      `2023-01-02 ${name}: lacks upcoming_player_game_context of the same date`,
    );
  }
  expect(listed.stderr).toMatch(
    /Phase 3 validation: 2 partitions lack an input of the same date, which blocks them/,
  );
  const silent = await nbaBackfill(other, ["phase", "4", ...day, "--json", "--skip-validation"]);
  expect(silent.stderr).not.toContain("Phase 3 validation");
  for (const { code, stdout } of [listed, silent]) {
    const { not_done } = JSON.parse(stdout) as { not_done: NotDone[] };
    expect(not_done.map(({ processor, game_date }) => `${game_date} ${processor}`)).toEqual(
      blocked.map((name) => `2023-01-02 ${name}`),
    );
    expect(code).toBe(1);
  }
  const [, ...mend] = wordsOf(/^Mend with: (.*)$/m.exec(listed.stderr)![1]!);
  expect(mend).toEqual(["run", "--phase", "3", "--dates", "2023-01-02"]);
  await succeed(folder, mend.join(" "));
  const mended = await nbaBackfill(folder, ["phase", "4", ...day]);
  expect([mended.code, mended.stdout]).toEqual([
    0,
    expect.stringContaining("every input of the selected dates is there"),
  ]);
});

test("a hole in a window is listed and blocks nothing", async () => {
  const folder = await without("player_game_summary", "nba_analytics.player_game_summary", "2022-12-30");
  const day = ["--start-date", "2023-02-07", "--end-date", "2023-02-07"];
  const { code, stdout, stderr } = await nbaBackfill(folder, ["phase", "4", ...day]);
  expect(stdout).toMatch(
    /Phase 3 validation: \d partitions? (has|have) holes in windows, which block nothing$/m,
  );
  expect(stdout).toContain("2023-02-07 player_shot_zone_analysis: hole in player_game_summary: 2022-12-30");
  expect(code, stderr).toBe(0);
});

test("what lacks raw data is mended by an ingest and one run, with what was built on the hole", async () => {
  const folder = world.folder("cold");
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  await warehouse.execute("DELETE FROM nba_raw.player_boxscores WHERE game_date = DATE '2022-12-30'");
  await warehouse.close();
  // Of 12-30 the rows are missing; 12-31 has never been run.
  const built = await nbaBackfill(folder, ["run", "--phase", "3", "--dates", "2022-12-30,2023-01-01"]);
  expect(built.code).toBe(1);
  const day = ["phase", "4", "--start-date", "2023-01-01", "--end-date", "2023-01-01"];
  const { stdout } = await nbaBackfill(folder, [...day, "--dry-run"]);
  expect(stdout).toMatch(/^Raw data of 2022-12-30 is missing, set aside, or not final yet$/m);
  const [ingest, mend] = /^Mend with: (.*)$/m.exec(stdout)![1]!.split(" && ");
  expect([ingest, mend]).toEqual([
    "nba-backfill ingest PATH",
    "nba-backfill run --phase 3 --start-date 2022-12-30 --end-date 2023-01-01",
  ]);
  await succeed(folder, `ingest ${world.raw}/player_boxscores.csv`);
  // What was built with the hole of 12-30 is stale now, and is no input of what is asked for.
  await succeed(folder, mend!.replace("nba-backfill ", ""));
  const mended = await nbaBackfill(folder, day);
  expect([mended.code, mended.stdout]).toEqual([
    0,
    expect.stringContaining("every input of the selected dates is there"),
  ]);
});

test("--sequential makes the contents that a run without it makes", async () => {
  const [as, sequential] = [world.folder("cold"), world.folder("cold")];
  const year = ["phase", "3", "--year", "2022"];
  expect((await nbaBackfill(as, year)).code).toBe(0);
  expect((await nbaBackfill(sequential, [...year, "--sequential"])).code).toBe(0);
  const contents = await contentsOf(as);
  expect(contents.length).toBeGreaterThan(0);
  expect(await contentsOf(sequential)).toEqual(contents);
  const { stdout } = await nbaBackfill(as, ["phase", "--help"]);
  expect(stdout.replace(/\s+/g, " ")).toContain("On DuckDB each statement runs on all threads");
});

async function contentsOf(folder: string): Promise<unknown[]> {
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb"), readOnly: true });
  const tables = PROCESSORS.filter(({ phase }) => phase === 3).map(
    ({ table }) => `SELECT '${table}' AS name, row_hash FROM ${table}`,
  );
  const hashes = await warehouse.read(`${tables.join(" UNION ALL ")} ORDER BY 1, 2`);
  await warehouse.close();
  return hashes;
}
