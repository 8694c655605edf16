import { rawViews } from "../processors/lineage.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { refreshProgress } from "./backfill-progress.ts";
import { changedSourceDates, recordSourceDates } from "./fingerprints.ts";
import { removeOffCalendar } from "./off-calendar.ts";
import { readCalendar } from "./schedule.ts";
import { historyStart, readInfo, readSourceDates } from "./store.ts";

/**
 * Records what an ingest changed for the as-of views of raw data, and brings the progress table, and what
 * was built, in step with the schedule. Call it in the transaction of the ingest. Gives the number of source dates that changed.
 */
export async function recordIngest(warehouse: Warehouse, now: string): Promise<number> {
  const known = await readSourceDates(warehouse);
  const changed = await changedSourceDates(warehouse, rawViews(), known);
  await recordSourceDates(warehouse, changed, known, now);
  await removeOffCalendar(warehouse, known, now);
  const { dates } = await readCalendar(warehouse);
  const start = historyStart(undefined, await readInfo(warehouse), dates[0]?.date);
  const last = dates.at(-1)?.date;
  if (start && last) await refreshProgress(warehouse, { first: start, last }, start, now);
  return changed.length;
}
