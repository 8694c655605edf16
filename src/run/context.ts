import type { Calendar } from "../calendar.ts";
import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import type { Lease } from "../progress/lease.ts";
import type { SourceDates } from "../progress/source-dates.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import type { RunEffects } from "./events.ts";
import type { LiveWorld } from "./live-world.ts";
import { missingGamesBefore } from "./missing-games.ts";

/** What a chunk needs to know of its run. */
export interface ChunkContext {
  readonly warehouse: Warehouse;
  readonly calendar: Calendar;
  readonly live: LiveWorld;
  readonly sourceDates: SourceDates;
  readonly lease: Lease;
  readonly runId: string;
  readonly startedAt: string;
  readonly version: string;
  readonly now: () => Date;
  readonly elapsedMs: () => number;
  /** Final games of the season before a date that lack the summaries this processor reads. */
  readonly missingGames: (date: GameDate) => readonly string[];
  readonly attempt: (date: GameDate) => number;
  /** What the run records of itself with a commit, in its transaction. */
  readonly alongside: () => Promise<void>;
  readonly onEvent: RunEffects["onEvent"];
  readonly abort: RunEffects["abort"];
}

/** What a processor's chunks need, of the world and of the run that `rest` tells of. */
export async function contextOf(
  warehouse: Warehouse,
  live: LiveWorld,
  processor: Processor,
  rest: Omit<ChunkContext, "warehouse" | "calendar" | "live" | "sourceDates" | "version" | "missingGames">,
): Promise<ChunkContext> {
  const { calendar, sourceDates, versions } = live.world;
  return {
    warehouse,
    calendar,
    live,
    sourceDates,
    version: versions.get(processor.name)!,
    missingGames: await missingGamesBefore(warehouse, processor, calendar),
    ...rest,
  };
}
