import type { ProcessorName } from "../processors/processor.ts";
import { tableOf } from "../tables.ts";
import type { Reader, Row, Warehouse } from "../warehouse/warehouse.ts";
import { DONE } from "./partition.ts";

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

/**
 * Every run, the latest first. A run that has not ended shows what it has committed so far; where it is not the one
 * `underWay`, which the engine's lock says, it was killed.
 */
export async function readRuns(reader: Reader, underWay?: string): Promise<RunRecord[]> {
  const columns = tableOf("nba_backfill.runs").columns.map(({ name }) =>
    name === "complete" || name === "not_done"
      ? `CASE WHEN r.status = 'running' THEN ${committed[name]} ELSE r.${name} END AS ${name}`
      : `r.${name}`,
  );
  const runs = await reader.read<RunRecord & Row>(
    `SELECT ${columns.join(", ")} FROM nba_backfill.runs AS r ORDER BY r.started_at DESC, r.run_id DESC`,
  );
  return runs.map((run) =>
    run.status === "running" && run.run_id !== underWay
      ? { ...run, status: "interrupted", error: KILLED }
      : run,
  );
}

const done = DONE.map((status) => `'${status}'`).join(", ");

/** What stands in the partitions of a run `r`. */
const committed = {
  complete: `(SELECT COUNT(*) FROM nba_backfill.partitions AS p WHERE p.run_id = r.run_id AND p.status IN (${done}))`,
  not_done: `(SELECT COUNT(*) FROM nba_backfill.partitions AS p WHERE p.run_id = r.run_id AND p.status NOT IN (${done}))`,
};

const KILLED = "ended without a word (killed)";

/**
 * What one statement built, as far as it was not built again since, and how long it took, 0 where it had to wait: the
 * basis of estimates.
 */
export interface BuiltChunk {
  readonly run_id: string;
  readonly processor: ProcessorName;
  readonly partitions: number;
  readonly milliseconds: number;
}

export async function readBuiltChunks(reader: Reader): Promise<BuiltChunk[]> {
  return reader.read<BuiltChunk & Row>(
    `SELECT run_id, processor, COUNT(*) AS partitions, CAST(SUM(duration_ms) AS INT64) AS milliseconds
     FROM nba_backfill.partitions
     WHERE reason IS NULL OR reason <> 'adopted'
     GROUP BY processor, run_id, started_at`,
  );
}

/** A run that still says `running` while we hold the warehouse was killed: it says so from now on. True where there was one. */
export async function closeKilledRuns(warehouse: Warehouse): Promise<boolean> {
  const [left] = await warehouse.read<{ runs: number }>(
    "SELECT COUNT(*) AS runs FROM nba_backfill.runs WHERE status = 'running'",
  );
  if (left!.runs === 0) return false;
  await warehouse.execute(
    `UPDATE nba_backfill.runs AS r
     SET status = 'interrupted', error = '${KILLED}', complete = ${committed.complete}, not_done = ${committed.not_done}
     WHERE r.status = 'running'`,
  );
  return true;
}
