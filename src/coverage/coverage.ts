import type { Calendar, CalendarDate } from "../calendar.ts";
import type { GameDate } from "../dates.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import { DONE, type PartitionSummary, partitionKey, type Reason } from "../progress/partition.ts";
import { inputHash, type SourceDates } from "../progress/source-dates.ts";

/** What is expected, what is recorded, and what the inputs are now. */
export interface World {
  readonly calendar: Calendar;
  /** The first date that counts; earlier official dates are warm-up. */
  readonly historyStart: GameDate;
  /** The last date that counts: the run's own date. */
  readonly today: GameDate;
  readonly processors: readonly Processor[];
  readonly versions: ReadonlyMap<ProcessorName, string>;
  readonly engine: string;
  readonly partitions: ReadonlyMap<string, PartitionSummary>;
  readonly sourceDates: SourceDates;
}

/** A recorded status, or what shows only on comparing it with the present. */
export type PartitionState = PartitionSummary["status"] | "missing" | "stale";

export interface PartitionCoverage {
  readonly processor: ProcessorName;
  readonly game_date: GameDate;
  readonly season_year: number;
  readonly state: PartitionState;
  readonly reason: Reason | null;
  readonly reason_detail: string | null;
  readonly expected_rows: number | null;
  readonly rows: number;
  readonly exceptions: number;
}

/** True where the date belongs to history: official, from history_start to the run's date. */
export function counts(world: World, entry: CalendarDate): boolean {
  return entry.date >= world.historyStart && entry.date <= world.today;
}

/** The state of one partition now. */
export function stateOf(world: World, processor: Processor, entry: CalendarDate): PartitionCoverage {
  const recorded = world.partitions.get(partitionKey(processor.name, entry.date));
  const changed = recorded && whyChanged(world, processor, recorded);
  const state: PartitionState = !recorded
    ? "missing"
    : changed && DONE.includes(recorded.status)
      ? "stale"
      : recorded.status;
  return {
    processor: processor.name,
    game_date: entry.date,
    season_year: entry.seasonYear,
    state,
    reason: state === "missing" ? "never_run" : state === "stale" ? changed! : (recorded?.reason ?? null),
    reason_detail: recorded?.reason_detail ?? null,
    expected_rows: recorded?.expected_rows ?? null,
    rows: recorded?.row_count ?? 0,
    exceptions: recorded?.exceptions ?? 0,
  };
}

/** Why what is recorded no longer holds; undefined where it does. */
export function whyChanged(
  world: World,
  processor: Processor,
  recorded: PartitionSummary,
): Reason | undefined {
  if (recorded.engine !== world.engine) return "engine_changed";
  if (recorded.processor_version !== world.versions.get(processor.name)) return "version_changed";
  const inputs = world.sourceDates.inputsOf(processor, recorded.game_date, world.calendar);
  return recorded.input_hash === inputHash(inputs) ? undefined : "input_changed";
}

/** Every partition of history, warm-up apart. */
export function coverageOf(world: World): PartitionCoverage[] {
  const dates = world.calendar.dates.filter((entry) => counts(world, entry));
  return world.processors.flatMap((processor) => dates.map((entry) => stateOf(world, processor, entry)));
}
