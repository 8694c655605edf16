import type { Selection } from "../plan/selection.ts";
import type { Options } from "./options.ts";

/** The options by which a command selects partitions. */
export const SELECTION_OPTIONS = [
  "startDate",
  "endDate",
  "dates",
  "year",
  "season",
  "phase",
  "processor",
] as const;

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
