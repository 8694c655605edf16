import type { GameDate } from "../dates.ts";
import { upstreamsOf } from "../processors/lineage.ts";
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
  const reached = new Map<ProcessorName, GameDate[]>([[processor.name, [date]]]);
  const direct: Dependants[] = [];
  for (const reader of world.processors) {
    const reads = upstreamsOf(reader, world.processors);
    const holds = (window: Window, at: GameDate, sources: readonly GameDate[]) =>
      firstWithin(sourceRange(window, at, world.calendar), sources) !== undefined;
    for (const window of new Set(
      reads.filter(({ producer }) => producer === processor).map((of) => of.input.window),
    )) {
      const of = dates.filter((at) => holds(window, at, [date]));
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
    const touched = dates.filter((at) =>
      reads.some(({ producer, input }) => holds(input.window, at, reached.get(producer.name) ?? [])),
    );
    if (touched.length > 0) reached.set(reader.name, touched);
  }
  const all = [...reached.values()].reduce((sum, of) => sum + of.length, 0);
  return { direct, inAll: all - 1 };
}
