import type { Selection } from "../plan/selection.ts";
import { processorNamed } from "../processors/registry.ts";
import type { Options } from "./options.ts";

/** The options by which a command selects partitions, where its arguments name the processors. */
export const RANGE_OPTIONS = ["startDate", "endDate", "dates", "year", "season", "phase"] as const;

/** The options by which a command selects partitions. */
export const SELECTION_OPTIONS = [...RANGE_OPTIONS, "processor"] as const;

export function selectionOf(options: Options<(typeof SELECTION_OPTIONS)[number]>): Selection {
  const { startDate, endDate, dates, year, season, phase, processor } = options;
  return {
    ...(startDate && { startDate }),
    ...(endDate && { endDate }),
    ...(dates && { dates }),
    ...(year !== undefined && { year }),
    ...(season !== undefined && { seasonYear: season }),
    ...(phase && { phase }),
    ...(processor && { processors: processor }),
  };
}

/** The selection of a command whose arguments name the processors: without one, all nine. */
export function selectionWith(
  processors: readonly string[],
  options: Options<(typeof RANGE_OPTIONS)[number]>,
): Selection {
  const named = processors.map((name) => processorNamed(name).name);
  return selectionOf({ ...options, ...(named.length > 0 && { processor: named }) });
}
