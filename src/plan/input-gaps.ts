import type { PartitionCoverage, World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { upstreamsOf } from "../processors/lineage.ts";
import type { ProcessorName } from "../processors/processor.ts";
import { sourceRange } from "../processors/windows.ts";
import { DONE } from "../progress/partition.ts";
import { type Selection, selectedDates } from "./selection.ts";

/** What Phase 3 owes one partition of Phase 4. */
export interface InputGap {
  readonly game_date: GameDate;
  readonly processor: ProcessorName;
  /** Inputs of the same date that are not done: they block. */
  readonly missing: readonly ProcessorName[];
  /** Dates not done in look-back windows: the partition is built with the holes named. */
  readonly holes: readonly { readonly processor: ProcessorName; readonly dates: readonly GameDate[] }[];
}

/** The selected partitions of Phase 4 that lack something of Phase 3, which the coverage says is done or is not. */
export function inputGaps(
  world: World,
  coverage: readonly PartitionCoverage[],
  selection: Selection,
): InputGap[] {
  const open = new Map<ProcessorName, GameDate[]>();
  for (const { processor, game_date, state } of coverage) {
    if (!DONE.includes(state)) open.set(processor, [...(open.get(processor) ?? []), game_date]);
  }
  const phase4 = world.processors.filter(({ phase }) => phase === 4);
  return selectedDates(world, selection).flatMap(({ date }) =>
    phase4.flatMap((processor): InputGap[] => {
      const missing = new Set<ProcessorName>();
      const holes = new Map<ProcessorName, Set<GameDate>>();
      for (const { producer, input } of upstreamsOf(processor, world.processors)) {
        const range = producer.phase === 3 && sourceRange(input.window, date, world.calendar);
        if (!range) continue;
        for (const source of open.get(producer.name) ?? []) {
          if (source < range.first || source > range.last) continue;
          if (input.window === "date") missing.add(producer.name);
          else holes.set(producer.name, (holes.get(producer.name) ?? new Set()).add(source));
        }
      }
      if (missing.size === 0 && holes.size === 0) return [];
      return [
        {
          game_date: date,
          processor: processor.name,
          missing: [...missing],
          holes: [...holes].map(([name, dates]) => ({ processor: name, dates: [...dates].sort() })),
        },
      ];
    }),
  );
}
