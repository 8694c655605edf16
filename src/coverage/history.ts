import type { GameDate } from "../dates.ts";
import { upstreamsOf } from "../processors/lineage.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import { firstWithin, sourceRange } from "../processors/windows.ts";
import { DONE, partitionKey } from "../progress/partition.ts";
import { counts, type PartitionCoverage, stateOf, type World, whyChanged } from "./coverage.ts";
import { Holes } from "./holes.ts";

/**
 * Every partition of history, warm-up apart. What looks fine by itself is `upstream_stale` where a partition in its
 * windows is about to change, and else has the holes of its windows named.
 */
export function coverageOf(world: World): PartitionCoverage[] {
  const unsettled = new Map<ProcessorName, GameDate[]>();
  const coverage: PartitionCoverage[] = [];
  const holes = new Holes(world);
  for (const processor of world.processors) {
    const dates: GameDate[] = [];
    unsettled.set(processor.name, dates);
    for (const entry of world.calendar.dates) {
      if (entry.date > world.today) break;
      let found = stateOf(world, processor, entry);
      if (DONE.includes(found.state)) {
        const upstream = unsettledUpstream(world, processor, entry.date, unsettled);
        found = upstream
          ? { ...found, state: "stale", reason: "upstream_stale", reason_detail: upstream }
          : holes.named(processor, found);
      }
      holes.note(processor, found);
      if (isAboutToChange(world, processor, found)) dates.push(entry.date);
      if (counts(world, entry)) coverage.push(found);
    }
  }
  return coverage;
}

/** What a run would write anew: a failure only where its inputs are others by now. */
function isAboutToChange(world: World, processor: Processor, found: PartitionCoverage): boolean {
  if (found.state !== "failed") return found.state === "stale" || found.state === "lost";
  const recorded = world.partitions.get(partitionKey(found.processor, found.game_date));
  return recorded !== undefined && whyChanged(world, processor, recorded) !== undefined;
}

/** The first partition in the windows of a date that is about to change, as detail. */
function unsettledUpstream(
  world: World,
  processor: Processor,
  date: GameDate,
  unsettled: ReadonlyMap<ProcessorName, readonly GameDate[]>,
): string | undefined {
  for (const { producer, input } of upstreamsOf(processor, world.processors)) {
    const range = sourceRange(input.window, date, world.calendar);
    const next = firstWithin(range, unsettled.get(producer.name) ?? []);
    if (next) {
      return JSON.stringify({ partitions: [{ processor: producer.name, game_date: next }] });
    }
  }
  return undefined;
}
