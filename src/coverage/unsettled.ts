import type { GameDate } from "../dates.ts";
import { upstreamsOf, viewsOf } from "../processors/lineage.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import { firstWithin, sourceRange } from "../processors/windows.ts";
import { partitionKey } from "../progress/partition.ts";
import type { SourceDate } from "../progress/source-dates.ts";
import type { World } from "./coverage.ts";
import { readersOf } from "./dependants.ts";

/**
 * The partitions that are about to change: stale, lost, or failed with inputs that are others by now. By processor,
 * dates ascending. What is recorded as done and is not among them is done.
 */
export type Unsettled = ReadonlyMap<ProcessorName, readonly GameDate[]>;

/** The partition in the windows of a date that is about to change, the first where there are several. */
export function unsettledUpstream(
  world: World,
  processor: Processor,
  date: GameDate,
  unsettled: Unsettled,
): { readonly processor: ProcessorName; readonly game_date: GameDate } | undefined {
  let first: { readonly processor: ProcessorName; readonly game_date: GameDate } | undefined;
  for (const { producer, input } of upstreamsOf(processor, world.processors)) {
    const range = sourceRange(input.window, date, world.calendar);
    const next = firstWithin(range, unsettled.get(producer.name) ?? []);
    if (next && !(first && first.game_date <= next)) first = { processor: producer.name, game_date: next };
  }
  return first;
}

/**
 * What is unsettled once these partitions of a processor are built, or found to hold, and these source dates have
 * changed with it. Hashes no inputs, since commits are many: what turns out to hold after all stays among them, and
 * nothing that does not hold is missing.
 */
export function unsettledAfter(
  world: World,
  before: Unsettled,
  processor: Processor,
  dates: readonly GameDate[],
  changed: readonly SourceDate[],
): Unsettled {
  const next = new Map(before);
  // Built from what is about to change, it has to be built again.
  const stay = dates.filter((date) => unsettledUpstream(world, processor, date, before));
  const others = (before.get(processor.name) ?? []).filter((date) => !dates.includes(date));
  next.set(processor.name, [...others, ...stay].sort());
  const moved = new Map(
    viewsOf(processor.table).map(({ name }) => {
      const of = changed.filter(({ view_name }) => view_name === name).map(({ source_date }) => source_date);
      return [name, [...of, ...stay].sort()];
    }),
  );
  if ([...moved.values()].every((of) => of.length === 0)) return next;
  const isRecordedAsDone = ({ name }: Processor, date: GameDate) =>
    world.partitions.has(partitionKey(name, date)) &&
    firstWithin({ first: date, last: date }, before.get(name) ?? []) === undefined;
  const official = world.calendar.dates.map(({ date }) => date);
  for (const [name, touched] of readersOf(world, official, moved, isRecordedAsDone)) {
    next.set(name, [...(next.get(name) ?? []), ...touched].sort());
  }
  return next;
}
