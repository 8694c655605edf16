import type { World } from "../coverage/coverage.ts";
import type { Unsettled } from "../coverage/unsettled.ts";
import { DONE, partitionKey } from "../progress/partition.ts";
import type { Plan } from "./plan.ts";

/** Planned partitions that are done as recorded, and read something that is about to change and was not planned. */
export function stillStale(world: World, plan: Plan, unsettled: Unsettled): Plan["heldBack"] {
  return plan.steps.flatMap(({ processor, chunks }) => {
    const stale = new Set(unsettled.get(processor));
    return chunks
      .flat()
      .filter(({ date }) => {
        const recorded = world.partitions.get(partitionKey(processor, date));
        return stale.has(date) && recorded !== undefined && DONE.includes(recorded.status);
      })
      .map(({ date }) => ({ processor, game_date: date, status: "stale" }));
  });
}
