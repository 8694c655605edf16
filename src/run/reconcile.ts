import type { PartitionCoverage, World } from "../coverage/coverage.ts";
import { type Evidence, withEvidence } from "../coverage/detail.ts";
import { coverageOf } from "../coverage/history.ts";
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
  const coverage = coverageOf(world);
  const evidence = await readEvidence(reader, world, coverage, findings);
  const explained = withEvidence(world, coverage, evidence);
  const runs = onlyRecorded?.runId ? await readRuns(reader, onlyRecorded.runId) : [];
  const underWay = runs.find((run) => run.run_id === onlyRecorded?.runId && run.status === "running");
  return {
    world,
    coverage: underWay
      ? markRunning(explained, { run_id: underWay.run_id, selection: JSON.parse(underWay.selection) })
      : explained,
    findings,
    evidence,
  };
}
