import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { type FewDates, fewDates } from "../cli/few-dates.ts";
import { nbaBackfill } from "../cli/in-process.ts";

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
});
afterAll(() => world.remove());

const file = (folder: string) => join(folder, "nba-backfill.duckdb");

async function within<T>(folder: string, work: (warehouse: DuckDbWarehouse) => Promise<T>): Promise<T> {
  const warehouse = await DuckDbWarehouse.open({ path: file(folder) });
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

const sql = (folder: string, ...statements: string[]) =>
  within(folder, async (warehouse) => {
    for (const statement of statements) await warehouse.execute(statement);
  });
const read = (folder: string, query: string): Promise<Row[]> =>
  within(folder, (warehouse) => warehouse.read(query));

interface Report {
  run_id: string | null;
  adopted: { processor: string; game_date: string; state: string; reason: string; rows: number }[];
  refused: { processor: string; game_date: string; reason: string; detail: object }[];
}

async function adopt(folder: string, ...args: string[]): Promise<{ code: number; report: Report }> {
  const { code, stdout, stderr } = await nbaBackfill(folder, ["adopt", "--json", ...args]);
  expect(stderr).toBe("");
  return { code, report: JSON.parse(stdout) as Report };
}

const STATES = `SELECT processor, game_date, status, row_count, expected_rows, exceptions, content_fingerprint, input_hash,
  inputs, engine, processor_version FROM nba_backfill.partitions ORDER BY processor, game_date`;
const PROGRESS = `SELECT * EXCLUDE (run_id, updated_at, phase3_started_at, phase3_completed_at, phase4_started_at,
  phase4_completed_at) FROM nba_backfill.backfill_progress ORDER BY game_date`;
const ROWS = "SELECT * FROM nba_precompute.ml_feature_store ORDER BY game_date, game_id, player_id";

test("what another's tables hold is recorded as a run would have, and its rows are left as they are", async () => {
  const folder = world.folder("done");
  const before = [await read(folder, STATES), await read(folder, PROGRESS), await read(folder, ROWS)];
  const foreign = [
    "DELETE FROM nba_backfill.partitions",
    "DELETE FROM nba_backfill.backfill_progress",
    "DELETE FROM nba_backfill.runs",
  ];
  // What a run recorded of our own tables: an ingest knows of the raw ones alone.
  const made = await read(
    folder,
    "SELECT DISTINCT view_name FROM nba_backfill.source_dates WHERE view_name IN ('team_offense', 'player_context')",
  );
  expect(made).toHaveLength(2);
  await sql(
    folder,
    ...foreign,
    "DELETE FROM nba_backfill.source_dates WHERE view_name IN ('team_offense', 'player_context')",
  );

  const bytes = readFileSync(file(folder));
  const dry = await adopt(folder, "--dry-run");
  expect(dry.code).toBe(0);
  expect(dry.report.run_id).toBeNull();
  expect(dry.report.adopted).toHaveLength(5 * 9);
  expect(readFileSync(file(folder)).equals(bytes)).toBe(true);

  const { code, report } = await adopt(folder);
  expect(code).toBe(0);
  expect(report.refused).toEqual([]);
  expect(report.adopted).toHaveLength(5 * 9);
  for (const { state, reason } of report.adopted) {
    if (state === "complete") expect(reason).toBe("adopted");
    else expect([state, reason]).toEqual(["complete_with_exceptions", expect.any(String)]);
  }
  expect([await read(folder, STATES), await read(folder, PROGRESS), await read(folder, ROWS)]).toEqual(
    before,
  );
  expect(await read(folder, "SELECT run_id, command, status, complete FROM nba_backfill.runs")).toEqual([
    { run_id: report.run_id, command: "adopt", status: "complete", complete: 5 * 9 },
  ]);
  expect((await nbaBackfill(folder, ["plan"])).stdout).toMatch(/^Nothing to do/);
  expect((await nbaBackfill(folder, ["adopt"])).stdout).toMatch(/^Nothing to adopt/);
});

const forget = (processor: string) => `DELETE FROM nba_backfill.partitions WHERE processor = '${processor}'`;

test("a selection narrows, by processor and by date", async () => {
  const folder = world.folder("done");
  await sql(folder, forget("team_offense_game_summary"), forget("team_defense_game_summary"));
  const one = await adopt(folder, "team_offense_game_summary", "--dates", "2023-01-01");
  expect(one.report.adopted.map((of) => `${of.processor} ${of.game_date}`)).toEqual([
    "team_offense_game_summary 2023-01-01",
  ]);
  // Four dates are left of the one, and all five of the other.
  const left = async (...args: string[]) => (await adopt(folder, "--dry-run", ...args)).report.adopted.length;
  expect(await left()).toBe(4 + 5);
  expect(await left("team_defense_game_summary")).toBe(5);
  expect(await left("--start-date", "2023-01-01")).toBe(2 + 3);
  expect(await left("--end-date", "2022-12-31")).toBe(2 + 2);
  expect(await left("--year", "2022")).toBe(2 + 2);
  expect(await left("--season", "2022-23")).toBe(4 + 5);
  expect(await left("--phase", "4")).toBe(0);
  expect(await left("--history-start", "2023-02-07")).toBe(1 + 1);
  expect(await left("--now", "2023-01-01T12:00:00Z")).toBe(2 + 3);
  const refused = async (...args: string[]) => (await nbaBackfill(folder, ["adopt", ...args])).code;
  expect(await refused("--season", "2021-22")).toBe(2);
  expect(await refused("--warehouse", "elsewhere.duckdb")).toBe(3);
});

test("rows with wrong keys are refused by name, with what reads them; the rest is taken", async () => {
  const folder = world.folder("done");
  await sql(
    folder,
    forget("team_defense_zone_analysis"),
    forget("ml_feature_store"),
    `DELETE FROM nba_precompute.team_defense_zone_analysis WHERE game_date = DATE '2023-02-07'
     AND team = (SELECT MIN(team) FROM nba_precompute.team_defense_zone_analysis)`,
  );
  const { code, report } = await adopt(folder);
  expect(code).toBe(1);
  expect(report.refused).toEqual([
    expect.objectContaining({
      processor: "team_defense_zone_analysis",
      game_date: "2023-02-07",
      reason: "keys_missing",
      detail: { count: 1, example: expect.stringMatching(/^[A-Z]{3}$/) },
    }),
    expect.objectContaining({
      processor: "ml_feature_store",
      game_date: "2023-02-07",
      reason: "upstream_missing",
      detail: { processors: ["team_defense_zone_analysis"] },
    }),
  ]);
  expect(report.adopted).toHaveLength(4 + 4);
  expect(
    await read(
      folder,
      "SELECT processor FROM nba_backfill.partitions WHERE processor = 'ml_feature_store' AND game_date = DATE '2023-02-07'",
    ),
  ).toEqual([]);
  expect(
    await read(
      folder,
      "SELECT ml_feature_store AS done FROM nba_backfill.backfill_progress ORDER BY game_date",
    ),
  ).toEqual([true, true, true, true, false].map((done) => ({ done })));
  const { stdout } = await nbaBackfill(folder, ["adopt"]);
  expect(stdout).toContain("team_defense_zone_analysis 2023-02-07: 1 expected key without a row, such as ");
  expect(stdout).toContain(
    "ml_feature_store 2023-02-07: waits for team_defense_zone_analysis of the same date",
  );
  expect((await nbaBackfill(folder, ["run"])).code).toBe(0);
});

test("rows that break a contract are not taken as they are", async () => {
  const folder = world.folder("done");
  await sql(
    folder,
    forget("player_game_summary"),
    `UPDATE nba_analytics.player_game_summary SET fgm = fga + 1 WHERE game_date = DATE '2023-02-07'
     AND player_id = (SELECT MIN(player_id) FROM nba_analytics.player_game_summary WHERE game_date = DATE '2023-02-07' AND played)`,
  );
  const { code, report } = await adopt(folder);
  expect(code).toBe(1);
  expect(report.refused.map((of) => of.game_date)).toEqual(["2023-02-07"]);
  expect(report.adopted).toHaveLength(4);
});

test("another's lease taken meanwhile: nothing is written", async () => {
  const folder = world.folder("done");
  await sql(folder, forget("ml_feature_store"));
  const transaction = DuckDbWarehouse.prototype.transaction;
  const spy = vi.spyOn(DuckDbWarehouse.prototype, "transaction").mockImplementation(function (
    this: DuckDbWarehouse,
    work,
  ) {
    return transaction.call(this, async () => {
      const held = await this.read("SELECT holder FROM nba_backfill.lease WHERE holder <> ''");
      // Ours by now: this is the transaction that records.
      if (held.length > 0) {
        await this.execute("UPDATE nba_backfill.lease SET fence = fence + 1, holder = 'another'");
      }
      return work();
    }) as never;
  });
  const { code, stderr } = await nbaBackfill(folder, ["adopt"]);
  spy.mockRestore();
  expect(code).toBe(4);
  expect(stderr).toMatch(/another run has taken over the lease/);
  expect(
    await read(
      folder,
      "SELECT COUNT(*) AS n FROM nba_backfill.partitions WHERE processor = 'ml_feature_store'",
    ),
  ).toEqual([{ n: 0 }]);
});
