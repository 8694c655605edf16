import type { GameDate } from "../dates.ts";
import { upstreamsOf, viewsOf } from "../processors/lineage.ts";
import type { Processor, ProcessorName, Window } from "../processors/processor.ts";
import { firstWithin, sourceRange } from "../processors/windows.ts";
import type { World } from "./coverage.ts";

/** Partitions of one processor whose windows hold a partition. */
export interface Dependants {
  readonly processor: ProcessorName;
  readonly window: Window;
  readonly first: GameDate;
  readonly last: GameDate;
  readonly partitions: number;
}

/** The partitions up to the world's date that read one, and how many there are with those that read them in turn. */
export function dependantsOf(
  world: World,
  processor: Processor,
  date: GameDate,
): { readonly direct: readonly Dependants[]; readonly inAll: number } {
  const dates = world.calendar.dates.map((entry) => entry.date).filter((known) => known <= world.today);
  const direct: Dependants[] = [];
  for (const reader of world.processors) {
    const reads = upstreamsOf(reader, world.processors);
    for (const window of new Set(
      reads.filter(({ producer }) => producer === processor).map((of) => of.input.window),
    )) {
      const of = dates.filter((at) => firstWithin(sourceRange(window, at, world.calendar), [date]));
      if (of.length > 0) {
        direct.push({
          processor: reader.name,
          window,
          first: of[0]!,
          last: of.at(-1)!,
          partitions: of.length,
        });
      }
    }
  }
  const changed = new Map(viewsOf(processor.table).map(({ name }) => [name, [date]]));
  const all = [...readersOf(world, dates, changed).values()].reduce((sum, of) => sum + of.length, 0);
  return { direct, inAll: all };
}

/**
 * The partitions of these dates that read one of the changed source dates (view to ascending dates), and in turn those
 * that read them; `isOne` leaves some out, and what only they lead to.
 */
export function readersOf(
  { calendar, processors }: Pick<World, "calendar" | "processors">,
  dates: readonly GameDate[],
  changed: ReadonlyMap<string, readonly GameDate[]>,
  isOne: (processor: Processor, date: GameDate) => boolean = () => true,
): ReadonlyMap<ProcessorName, readonly GameDate[]> {
  const reached = new Map(changed);
  const readers = new Map<ProcessorName, readonly GameDate[]>();
  for (const processor of processors) {
    const inputs = processor.inputs.filter(({ view }) => reached.has(view));
    if (inputs.length === 0) continue;
    const touched = dates.filter(
      (date) =>
        isOne(processor, date) &&
        inputs.some(({ view, window }) =>
          firstWithin(sourceRange(window, date, calendar), reached.get(view)!),
        ),
    );
    if (touched.length === 0) continue;
    readers.set(processor.name, touched);
    for (const { name } of viewsOf(processor.table)) reached.set(name, touched);
  }
  return readers;
}
