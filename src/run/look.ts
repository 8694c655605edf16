import type { World } from "../coverage/coverage.ts";
import { easternDate } from "../dates.ts";
import { type Derived, deriveAgain } from "../ingest/derive.ts";
import { computedViews } from "../processors/lineage.ts";
import type { Processor } from "../processors/processor.ts";
import { PROCESSORS } from "../processors/registry.ts";
import { changedSourceDates } from "../progress/fingerprints.ts";
import { recordRawChanges } from "../progress/raw-changes.ts";
import { recordRawCounts } from "../progress/raw-counts.ts";
import { lineLeadMinutes } from "../progress/store.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { keepProgress } from "./keep-progress.ts";
import { readWorld, type WorldOptions } from "./world.ts";

/** Records what an ingest changed, and in the owner's table what that made stale. Call it in the transaction of the ingest. */
export async function recordIngest(
  warehouse: Warehouse,
  now: string,
  processors: readonly Processor[] = PROCESSORS,
): Promise<void> {
  await lookWithin(warehouse, processors, { today: easternDate(new Date(now)) }, now);
}

/**
 * Looks into raw and computed tables, changed behind our back or not, and records what the raw ones show: it is the
 * truth, whoever wrote it, and what an ingest derives from it is derived again. That takes a while, in which others ask.
 */
export async function lookIntoTables(
  warehouse: Warehouse,
  options: Omit<WorldOptions, "deep">,
  now: string,
): Promise<{ readonly world: World; readonly derived: readonly Derived[] }> {
  await warehouse.publishState();
  return warehouse.transaction(async () => {
    const derived = await deriveAgain(warehouse, await lineLeadMinutes(warehouse));
    return { world: await lookWithin(warehouse, PROCESSORS, options, now), derived };
  });
}

async function lookWithin(
  warehouse: Warehouse,
  processors: readonly Processor[],
  options: Omit<WorldOptions, "deep">,
  now: string,
): Promise<World> {
  await recordRawChanges(warehouse, now);
  await recordRawCounts(warehouse);
  const world = await readWorld(warehouse, processors, { ...options, deep: "computed" });
  await keepProgress(warehouse, world, now);
  return world;
}

/**
 * The world with what our tables show that no run wrote in mind: recorded as it is, not as its record has it, what is
 * built on it is stale by its own record at once.
 */
export async function withEdits(warehouse: Warehouse, world: World): Promise<World> {
  const edits = await changedSourceDates(warehouse, computedViews(), world.sourceDates);
  if (edits.length === 0) return world;
  const sourceDates = world.sourceDates.copy();
  for (const row of edits) sourceDates.set(row);
  return { ...world, sourceDates, log: world.sourceDates };
}
