import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { onDates } from "../statements/date-list.ts";
import type { Staging, Warehouse } from "../warehouse/warehouse.ts";

/** Replaces the results of these partitions by those staged: none where nothing was computed. */
export async function replaceResults(
  warehouse: Warehouse,
  processor: Processor,
  dates: readonly GameDate[],
  results: Staging | undefined,
): Promise<void> {
  await warehouse.execute(
    `DELETE FROM nba_backfill.check_results WHERE processor = '${processor.name}' AND ${onDates(dates)}`,
  );
  if (results)
    await warehouse.execute(`INSERT INTO nba_backfill.check_results SELECT * FROM ${results.name}`);
}
