import { lossOf, type World, whyChanged } from "../coverage/coverage.ts";
import { unsettledOf } from "../coverage/history.ts";
import type { GameDate } from "../dates.ts";
import { BackfillError, EXIT, messageOf } from "../errors.ts";
import type { Plan, PlannedPartition } from "../plan/plan.ts";
import { stillStale } from "../plan/still-stale.ts";
import { sameDateInputs } from "../processors/lineage.ts";
import type { Processor } from "../processors/processor.ts";
import { hasDatesOf } from "../progress/backfill-progress.ts";
import { type LeaseClaim, releaseLease, renewLease, takeLease } from "../progress/lease.ts";
import { DONE, type PartitionRecord, type PartitionSummary, partitionKey } from "../progress/partition.ts";
import { closeKilledRuns, type RunRecord, writeRun } from "../progress/runs.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { buildChunk, commitRecords, heldRows, recordOf } from "./chunk.ts";
import { type ChunkContext, contextOf } from "./context.ts";
import type { RunEffects } from "./events.ts";
import { isFaultOfTheData, isOutOfMemory, isTransient, RETRY_WAITS_MS } from "./faults.ts";
import { keepProgress } from "./keep-progress.ts";
import { LiveWorld } from "./live-world.ts";

export interface RunRequest {
  readonly claim: LeaseClaim;
  /** The command line, for the record. */
  readonly command: string;
  /** The selection, as JSON, for the record. */
  readonly selection: string;
  /** No further chunk once a partition has failed. */
  readonly failFast?: boolean;
}

/** What a run did. A failed partition is a row here, not an exception. */
export interface RunResult {
  readonly runId: string;
  readonly status: RunRecord["status"];
  readonly planned: number;
  /** Planned partitions before history, which are in no count of coverage. */
  readonly warmUp: number;
  /** Whether some were planned because they were asked for and not because they needed it: they are not remembered. */
  readonly forced: boolean;
  /** Whether the rows of the tables were compared with what is recorded. */
  readonly looked: boolean;
  readonly records: readonly PartitionRecord[];
  /** Planned partitions whose inputs, hashed again before their step, had not changed. */
  readonly unchanged: number;
  /** Planned partitions left alone because the run was stopped. */
  readonly notStarted: number;
  /** What the plan held back, and what was built and is stale all the same: it reads what is not selected. */
  readonly heldBack: Plan["heldBack"];
  readonly milliseconds: number;
}

