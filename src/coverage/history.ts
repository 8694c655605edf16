import type { GameDate } from "../dates.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import { DONE, partitionKey } from "../progress/partition.ts";
import { counts, type PartitionCoverage, stateOf, type World, whyChanged } from "./coverage.ts";
import { Holes } from "./holes.ts";
import { type Unsettled, unsettledUpstream } from "./unsettled.ts";

/**
 * Every partition of history, warm-up apart. What looks fine by itself is `upstream_stale` where a partition in its
 * windows is about to change, and else has the holes of its windows named.
 */
export function coverageOf(world: World): PartitionCoverage[] {
  return judged(world).coverage;
}

/** What of all that is recorded is about to change: warm-up, and what was built for dates after the run's own, too. */
export function unsettledOf(world: World): Unsettled {
  const last = world.calendar.dates.at(-1)?.date;
  return judged(last ? { ...world, today: last } : world).unsettled;
}

function judged(world: World): { readonly coverage: PartitionCoverage[]; readonly unsettled: Unsettled } {
  const unsettled = new Map<ProcessorName, GameDate[]>();
  const coverage: PartitionCoverage[] = [];
  const holes = new Holes(world);
  for (const processor of world.processors) {
    const dates: GameDate[] = [];
    unsettled.set(processor.name, dates);
    for (const entry of world.calendar.dates) {
      if (entry.date > world.today) break;
      let found = stateOf(world, processor, entry);
      const isDone = DONE.includes(found.state);
      const waits = isDone || ["stale", "lost", "missing"].includes(found.state);
      const upstream = waits ? unsettledUpstream(world, processor, entry.date, unsettled) : undefined;
      if (upstream) found = withUpstream(found, upstream);
      else if (isDone) found = holes.named(processor, found);
      holes.note(processor, found);
      if (isAboutToChange(world, processor, found)) dates.push(entry.date);
      if (counts(world, entry)) coverage.push(found);
    }
  }
  return { coverage, unsettled };
}

/** What is to be built again itself has another reason, and waits for what it reads all the same. */
function withUpstream(found: PartitionCoverage, upstream: object): PartitionCoverage {
  if (DONE.includes(found.state)) {
    const reason_detail = JSON.stringify({ partitions: [upstream] });
    return { ...found, state: "stale", reason: "upstream_stale", reason_detail };
  }
  const detail = JSON.parse(found.reason_detail ?? "{}");
  return { ...found, reason_detail: JSON.stringify({ ...detail, partitions: [upstream] }) };
}

/** What a run would write anew: a failure only where its inputs are others by now. */
function isAboutToChange(world: World, processor: Processor, found: PartitionCoverage): boolean {
  if (found.state !== "failed") return found.state === "stale" || found.state === "lost";
  const recorded = world.partitions.get(partitionKey(found.processor, found.game_date));
  return recorded !== undefined && whyChanged(world, processor, recorded) !== undefined;
}
