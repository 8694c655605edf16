import type { Reader, Row } from "../warehouse/warehouse.ts";
import type { RunRecord } from "./runs.ts";

/** The run that began last. */
export async function readLastRun(reader: Reader): Promise<RunRecord | undefined> {
  const [row] = await reader.read<RunRecord & Row>(
    "SELECT * FROM nba_backfill.runs QUALIFY ROW_NUMBER() OVER (ORDER BY started_at DESC, run_id DESC) = 1",
  );
  return row;
}
