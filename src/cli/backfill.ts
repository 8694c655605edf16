import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { lossOf, type World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { BackfillError } from "../errors.ts";
import { leftOut } from "../plan/left-out.ts";
import { type Plan, type PlanOptions, planBackfill } from "../plan/plan.ts";
import type { Selection } from "../plan/selection.ts";
import { PROCESSORS } from "../processors/registry.ts";
import { countsDiffer } from "../progress/actual.ts";
import { leftBehind } from "../progress/lease.ts";
import { partitionKey } from "../progress/partition.ts";
import { derivedLine } from "../report/derived.ts";
import { leftOutLine } from "../report/plan-report.ts";
import { lostLine } from "../report/run-report.ts";
import { lookIntoTables, withEdits } from "../run/look.ts";
import { executeRun, type RunResult } from "../run/run.ts";
import { readWorld, type WorldOptions } from "../run/world.ts";
import type { Reader, Warehouse } from "../warehouse/warehouse.ts";
import { clock, today } from "./clock.ts";
import { eventFile } from "./event-file.ts";
import { type Interruptions, interruptions } from "./interruptions.ts";
import { type PlanFile, refuseOutdated } from "./plan-file.ts";
import { progressBar } from "./progress-bar.ts";
import { terminal } from "./terminal.ts";

export interface BackfillRequest {
  readonly command: string;
  readonly now: Date | undefined;
  readonly historyStart: GameDate | undefined;
  readonly selection: Selection;
  /** Looks into the tables, too. */
  readonly deep?: boolean;
  /** This process has held the warehouse since it last looked: nobody can have changed anything behind its back. */
  readonly untouched?: boolean;
  readonly options: PlanOptions;
  /** A plan made before, in place of a selection. */
  readonly plan?: PlanFile | undefined;
  readonly failFast?: boolean;
  /** File to append events to, and the warehouse, which it must not be. */
  readonly events?: { readonly path: string; readonly warehouse: string } | undefined;
}

/** Reads the warehouse's state and plans: what a dry run prints and a run executes. */
export async function planFor(
  reader: Reader,
  request: BackfillRequest,
  deep: WorldOptions["deep"] = request.deep ?? false,
): Promise<{ world: World; plan: Plan }> {
  const world = await readWorld(reader, PROCESSORS, { ...worldOptions(request), deep });
  return { world, plan: planOf(world, request) };
}

function worldOptions({ now, historyStart }: BackfillRequest) {
  return { today: today(now), historyStart };
}

function planOf(world: World, request: BackfillRequest): Plan {
  if (request.plan) refuseOutdated(request.plan, world);
  return request.plan?.plan ?? planBackfill(world, request.selection, request.options);
}

/** Names the selected dates that are no game dates. */
export function tellLeftOut(world: World, selection: Selection): void {
  const dropped = leftOut(world, selection);
  if (dropped.length > 0) terminal.note(leftOutLine(dropped));
}

/**
 * The plan of a run. What is recorded is believed only where there is nothing to do and every count is as recorded:
 * before anything is built the tables are looked into, or a partition would be said to have read what it has not. What
 * raw tables show is recorded; what ours show that no run wrote is kept in mind alone, so that what is built on it is
 * stale by its record at once.
 */
async function lookAndPlan(
  warehouse: Warehouse,
  request: BackfillRequest,
  now: string,
): Promise<{ world: World; plan: Plan }> {
  if (request.untouched) return planFor(warehouse, request);
  if (!request.deep) {
    const recorded = await planFor(warehouse, request);
    if (recorded.plan.partitions === 0 && !(await countsDiffer(warehouse, PROCESSORS))) return recorded;
  }
  const { world, derived } = await lookIntoTables(warehouse, worldOptions(request), now);
  if (derived.length > 0) terminal.note(derivedLine(derived));
  const plan = planOf(world, request);
  tellLost(world, plan);
  return { world: await withEdits(warehouse, world), plan };
}

/** Names what stays changed behind our back, and is built upon, because it is not selected. */
function tellLost(world: World, plan: Plan): void {
  const planned = new Set(
    plan.steps.flatMap(({ processor, chunks }) =>
      chunks.flat().map(({ date }) => partitionKey(processor, date)),
    ),
  );
  const lost = [...world.partitions].filter(([key, of]) => !planned.has(key) && lossOf(world, of));
  if (plan.partitions > 0 && lost.length > 0) terminal.note(lostLine(lost.map(([key]) => key)));
}

/** Work that the second Ctrl-C ends; it has written nothing then. */
async function untilAborted<T>(warehouse: Warehouse, abort: AbortSignal, work: () => Promise<T>): Promise<T> {
  const interrupt = () => warehouse.interrupt();
  abort.addEventListener("abort", interrupt);
  try {
    return await work();
  } catch (error) {
    if (!abort.aborted) throw error;
    throw new BackfillError("interrupted", "interrupted before anything was built; run again to go on", {
      cause: error,
    });
  } finally {
    abort.removeEventListener("abort", interrupt);
  }
}

/** Plans and executes with a progress bar on stderr; Ctrl-C or `cancel` stops it between chunks. */
export async function backfill(warehouse: Warehouse, request: BackfillRequest): Promise<RunResult> {
  const signals = interruptions(terminal);
  try {
    return await backfillUntil(signals, warehouse, request);
  } finally {
    signals.dispose();
  }
}

async function backfillUntil(
  signals: Interruptions,
  warehouse: Warehouse,
  request: BackfillRequest,
): Promise<RunResult> {
  const now = clock(request.now);
  const claim = { runId: newRunId(now()), host: hostname(), pid: process.pid };
  const { events } = request;
  const record = events && eventFile({ ...events, runId: claim.runId, now, onFailure: terminal.note });
  warehouse.announce(claim.runId, request.command);
  const { world, plan } = await untilAborted(warehouse, signals.abort, () =>
    lookAndPlan(warehouse, request, now().toISOString()),
  );
  tellLeftOut(world, request.selection);
  const dead = await leftBehind(warehouse);
  if (dead)
    terminal.note(`run ${dead.holder} (${dead.host}, pid ${dead.pid}) is gone; its lease is taken over`);
  const bar = progressBar(terminal, plan.partitions);
  const lookUp = async () => {
    if (await warehouse.askedToStop()) signals.cancel();
  };
  const looks = setInterval(lookUp, 1000);
  try {
    return await executeRun(
      warehouse,
      world,
      plan,
      {
        claim,
        command: request.command,
        selection: JSON.stringify(request.plan?.selection ?? request.selection),
        failFast: request.failFast === true,
      },
      {
        now,
        elapsedMs: () => performance.now(),
        sleep: (milliseconds) => sleep(milliseconds, undefined, { signal: signals.abort }),
        onEvent: (event) => {
          record?.(event);
          bar.onEvent(event);
          void lookUp();
        },
        stop: signals.stop,
        abort: signals.abort,
      },
    );
  } finally {
    clearInterval(looks);
    bar.stop();
  }
}

/** Sorts by time, and differs between two runs of the same second. */
export function newRunId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}-${randomBytes(3).toString("hex")}`;
}
