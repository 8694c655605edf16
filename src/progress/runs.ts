import type { ProcessorName } from "../processors/processor.ts";
import { tableOf } from "../tables.ts";
import type { Reader, Row, Warehouse } from "../warehouse/warehouse.ts";

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

/** Every run, the latest first. */
export async function readRuns(reader: Reader): Promise<RunRecord[]> {
  const columns = tableOf("nba_backfill.runs").columns.map(({ name }) => name);
  return reader.read<RunRecord & Row>(
    `SELECT ${columns.join(", ")} FROM nba_backfill.runs ORDER BY started_at DESC, run_id DESC`,
  );
}

/** What the partitions that are done took and made, per processor: the basis of estimates. */
export interface BuildHistory {
  readonly processor: ProcessorName;
  readonly partitions: number;
  readonly rows: number;
  readonly milliseconds: number;
}

export async function readHistory(reader: Reader): Promise<BuildHistory[]> {
  return reader.read<BuildHistory & Row>(
    `SELECT processor, COUNT(*) AS partitions, CAST(SUM(row_count) AS INT64) AS rows,
       CAST(SUM(duration_ms) AS INT64) AS milliseconds
     FROM nba_backfill.partitions
     WHERE status IN ('complete', 'complete_with_exceptions') AND duration_ms > 0
     GROUP BY processor`,
  );
}

/** A run that still says `running` while we hold the warehouse was killed: it says so from now on. */
export async function closeKilledRuns(warehouse: Warehouse): Promise<void> {
  await warehouse.execute(
    "UPDATE nba_backfill.runs SET status = 'interrupted', error = 'ended without a word (killed)' WHERE status = 'running'",
  );
}
