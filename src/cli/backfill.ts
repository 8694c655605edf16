import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import type { World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { type Plan, type PlanOptions, planBackfill } from "../plan/plan.ts";
import type { Selection } from "../plan/selection.ts";
import { PROCESSORS } from "../processors/registry.ts";
import { executeRun, type RunResult } from "../run/run.ts";
import { readWorld } from "../run/world.ts";
import type { Reader, Warehouse } from "../warehouse/warehouse.ts";
import { clock, today } from "./clock.ts";
import { interruptions } from "./interruptions.ts";
import { progressBar } from "./progress-bar.ts";
import { terminal } from "./terminal.ts";

export interface BackfillRequest {
  readonly command: string;
  readonly now: Date | undefined;
  readonly historyStart: GameDate | undefined;
  readonly selection: Selection;
  readonly options: PlanOptions;
}

/** Reads the warehouse's state and plans: what a dry run prints and a run executes. */
export async function planFor(
  reader: Reader,
  request: BackfillRequest,
): Promise<{ world: World; plan: Plan }> {
  const world = await readWorld(reader, PROCESSORS, {
    today: today(request.now),
    historyStart: request.historyStart,
  });
  return { world, plan: planBackfill(world, request.selection, request.options) };
}

/** Plans and executes with a progress bar on stderr; Ctrl-C stops it between chunks. */
export async function backfill(warehouse: Warehouse, request: BackfillRequest): Promise<RunResult> {
  const now = clock(request.now);
  const { world, plan } = await planFor(warehouse, request);
  const bar = progressBar(terminal, plan.partitions);
  const stop = interruptions(() => warehouse.interrupt(), terminal);
  try {
    return await executeRun(
      warehouse,
      world,
      plan,
      {
        claim: { runId: newRunId(now()), host: hostname(), pid: process.pid },
        command: request.command,
        selection: JSON.stringify(request.selection),
      },
      { now, elapsedMs: () => performance.now(), onEvent: bar.onEvent, stop: stop.signal },
    );
  } finally {
    stop.dispose();
    bar.stop();
  }
}

/** Sorts by time, and differs between two runs of the same second. */
function newRunId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replace(/[-:]/g, "")}-${randomBytes(3).toString("hex")}`;
}