/** Executes a plan step by step, chunk by chunk; each chunk is committed with its state before the next begins. */
export async function executeRun(
  warehouse: Warehouse,
  world: World,
  plan: Plan,
  request: RunRequest,
  effects: RunEffects,
): Promise<RunResult> {
  const began = effects.now();
  const beganMs = effects.elapsedMs();
  const { runId } = request.claim;
  const killed = await closeKilledRuns(warehouse);
  const lease = await takeLease(warehouse, request.claim, began.toISOString());
  if (killed || (await isOutOfStep(warehouse, world))) {
    await warehouse.transaction(() => keepProgress(warehouse, world, began.toISOString()));
  }
  const record = startedRun(request, plan.partitions, began, warehouse.engine);
  const live = new LiveWorld(world);
  const run = new RunInProgress(warehouse, live, lease, request, record, effects, plan.heldBack);
  await writeRun(warehouse, record);
  // A run with nothing to do is over before anybody could ask.
  if (plan.partitions > 0) await warehouse.publishState();
  effects.onEvent({ type: "run-started", runId, partitions: plan.partitions });
  let stoppedBy: unknown;
  const interrupt = () => warehouse.interrupt();
  effects.abort?.addEventListener("abort", interrupt);
  try {
    for (const step of plan.steps) {
      const processor = world.processors.find(({ name }) => name === step.processor)!;
      await run.step(processor, step.chunks);
    }
  } catch (error) {
    if (error instanceof BackfillError) throw error;
    // The second Ctrl-C: the chunk under way is rolled back, and the rest was not begun.
    if (!effects.abort?.aborted) stoppedBy = error;
  } finally {
    // What is left to do is the end of the record, which must not be interrupted.
    effects.abort?.removeEventListener("abort", interrupt);
  }
  const notStarted = plan.partitions - run.records.length - run.unchanged;
  const notDone = run.records.filter((made) => !DONE.includes(made.status)).length;
  const status = stoppedBy
    ? "failed"
    : statusOf(notStarted > 0 && effects.stop.aborted, notStarted + notDone);
  const unsettled = plan.partitions > 0 ? unsettledOf(live.world) : new Map();
  const heldBack = [...plan.heldBack, ...(notStarted === 0 ? stillStale(live.world, plan, unsettled) : [])];
  const finished: RunRecord = {
    ...record,
    finished_at: effects.now().toISOString(),
    status,
    complete: run.records.length - notDone,
    not_done: notDone,
    unchanged: run.unchanged,
    exit_code: stoppedBy ? EXIT.unavailable : exitCodeOf(status, heldBack),
    error: stoppedBy ? messageOf(stoppedBy) : null,
  };
  try {
    await warehouse.transaction(async () => {
      if (run.records.length + run.unchanged > 0) {
        await renewLease(warehouse, lease, finished.finished_at!);
        await keepProgress(warehouse, live.world, finished.finished_at!, unsettled);
      }
      await writeRun(warehouse, finished);
    });
    await releaseLease(warehouse, lease);
  } catch (error) {
    // What stopped the run may keep this from being written, too; the next run finds it and says so.
    if (!stoppedBy) throw error;
  }
  effects.onEvent({ type: "run-finished", runId, status });
  if (stoppedBy) throw stoppedBy;
  return {
    runId,
    status,
    planned: plan.partitions,
    warmUp: plan.warmUp,
    forced: plan.steps.some(({ chunks }) => chunks.flat().some(({ reason }) => reason === "forced")),
    looked: world.actual !== undefined,
    records: run.records,
    unchanged: run.unchanged,
    notStarted,
    heldBack,
    milliseconds: effects.elapsedMs() - beganMs,
  };
}

/** Whether the owner's table is of another history than the run's, or from before a new version of a processor or the engine. */
async function isOutOfStep(warehouse: Warehouse, world: World): Promise<boolean> {
  const isOfAnotherVersion = [...world.partitions.values()].some(
    ({ processor, processor_version, engine }) =>
      processor_version !== world.versions.get(processor) || engine !== world.engine,
  );
  return isOfAnotherVersion || !(await hasDatesOf(warehouse, world.calendar, world.historyStart));
}

function statusOf(stopped: boolean, notDone: number): RunRecord["status"] {
  if (stopped) return "interrupted";
  return notDone > 0 ? "partial" : "complete";
}

/** 0 only where every selected partition is done. */
export function exitCodeOf(status: RunRecord["status"], heldBack: Plan["heldBack"]): number {
  if (status === "interrupted") return EXIT.interrupted;
  return status === "complete" && heldBack.length === 0 ? EXIT.complete : EXIT.notAllDone;
}

/** The record of a run that has done nothing yet. */
export function startedRun(request: RunRequest, planned: number, began: Date, engine: string): RunRecord {
  return {
    run_id: request.claim.runId,
    started_date: began.toISOString().slice(0, 10),
    started_at: began.toISOString(),
    finished_at: null,
    status: "running",
    command: request.command,
    selection: request.selection,
    planned,
    complete: 0,
    not_done: 0,
    unchanged: 0,
    exit_code: null,
    error: null,
    engine,
  };
}

