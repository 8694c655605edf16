import type { CalendarDate } from "../calendar.ts";
import type { GameDate } from "../dates.ts";
import { upstreamsOf } from "../processors/lineage.ts";
import type { Processor } from "../processors/processor.ts";
import { sourceRange } from "../processors/windows.ts";
import { counts, type World } from "./coverage.ts";

/** A summary of an official date before history_start that a window of history reads: built, and in no count. */
export interface WarmUp {
  readonly producer: Processor;
  readonly entry: CalendarDate;
}

/** The warm-up that windows of these processors reach from a date of history on, by producer and date. */
export function reachedWarmUp(world: World, readers: readonly Processor[], first: GameDate): WarmUp[] {
  const early = world.calendar.dates.filter(({ date }) => date < world.historyStart && date <= world.today);
  const ranges = readers.flatMap((reader) =>
    upstreamsOf(reader, world.processors).map(({ producer, input }) => ({
      producer,
      // Windows of one kind start no later for earlier dates, so the first date reaches furthest back.
      range: sourceRange(input.window, first, world.calendar),
    })),
  );
  return world.processors
    .filter(({ kind }) => kind === "summary")
    .flatMap((producer) =>
      early
        .filter(({ date }) =>
          ranges.some((of) => of.producer === producer && of.range && date >= of.range.first),
        )
        .map((entry) => ({ producer, entry })),
    );
}

/** All the warm-up that history needs. */
export function neededWarmUp(world: World): WarmUp[] {
  const first = world.calendar.dates.find((entry) => counts(world, entry));
  return first ? reachedWarmUp(world, world.processors, first.date) : [];
}
