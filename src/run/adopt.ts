import type { PartitionCoverage, World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { sameDateInputs } from "../processors/lineage.ts";
import type { Processor } from "../processors/processor.ts";
import { type Lease, type LeaseClaim, releaseLease, takeLease } from "../progress/lease.ts";
import { DONE, type PartitionRecord, partitionKey, type Reason } from "../progress/partition.ts";
import { closeKilledRuns, writeRun } from "../progress/runs.ts";
import { onDates } from "../statements/date-list.ts";
import { tableOf } from "../tables.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { judgeStaging, replacePartitions } from "./chunk.ts";
import { type ChunkContext, contextOf } from "./context.ts";
import { keepProgress } from "./keep-progress.ts";
import { LiveWorld } from "./live-world.ts";
import { exitCodeOf, type RunRequest, startedRun } from "./run.ts";

/** A partition whose rows are left unrecorded, and why. */
export interface Refused {
  readonly processor: PartitionRecord["processor"];
  readonly game_date: GameDate;
  readonly rows: number;
  readonly reason: Reason;
  readonly detail: string | null;
  /** What a failed check says. */
  readonly error: string | null;
}

/** What may be taken as it is, and what may not. */
export interface Adoption {
  readonly adopted: readonly PartitionRecord[];
  readonly refused: readonly Refused[];
}

interface AdoptEffects {
  readonly now: () => Date;
  readonly elapsedMs: () => number;
}

/**
 * Judges the unrecorded partitions of a selection as if a run had just computed their rows: keys and contracts as they
 * should be, no row to be set aside, every input of the same date done. Writes nothing; the engine's temporary tables apart.
 */
export async function judgeAdoption(
  warehouse: Warehouse,
  world: World,
  coverage: readonly PartitionCoverage[],
  isSelected: (entry: PartitionCoverage) => boolean,
  effects: AdoptEffects,
): Promise<Adoption> {
  const done = new Set(
    coverage
      .filter(({ state }) => DONE.includes(state))
      .map((of) => partitionKey(of.processor, of.game_date)),
  );
  const adopted: PartitionRecord[] = [];
  const refused: Refused[] = [];
  const nobody: Lease = { holder: "", fence: 0 };
  const live = new LiveWorld(world);
  for (const processor of world.processors) {
    const found = coverage.filter(
      (entry) => entry.processor === processor.name && entry.state === "unrecorded" && isSelected(entry),
    );
    const needs = sameDateInputs(processor, world.processors);
    const dates: GameDate[] = [];
    for (const { game_date, rows } of found) {
      const missing = needs.filter((name) => !done.has(partitionKey(name, game_date)));
      if (missing.length === 0) dates.push(game_date);
      else {
        const detail = JSON.stringify({ processors: missing });
        refused.push({
          processor: processor.name,
          game_date,
          rows,
          reason: "upstream_missing",
          detail,
          error: null,
        });
      }
    }
    if (dates.length === 0) continue;
    const context = await contextOf(warehouse, live, processor, firstAttempt(nobody, "", effects));
    const staging = await stageStored(warehouse, processor, dates);
    const began = { at: effects.now().toISOString(), ms: effects.elapsedMs() };
    const { records, inspection } = await judgeStaging(context, processor, staging, dates, began);
    for (const record of records) {
      const { game_date } = record;
      const broken = inspection.findings.get(game_date)?.broken ?? [];
      if (record.status === "failed" || record.status === "blocked" || broken.length > 0) {
        const { rows } = found.find((entry) => entry.game_date === game_date)!;
        const { reason, reason_detail: detail, error } = record;
        refused.push({ processor: processor.name, game_date, rows, reason: reason!, detail, error });
      } else {
        adopted.push(asAdopted(record));
        if (DONE.includes(record.status)) done.add(partitionKey(processor.name, game_date));
      }
    }
  }
  return { adopted, refused };
}

/** Records what may be taken: rows as they are, states, source dates and progress in one transaction, as a run of its own. */
export async function adopt(
  warehouse: Warehouse,
  world: World,
  adoption: Adoption,
  request: RunRequest,
  effects: AdoptEffects,
): Promise<readonly PartitionRecord[]> {
  const began = effects.now();
  await closeKilledRuns(warehouse);
  const lease = await takeLease(warehouse, request.claim, began.toISOString());
  try {
    return await warehouse.transaction(async () => {
      const live = new LiveWorld(world);
      const records = await record(warehouse, live, adoption.adopted, request.claim, lease, effects);
      await keepProgress(warehouse, live.world, effects.now().toISOString());
      const notDone = records.filter(({ status }) => !DONE.includes(status)).length + adoption.refused.length;
      const status = notDone > 0 ? "partial" : "complete";
      const planned = adoption.adopted.length + adoption.refused.length;
      await writeRun(warehouse, {
        ...startedRun(request, planned, began, warehouse.engine),
        finished_at: effects.now().toISOString(),
        status,
        complete: planned - notDone,
        not_done: notDone,
        exit_code: exitCodeOf(status, []),
      });
      return records;
    });
  } finally {
    await releaseLease(warehouse, lease);
  }
}

async function record(
  warehouse: Warehouse,
  live: LiveWorld,
  adopted: readonly PartitionRecord[],
  { runId }: LeaseClaim,
  lease: Lease,
  effects: AdoptEffects,
): Promise<readonly PartitionRecord[]> {
  const all: PartitionRecord[] = [];
  for (const processor of live.world.processors) {
    const of = adopted.filter((record) => record.processor === processor.name);
    if (of.length === 0) continue;
    const context = await contextOf(warehouse, live, processor, firstAttempt(lease, runId, effects));
    const dates = of.map(({ game_date }) => game_date);
    // Judged again: those before it have been recorded by now, and so what it reads of them has a fingerprint.
    const staging = await stageStored(warehouse, processor, dates);
    const began = { at: effects.now().toISOString(), ms: effects.elapsedMs() };
    const judged = await judgeStaging(context, processor, staging, dates, began);
    const records = judged.records.map(asAdopted);
    live.take(records, await replacePartitions(context, processor, records, judged));
    all.push(...records);
  }
  return all;
}

/** An exception or a game set aside stays the reason of its state; what is complete says that it was adopted. */
function asAdopted(record: PartitionRecord): PartitionRecord {
  if (record.status === "complete") return { ...record, reason: "adopted" };
  const detail = { ...(JSON.parse(record.reason_detail ?? "{}") as object), adopted: true };
  return { ...record, reason_detail: JSON.stringify(detail) };
}

function stageStored(warehouse: Warehouse, { table }: Processor, dates: readonly GameDate[]) {
  return warehouse.stage(tableOf(table), `SELECT * FROM ${table} WHERE ${onDates(dates)}`);
}

/** Adopting has no chunks to tell of, and nothing to try again. */
function firstAttempt(lease: Lease, runId: string, effects: AdoptEffects) {
  return {
    lease,
    runId,
    startedAt: effects.now().toISOString(),
    attempt: () => 1,
    alongside: async () => undefined,
    onEvent: () => undefined,
    abort: undefined,
    ...effects,
  } satisfies Partial<ChunkContext>;
}
