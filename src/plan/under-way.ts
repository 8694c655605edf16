import type { PartitionCoverage } from "../coverage/coverage.ts";
import { inSelection, type Selection } from "./selection.ts";

/** A run that another process is at. */
export interface RunUnderWay {
  readonly run_id: string;
  readonly selection: Selection;
}

/** States that a run leaves only by building, and so has not got to yet. */
const TO_BUILD: readonly string[] = ["missing", "stale", "lost", "unrecorded"];

/** True for the partitions that a selection holds. */
export function isSelected(selection: Selection): (entry: PartitionCoverage) => boolean {
  const isDate = inSelection(selection);
  return (entry) =>
    isDate({ date: entry.game_date, seasonYear: entry.season_year }) &&
    (selection.phase === undefined || entry.phase === selection.phase) &&
    (selection.processors === undefined || selection.processors.includes(entry.processor));
}

/** Marks as `running` what the run under way has selected and not got to. */
export function markRunning(
  coverage: readonly PartitionCoverage[],
  { run_id, selection }: RunUnderWay,
): PartitionCoverage[] {
  const selected = isSelected(selection);
  return coverage.map((entry) =>
    TO_BUILD.includes(entry.state) && selected(entry)
      ? { ...entry, state: "running", reason: null, reason_detail: JSON.stringify({ run_id }) }
      : entry,
  );
}
