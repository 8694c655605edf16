import type { World } from "../coverage/coverage.ts";
import { neededWarmUp, reachedWarmUp, type WarmUp } from "../coverage/warm-up.ts";
import { partitionKey } from "../progress/partition.ts";
import { historyDates, inSelection, namesDates, type Selection, selectedProcessors } from "./selection.ts";

/**
 * The warm-up that belongs to a selection: what the windows of its dates of history reach, and what history needs of
 * the warm-up dates among those it names.
 */
export function selectedWarmUp(world: World, selection: Selection): WarmUp[] {
  const processors = selectedProcessors(world.processors, selection);
  const [first] = historyDates(world, selection);
  const reached = first ? reachedWarmUp(world, processors, first.date) : [];
  const named = namesDates(selection)
    ? neededWarmUp(world).filter(
        ({ producer, entry }) => processors.includes(producer) && inSelection(selection)(entry),
      )
    : [];
  const all = [...reached, ...named];
  const byKey = new Map(all.map((of) => [partitionKey(of.producer.name, of.entry.date), of]));
  return [...byKey.values()].sort((a, b) => (a.entry.date < b.entry.date ? -1 : 1));
}
