import type { CalendarDate } from "../calendar.ts";
import { lossOf, type World, whyChanged } from "../coverage/coverage.ts";
import { unsettledOf } from "../coverage/history.ts";
import { unsettledUpstream } from "../coverage/unsettled.ts";
import type { WarmUp } from "../coverage/warm-up.ts";
import type { GameDate } from "../dates.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import { DONE, partitionKey, type Reason } from "../progress/partition.ts";
import {
  type ChunkRule,
  chunksOf,
  historyDates,
  type Selection,
  selectedDates,
  selectedProcessors,
} from "./selection.ts";
import { selectedWarmUp } from "./warm-up.ts";

/** A partition to build, and why. */
export interface PlannedPartition extends CalendarDate {
  readonly reason: Reason;
  /** Before history_start: built because windows need it, and in no count. */
  readonly warmUp: boolean;
}

/** One processor's work: chunks of ascending dates, each one statement. */
export interface PlanStep {
  readonly processor: ProcessorName;
  readonly chunks: readonly (readonly PlannedPartition[])[];
}

/** What a run will do, as plain data: a dry run prints this, a run executes it. */
export interface Plan {
  readonly steps: readonly PlanStep[];
  /** Selected partitions, those that need no work included. */
  readonly selected: number;
  readonly partitions: number;
  readonly warmUp: number;
  /**
   * Selected partitions that this plan leaves not done, and that keep the exit code at 1: blocked or incomplete on inputs
   * that have not changed, or stale because of what is not selected.
   */
  readonly heldBack: readonly { processor: ProcessorName; game_date: GameDate; status: string }[];
}

export interface PlanOptions {
  readonly chunk: ChunkRule;
  /** Rebuild what is selected even where nothing changed. */
  readonly force: boolean;
  /** At most the first N game dates that need work. */
  readonly limit?: number;
}

/** Coverage and options to ordered chunks with a reason for each partition. Pure: no clock, no warehouse. */
export function planBackfill(world: World, selection: Selection, options: PlanOptions): Plan {
  const processors = selectedProcessors(world.processors, selection);
  const warmUp = selectedWarmUp(world, selection);
  const ofHistory = historyDates(world, selection);
  const dates = ofHistory.length === 0 && warmUp.length > 0 ? ofHistory : selectedDates(world, selection);
  // Warm-up is forced where it is all that is asked for; else it only serves the dates that are.
  const work = warmUpWork(world, warmUp, options.force && dates.length === 0);

  /** What is planned of each processor: about to change, like what is stale. */
  const plannedDates = new Map<ProcessorName, readonly GameDate[]>();
  for (const [name, planned] of work) plannedDates.set(name, datesOf(planned));
  const heldBack: Plan["heldBack"][number][] = [];
  // Where all is selected, nothing outside the selection can be about to change.
  const isPart = dates.length * processors.length < historyDates(world, {}).length * world.processors.length;
  const unsettled = isPart ? unsettledOf(world) : undefined;
  for (const processor of processors) {
    const planned = [...(work.get(processor.name) ?? [])];
    for (const entry of dates) {
      const reason =
        reasonToBuild(world, processor, entry, options.force) ??
        // Its inputs are hashed again before its step.
        (unsettledUpstream(world, processor, entry.date, plannedDates) && "upstream_stale");
      if (reason) planned.push({ ...entry, reason, warmUp: false });
      else {
        // What needs no building is as it is recorded.
        const { status } = world.partitions.get(partitionKey(processor.name, entry.date))!;
        const held = { processor: processor.name, game_date: entry.date };
        if (!DONE.includes(status)) heldBack.push({ ...held, status });
        else if (unsettled && unsettledUpstream(world, processor, entry.date, unsettled))
          heldBack.push({ ...held, status: "stale" });
      }
    }
    work.set(processor.name, planned);
    plannedDates.set(processor.name, datesOf(planned));
  }
  const limited = options.limit === undefined ? work : limitDates(work, options.limit);
  const steps = world.processors.flatMap((processor): PlanStep[] => {
    const planned = limited.get(processor.name) ?? [];
    return planned.length === 0
      ? []
      : [{ processor: processor.name, chunks: chunksOf(planned, options.chunk) }];
  });
  const all = steps.flatMap((step) => step.chunks.flat());
  return {
    steps,
    selected: dates.length * processors.length,
    partitions: all.length,
    warmUp: all.filter((partition) => partition.warmUp).length,
    heldBack,
  };
}

function datesOf(planned: readonly PlannedPartition[]): readonly GameDate[] {
  return planned.map(({ date }) => date);
}

/** Why a partition needs building by itself; undefined where what is recorded holds. */
function reasonToBuild(
  world: World,
  processor: Processor,
  entry: CalendarDate,
  force: boolean,
): Reason | undefined {
  const key = partitionKey(processor.name, entry.date);
  const recorded = world.partitions.get(key);
  if (!recorded) return world.actual?.has(key) ? "unrecorded" : "never_run";
  if (force) return "forced";
  const loss = lossOf(world, recorded);
  if (loss) return loss;
  return recorded.status === "failed" ? "retry" : whyChanged(world, processor, recorded);
}

/** The warm-up that needs building. */
function warmUpWork(
  world: World,
  warmUp: readonly WarmUp[],
  force: boolean,
): Map<ProcessorName, PlannedPartition[]> {
  const work = new Map<ProcessorName, PlannedPartition[]>();
  for (const { producer, entry } of warmUp) {
    const reason = reasonToBuild(world, producer, entry, force);
    if (!reason) continue;
    work.set(producer.name, [...(work.get(producer.name) ?? []), { ...entry, reason, warmUp: true }]);
  }
  return work;
}

/** Keeps the first N game dates of history that need work; warm-up stays. */
function limitDates(
  work: ReadonlyMap<ProcessorName, readonly PlannedPartition[]>,
  limit: number,
): Map<ProcessorName, PlannedPartition[]> {
  const dates = new Set<GameDate>();
  for (const planned of work.values()) for (const { date, warmUp } of planned) if (!warmUp) dates.add(date);
  const kept = new Set([...dates].sort().slice(0, limit));
  return new Map(
    [...work].map(([name, planned]) => [
      name,
      planned.filter(({ date, warmUp }) => warmUp || kept.has(date)),
    ]),
  );
}
