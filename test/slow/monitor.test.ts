import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROCESSOR_NAMES } from "../../src/processors/processor.ts";
import type { MonitorReport } from "../../src/report/monitor-report.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { type FewDates, fewDates, MAKING_MS } from "../cli/few-dates.ts";
import { nbaBackfill } from "../cli/in-process.ts";

let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
}, MAKING_MS);
afterAll(() => world.remove());

async function sql<T extends Row>(folder: string, query: string, ...statements: string[]): Promise<T[]> {
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  for (const statement of statements) await warehouse.execute(statement);
  const rows = await warehouse.read<T>(query);
  await warehouse.close();
  return rows;
}

async function monitor(folder: string, ...args: string[]): Promise<MonitorReport> {
  const { code, stdout, stderr } = await nbaBackfill(folder, ["monitor", "--json", ...args]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as MonitorReport;
}

const PROGRESS = `SELECT game_date, ${PROCESSOR_NAMES.join(", ")}, phase3_complete, phase4_complete,
  phase3_completed_at IS NOT NULL AS phase3_ended, phase4_completed_at IS NOT NULL AS phase4_ended
  FROM nba_backfill.backfill_progress ORDER BY game_date`;

test("after --update the owner's table says of every date and phase what the monitor says", async () => {
  const folder = world.folder("done");
  await sql(
    folder,
    "SELECT 1",
    // A shot more makes stale what reads the game, and in turn what reads that: on no date before it.
    "UPDATE nba_raw.player_boxscores SET fta = fta + 1 WHERE game_date = DATE '2023-02-07'",
    "DELETE FROM nba_precompute.ml_feature_store WHERE game_date = DATE '2022-12-31'",
  );
  const { complete_dates, incomplete } = await monitor(folder, "--update");
  const rows = await sql<Record<string, string | boolean>>(folder, PROGRESS);
  const isDone = (date: string, processors: readonly string[]) =>
    !incomplete.some(
      (of) => of.game_date === date && of.partitions.some(({ processor }) => processors.includes(processor)),
    );
  for (const row of rows) {
    const date = String(row.game_date);
    const phases = [PROCESSOR_NAMES.slice(0, 5), PROCESSOR_NAMES.slice(5)].map((names) =>
      isDone(date, names),
    );
    expect(row).toEqual({
      game_date: date,
      ...Object.fromEntries(PROCESSOR_NAMES.map((name) => [name, isDone(date, [name])])),
      phase3_complete: phases[0],
      phase3_ended: phases[0],
      phase4_complete: phases[1],
      phase4_ended: phases[1],
    });
  }
  const whole = rows.filter((row) => row.phase3_complete && row.phase4_complete);
  // Five dates: of 2022-12-31 the features are gone, of 2023-02-07 the summary of a player is stale.
  expect([whole.length, complete_dates]).toEqual([3, 3]);
  expect(rows[1]).toMatchObject({ phase3_complete: true, ml_feature_store: false, phase4_complete: false });
  expect(rows[4]).toMatchObject({ player_game_summary: false, phase3_complete: false });
});