/** A run's growing results, and the state of partitions as its commits change it. */
class RunInProgress {
  readonly records: PartitionRecord[] = [];
  unchanged = 0;
  readonly #warehouse: Warehouse;
  readonly #live: LiveWorld;
  readonly #world: World;
  readonly #lease: ChunkContext["lease"];
  readonly #request: RunRequest;
  readonly #record: RunRecord;
  readonly #effects: RunEffects;
  /** What is selected and not planned: not done, and no run of this selection changes that. */
  readonly #heldBack: ReadonlySet<string>;
  /** As many are said to be unchanged in the record of the run. */
  #toldUnchanged = 0;

  constructor(
    warehouse: Warehouse,
    live: LiveWorld,
    lease: ChunkContext["lease"],
    request: RunRequest,
    record: RunRecord,
    effects: RunEffects,
    heldBack: Plan["heldBack"],
  ) {
    this.#heldBack = new Set(heldBack.map((of) => partitionKey(of.processor, of.game_date)));
    this.#warehouse = warehouse;
    this.#live = live;
    this.#world = live.world;
    this.#lease = lease;
    this.#request = request;
    this.#record = record;
    this.#effects = effects;
  }

  async step(processor: Processor, chunks: readonly (readonly PlannedPartition[])[]): Promise<void> {
    if (this.#stopped()) return;
    const context = await this.#contextOf(processor);
    const partitions = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    this.#effects.onEvent({ type: "step-started", processor: processor.name, partitions });
    for (const chunk of chunks) {
      if (this.#stopped()) return;
      await this.#chunk(context, processor, chunk);
    }
  }

  #stopped(): boolean {
    if (this.#effects.stop.aborted) return true;
    return this.#request.failFast === true && this.records.some(({ status }) => status === "failed");
  }

  #contextOf(processor: Processor): Promise<ChunkContext> {
    const { now, elapsedMs, onEvent, abort } = this.#effects;
    return contextOf(this.#warehouse, this.#live, processor, {
      lease: this.#lease,
      runId: this.#request.claim.runId,
      startedAt: this.#record.started_at,
      now,
      elapsedMs,
      onEvent,
      abort,
      alongside: () => this.#tellUnchanged(),
      attempt: (date) => {
        const before = this.#world.partitions.get(partitionKey(processor.name, date));
        return before?.status === "failed" ? before.attempt + 1 : 1;
      },
    });
  }

