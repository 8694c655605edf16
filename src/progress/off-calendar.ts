import { OFFICIAL_SEASON_TYPES } from "../calendar.ts";
import { viewsOf } from "../processors/lineage.ts";
import { PROCESSORS } from "../processors/registry.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { changedSourceDates, recordSourceDates } from "./fingerprints.ts";
import type { SourceDates } from "./source-dates.ts";

const official = OFFICIAL_SEASON_TYPES.map((type) => `'${type}'`).join(", ");

/** Dates the schedule does not hold as game dates; none where it is empty, for then nothing is known. */
const offCalendar = `game_date NOT IN (
    SELECT game_date FROM nba_raw.schedule
    WHERE season_type IN (${official}) AND status NOT IN ('postponed', 'cancelled')
  ) AND EXISTS (SELECT game_id FROM nba_raw.schedule)`;

/**
 * Removes what was built for dates that are game dates no longer: their only games were moved, postponed or cancelled.
 * Left in place, a moved game would be in every later window twice. Call it in the transaction of the ingest.
 */
export async function removeOffCalendar(
  warehouse: Warehouse,
  known: SourceDates,
  now: string,
): Promise<void> {
  for (const processor of PROCESSORS) {
    // What no run recorded is not ours to remove: coverage names it.
    const ours = `${offCalendar} AND game_date IN (
      SELECT game_date FROM nba_backfill.partitions WHERE processor = '${processor.name}'
    )`;
    const [left] = await warehouse.read<{ row_count: number }>(
      `SELECT COUNT(*) AS row_count FROM ${processor.table} WHERE ${ours}`,
    );
    if (left!.row_count === 0) continue;
    await warehouse.execute(`DELETE FROM ${processor.table} WHERE ${ours}`);
    const changed = await changedSourceDates(warehouse, viewsOf(processor.table), known);
    await recordSourceDates(warehouse, changed, known, now);
  }
  for (const table of ["partitions", "exceptions", "check_results", "backfill_progress"]) {
    await warehouse.execute(`DELETE FROM nba_backfill.${table} WHERE ${offCalendar}`);
  }
}
