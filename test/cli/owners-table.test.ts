import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PartitionCoverage } from "../../src/coverage/coverage.ts";
import { PROCESSOR_NAMES } from "../../src/processors/processor.ts";
import { DONE } from "../../src/progress/partition.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";

/** After whatever command: the owner's table says that a partition is done where `coverage` does, and nowhere else. */
let world: FewDates;
let folder: string;
beforeAll(async () => {
  world = await fewDates();
  folder = world.folder("done");
}, MAKING_MS);
afterAll(() => world.remove());

async function sql<R extends Row>(query: string, ...statements: readonly string[]): Promise<R[]> {
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  try {
    for (const statement of statements) await warehouse.execute(statement);
    return await warehouse.read<R>(query);
  } finally {
    await warehouse.close();
  }
}

async function notDoneByTable(): Promise<string[]> {
  const rows = await sql<Record<string, string | boolean>>(
    "SELECT * FROM nba_backfill.backfill_progress ORDER BY game_date",
  );
  expect(rows).toHaveLength(5);
  for (const row of rows) {
    for (const [phase, names] of [
      [3, PROCESSOR_NAMES.slice(0, 5)],
      [4, PROCESSOR_NAMES.slice(5)],
    ] as const) {
      expect(row[`phase${phase}_complete`]).toBe(names.every((name) => row[name]));
    }
  }
  return rows
    .flatMap((row) => PROCESSOR_NAMES.filter((name) => !row[name]).map((name) => `${name} ${row.game_date}`))
    .sort();
}

async function notDoneByCoverage(): Promise<string[]> {
  const { stdout } = await nbaBackfill(folder, ["coverage", "--json"]);
  const { partitions } = JSON.parse(stdout) as { partitions: readonly PartitionCoverage[] };
  return partitions
    .filter(({ state }) => !DONE.includes(state))
    .map(({ processor, game_date }) => `${processor} ${game_date}`)
    .sort();
}

let files = 0;

/** A file of one box score of 2022-12-31, with as many turnovers more. */
function corrected(turnovers: number): string {
  const [header, ...rows] = readFileSync(join(world.raw, "player_boxscores.csv"), "latin1").split("\n");
  const columns = header!.split(",");
  const row = rows.find((line) => line.split(",")[columns.indexOf("game_date")] === "2022-12-31")!.split(",");
  const at = columns.indexOf("tov");
  row[at] = String(Number(row[at]) + turnovers);
  const to = join(folder, `corrected-${++files}`);
  mkdirSync(to);
  writeFileSync(join(to, "player_boxscores.csv"), `${header}\n${row.join(",")}\n`);
  return to;
}

/** A command, how many partitions are not done after it (where some are, at least), and what another program does before it. */
const steps: readonly (readonly [string, number, string?])[] = [
  ["run", 0],
  ["ingest +1", 5],
  ["run --processor upcoming_team_game_context", 5],
  ["run --processor player_game_summary", 4],
  ["ingest +0", 5],
  ["ingest +1", 4],
  ["run --phase 3", 3],
  ["run --dates 2023-01-01", 1],
  ["run", 0],
  [
    "adopt ml_feature_store --dates 2023-01-01",
    4,
    "DELETE FROM nba_backfill.partitions WHERE processor = 'ml_feature_store'",
  ],
  ["adopt", 0],
  [
    "run --processor team_offense_game_summary --force",
    2,
    "DELETE FROM nba_precompute.team_defense_zone_analysis WHERE game_date = DATE '2023-01-02'",
  ],
  ["ingest +2", 5],
  ["run --processor team_defense_zone_analysis", 4],
  ["monitor --update", 4],
  ["run", 0],
];

test.for(steps)("%s", async ([command, least, before]) => {
  if (before !== undefined) await sql("SELECT 1", before);
  const [name, ...rest] = command.split(" ");
  const args = name === "ingest" ? ["ingest", corrected(Number(rest[0]))] : [name!, ...rest];
  const { code, stderr } = await nbaBackfill(folder, args);
  expect([0, 1], stderr).toContain(code);
  const found = await notDoneByCoverage();
  expect(await notDoneByTable()).toEqual(found);
  if (least === 0) expect(found).toEqual([]);
  else expect(found.length).toBeGreaterThanOrEqual(least);
});