  /** For those who ask meanwhile: what is committed they count themselves. */
  async #tellUnchanged(): Promise<void> {
    if (this.#toldUnchanged === this.unchanged) return;
    await writeRun(this.#warehouse, { ...this.#record, unchanged: this.unchanged });
    this.#toldUnchanged = this.unchanged;
  }

  async #chunk(
    context: ChunkContext,
    processor: Processor,
    chunk: readonly PlannedPartition[],
  ): Promise<void> {
    const build: GameDate[] = [];
    const waiting: PartitionRecord[] = [];
    const holding: GameDate[] = [];
    for (const planned of chunk) {
      const missing = this.#missingInputs(processor, planned.date);
      if (missing.length > 0) waiting.push(waitingRecord(context, processor, planned.date, missing));
      else if (this.#stillHolds(processor, planned)) holding.push(planned.date);
      else build.push(planned.date);
    }
    if (holding.length > 0) {
      this.unchanged += holding.length;
      this.#live.settle(processor, holding);
    }
    if (waiting.length > 0) {
      await commitRecords(context, processor, waiting, undefined);
      this.#note(waiting, processor, 0);
    }
    if (build.length > 0) await this.#build(context, processor, build);
  }

  /** Same-date inputs that are not done, or that were to be rebuilt first and are not selected. */
  #missingInputs(processor: Processor, date: GameDate): string[] {
    return sameDateInputs(processor, this.#world.processors).filter((name) => {
      const state = this.#world.partitions.get(partitionKey(name, date));
      return !state || !DONE.includes(state.status) || !this.#isCurrent(state) || this.#waitsForOthers(state);
    });
  }

  /** Not selected, though something that it reads is to be rebuilt. */
  #waitsForOthers({ processor, game_date, run_id }: PartitionSummary): boolean {
    const isSelected =
      run_id === this.#request.claim.runId || this.#heldBack.has(partitionKey(processor, game_date));
    return !isSelected && this.#live.isUnsettled(processor, game_date);
  }

  #isCurrent(state: PartitionSummary): boolean {
    const producer = this.#world.processors.find(({ name }) => name === state.processor)!;
    return !lossOf(this.#world, state) && !whyChanged(this.#world, producer, state);
  }

  /** Planned because something before it was to be rebuilt, which has turned out the same. */
  #stillHolds(processor: Processor, planned: PlannedPartition): boolean {
    if (planned.reason === "forced") return false;
    const state = this.#world.partitions.get(partitionKey(processor.name, planned.date));
    return state !== undefined && DONE.includes(state.status) && this.#isCurrent(state);
  }

  /** A chunk whose statement fails is halved until the date that fails stands alone. */
  async #build(context: ChunkContext, processor: Processor, dates: readonly GameDate[]): Promise<void> {
    const beganMs = this.#effects.elapsedMs();
    try {
      const records = await this.#retried(processor, dates, () => buildChunk(context, processor, dates));
      this.#note(records, processor, this.#effects.elapsedMs() - beganMs);
    } catch (error) {
      if (!isFaultOfTheData(error) && !isOutOfMemory(error)) throw error;
      this.#effects.onEvent({ type: "chunk-failed", ...chunkOf(processor, dates), error: messageOf(error) });
      if (dates.length > 1) {
        const half = Math.ceil(dates.length / 2);
        await this.#build(context, processor, dates.slice(0, half));
        await this.#build(context, processor, dates.slice(half));
        return;
      }
      const record = await failedRecord(context, processor, dates[0]!, messageOf(error));
      await commitRecords(context, processor, [record], undefined);
      this.#note([record], processor, this.#effects.elapsedMs() - beganMs);
    }
  }

  /** Faults that pass by themselves are waited out, longer each time. */
  async #retried<T>(processor: Processor, dates: readonly GameDate[], work: () => Promise<T>): Promise<T> {
    for (const waitMs of RETRY_WAITS_MS) {
      try {
        return await work();
      } catch (error) {
        if (!isTransient(error) || this.#effects.stop.aborted) throw error;
        const chunk = chunkOf(processor, dates);
        this.#effects.onEvent({ type: "chunk-retried", ...chunk, error: messageOf(error), waitMs });
        await this.#effects.sleep(waitMs);
      }
    }
    return work();
  }

  #note(records: readonly PartitionRecord[], processor: Processor, milliseconds: number): void {
    this.records.push(...records);
    this.#effects.onEvent({
      type: "chunk-committed",
      processor: processor.name,
      first: records[0]!.game_date,
      last: records.at(-1)!.game_date,
      partitions: records.length,
      rows: records.reduce((sum, record) => sum + record.row_count, 0),
      milliseconds,
    });
  }
}

function chunkOf(processor: Processor, dates: readonly GameDate[]) {
  return { processor: processor.name, first: dates[0]!, last: dates.at(-1)! };
}

const unmeasured = { rows: 0, expected: null, fingerprint: null, durationMs: 0 };

function waitingRecord(
  context: ChunkContext,
  processor: Processor,
  date: GameDate,
  missing: readonly string[],
) {
  return recordOf(
    context,
    processor,
    date,
    {
      status: "blocked",
      reason: "upstream_missing",
      detail: { processors: missing },
      exceptions: 0,
      error: null,
    },
    { ...unmeasured, began: context.now().toISOString() },
  );
}

async function failedRecord(context: ChunkContext, processor: Processor, date: GameDate, error: string) {
  const held = (await heldRows(context.warehouse, processor, [date])).get(date)!;
  return recordOf(
    context,
    processor,
    date,
    { status: "failed", reason: "statement_failed", detail: null, exceptions: 0, error },
    { ...unmeasured, ...held, began: context.now().toISOString() },
  );
}
