import { rawViews } from "../processors/lineage.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { changedSourceDates, recordSourceDates } from "./fingerprints.ts";
import { removeOffCalendar } from "./off-calendar.ts";
import { readSourceDates } from "./store.ts";

/** Records what changed for the as-of views of raw data, and brings what was built in step with the schedule. */
export async function recordRawChanges(warehouse: Warehouse, now: string): Promise<void> {
  const known = await readSourceDates(warehouse);
  const changed = await changedSourceDates(warehouse, rawViews(), known);
  await recordSourceDates(warehouse, changed, known, now);
  await removeOffCalendar(warehouse, known, now);
}
