import type { Calendar, CalendarDate } from "../calendar.ts";
import type { GameDate } from "../dates.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import type { Actual } from "../progress/actual.ts";
import { type PartitionSummary, partitionKey, type Reason } from "../progress/partition.ts";
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
  /** The log of them, where {@link sourceDates} has edits in mind that no run made. */
  readonly log?: SourceDates;
  /** What is really in the tables; absent where nobody looked, and then what is recorded is believed. */
  readonly actual?: Actual;
}

/** A recorded status, or what shows only on comparing it with the present; `running` is what another process is at. */
export const PARTITION_STATES = [
  "complete",
  "complete_with_exceptions",
  "incomplete",
  "failed",
  "blocked",
  "not_final",
  "missing",
  "stale",
  "lost",
  "unrecorded",
  "running",
] as const;

export type PartitionState = (typeof PARTITION_STATES)[number];

export interface PartitionCoverage {
  readonly processor: ProcessorName;
  readonly phase: 3 | 4;
  readonly game_date: GameDate;
  readonly season_year: number;
  readonly state: PartitionState;
  readonly reason: Reason | null;
  readonly reason_detail: string | null;
  readonly expected_rows: number | null;
  /** As found in the table where somebody looked, else as recorded. */
  readonly rows: number;
  readonly exceptions: number;
  readonly error: string | null;
}

/** True where the date belongs to history: official, from history_start to the run's date. */
export function counts(world: World, entry: CalendarDate): boolean {
  return entry.date >= world.historyStart && entry.date <= world.today;
}

/** The state of one partition now, by itself: what its inputs' partitions need is not looked at. */
export function stateOf(world: World, processor: Processor, entry: CalendarDate): PartitionCoverage {
  const key = partitionKey(processor.name, entry.date);
  const recorded = world.partitions.get(key);
  const rows = world.actual ? (world.actual.get(key)?.rows ?? 0) : (recorded?.row_count ?? 0);
  return {
    processor: processor.name,
    phase: processor.phase,
    game_date: entry.date,
    season_year: entry.seasonYear,
    ...judged(world, processor, recorded, rows),
    expected_rows: recorded?.expected_rows ?? null,
    rows,
    exceptions: recorded?.exceptions ?? 0,
    error: recorded?.error ?? null,
  };
}

type Judged = Pick<PartitionCoverage, "state" | "reason" | "reason_detail">;

function judged(
  world: World,
  processor: Processor,
  recorded: PartitionSummary | undefined,
  rows: number,
): Judged {
  if (!recorded) {
    return rows > 0
      ? { state: "unrecorded", reason: "unrecorded", reason_detail: null }
      : { state: "missing", reason: "never_run", reason_detail: null };
  }
  const loss = lossOf(world, recorded);
  if (loss) {
    const detail = JSON.stringify({ rows_recorded: recorded.row_count, rows_found: rows });
    return { state: "lost", reason: loss, reason_detail: detail };
  }
  // A failure is tried again anyway, and what waits for another of its date has read nothing yet.
  const holds = recorded.status !== "failed" && recorded.input_hash !== null;
  const changed = holds ? whyChanged(world, processor, recorded) : undefined;
  if (changed) return { state: "stale", reason: changed, reason_detail: recorded.reason_detail };
  return { state: recorded.status, reason: recorded.reason, reason_detail: recorded.reason_detail };
}

/** How the rows found differ from the rows committed; undefined where they do not, or nobody looked. */
export function lossOf(world: World, recorded: PartitionSummary): "rows_deleted" | "rows_edited" | undefined {
  if (!world.actual || recorded.engine !== world.engine) return undefined;
  // What a failure left in the table is what was there before it: nothing says what that was.
  const committed = recorded.content_fingerprint ?? (recorded.status === "blocked" ? "0:0" : undefined);
  const found = world.actual.get(partitionKey(recorded.processor, recorded.game_date));
  if (committed === undefined || committed === (found?.fingerprint ?? "0:0")) return undefined;
  return (found?.rows ?? 0) < recorded.row_count ? "rows_deleted" : "rows_edited";
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
