import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { viewNamed } from "../processors/views.ts";
import { sourceRange } from "../processors/windows.ts";
import type { SourceChange } from "../progress/source-dates.ts";
import type { World } from "./coverage.ts";

/** An input that is not what a partition read. */
export interface ChangedInput {
  readonly view: string;
  /** Source dates in its window that changed since; empty where only the window itself did. */
  readonly dates: readonly GameDate[];
  /** The latest change; null where no ingest or commit made it. */
  readonly changed_at: string | null;
}

/** What a partition read, and when it was committed. */
export interface Reading {
  readonly inputs: Readonly<Record<string, string>>;
  readonly committed_at: string;
}

/** Which inputs of a partition differ from what it read, from the log of source dates. */
export function changedInputs(
  world: World,
  processor: Processor,
  date: GameDate,
  reading: Reading,
  log: ReadonlyMap<string, readonly SourceChange[]>,
): ChangedInput[] {
  const now = world.sourceDates.inputsOf(processor, date, world.calendar);
  return processor.inputs
    .filter(({ view }) => now[view] !== reading.inputs[view])
    .map(({ view, window }) => {
      const range = sourceRange(window, date, world.calendar);
      const inWindow = (log.get(view) ?? []).filter(
        ({ source_date: source }) =>
          viewNamed(view).scope === "undated" || (range && source >= range.first && source <= range.last),
      );
      const logged = inWindow.filter((change) => change.changed_at > reading.committed_at);
      const unlogged = inWindow.filter(
        (change) => change.fingerprint !== world.sourceDates.get(view, change.source_date),
      );
      const times = logged.map((change) => change.changed_at).sort();
      return {
        view,
        dates: [...new Set([...logged, ...unlogged].map((change) => change.source_date))].sort(),
        changed_at: unlogged.length > 0 ? null : (times.at(-1) ?? null),
      };
    });
}
