import type { World } from "../coverage/coverage.ts";
import { unsettledOf } from "../coverage/history.ts";
import { rowsFound } from "../coverage/rows-found.ts";
import { refreshProgress } from "../progress/backfill-progress.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

/**
 * Brings the owner's table, nba_backfill.backfill_progress, in step with a world: what is about to change is not done in
 * it. Call it in the transaction of what changed the world.
 */
export async function keepProgress(
  warehouse: Warehouse,
  world: World,
  now: string,
  unsettled = unsettledOf(world),
): Promise<void> {
  const { historyStart } = world;
  const range = { first: historyStart, last: world.calendar.dates.at(-1)?.date ?? historyStart };
  await refreshProgress(warehouse, range, historyStart, now, unsettled, rowsFound(world, range));
}
