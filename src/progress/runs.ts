import { tableOf } from "../tables.ts";
import type { Row, Warehouse } from "../warehouse/warehouse.ts";

/** One row of nba_backfill.runs. */
export interface RunRecord {
  readonly run_id: string;
  readonly started_date: string;
  readonly started_at: string;
  readonly finished_at: string | null;
  readonly status: "running" | "complete" | "partial" | "failed" | "interrupted";
  readonly command: string;
  readonly selection: string;
  readonly planned: number;
  readonly complete: number;
  readonly not_done: number;
  readonly unchanged: number;
  readonly exit_code: number | null;
  readonly error: string | null;
  readonly engine: string;
}

export async function writeRun(warehouse: Warehouse, run: RunRecord): Promise<void> {
  await warehouse.replaceRows(tableOf("nba_backfill.runs"), [run as unknown as Row]);
}

/** A run that still says `running` while we hold the warehouse was killed: it says so from now on. */
export async function closeKilledRuns(warehouse: Warehouse): Promise<void> {
  await warehouse.execute(
    "UPDATE nba_backfill.runs SET status = 'interrupted', error = 'ended without a word (killed)' WHERE status = 'running'",
  );
}
