import { type PartitionCoverage, stateOf, type World } from "../coverage/coverage.ts";
import { type Evidence, withEvidence } from "../coverage/detail.ts";
import { coverageOf } from "../coverage/history.ts";
import { neededWarmUp } from "../coverage/warm-up.ts";
import { markRunning } from "../plan/under-way.ts";
import type { Processor } from "../processors/processor.ts";
import { type RawFindings, readRawFindings, readScheduleFindings } from "../progress/raw-findings.ts";
import { readRuns } from "../progress/runs.ts";
import type { Reader } from "../warehouse/warehouse.ts";
import { readEvidence } from "./evidence.ts";
import { readWorld, type WorldOptions } from "./world.ts";

/** Schedule, recorded state and tables, compared. */
export interface Reconciled {
  readonly world: World;
  /** Every partition of history, with the detail that its reason needs. */
  readonly coverage: readonly PartitionCoverage[];
  /** The same of the warm-up that windows of history reach; it is in no count. */
  readonly warmUp: readonly PartitionCoverage[];
  readonly findings: RawFindings;
  readonly evidence: Evidence;
}

/**
 * @param onlyRecorded what there is while another process holds the warehouse: no tables, and the run it is at
 */
export async function reconcile(
  reader: Reader,
  processors: readonly Processor[],
  options: WorldOptions,
  onlyRecorded?: { readonly runId: string | undefined },
): Promise<Reconciled> {
  const world = await readWorld(reader, processors, {
    ...options,
    deep: !onlyRecorded && (options.deep ?? false),
  });
  const findings = onlyRecorded ? await readScheduleFindings(reader) : await readRawFindings(reader);
  const all = [
    // A summary looks back on nothing: by itself is all there is to it.
    ...neededWarmUp(world).map(({ producer, entry }) => stateOf(world, producer, entry)),
    ...coverageOf(world),
  ];
  const evidence = await readEvidence(reader, world, all, findings);
  const explained = withEvidence(world, all, evidence);
  const runs = onlyRecorded?.runId ? await readRuns(reader, onlyRecorded.runId) : [];
  const underWay = runs.find((run) => run.run_id === onlyRecorded?.runId && run.status === "running");
  const now = underWay
    ? markRunning(explained, { run_id: underWay.run_id, selection: JSON.parse(underWay.selection) })
    : explained;
  return {
    world,
    coverage: now.filter(({ game_date }) => game_date >= world.historyStart),
    warmUp: now.filter(({ game_date }) => game_date < world.historyStart),
    findings,
    evidence,
  };
}
