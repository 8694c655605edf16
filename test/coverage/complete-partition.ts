import type { CalendarDate } from "../../src/calendar.ts";
import type { World } from "../../src/coverage/coverage.ts";
import type { Processor } from "../../src/processors/processor.ts";
import type { PartitionSummary } from "../../src/progress/partition.ts";
import { inputHash } from "../../src/progress/source-dates.ts";

/** A partition of two rows, recorded as complete in a world as it is. */
export function completePartition(
  { calendar, engine, sourceDates, versions }: World,
  processor: Processor,
  { date, seasonYear }: CalendarDate,
): PartitionSummary {
  return {
    processor: processor.name,
    game_date: date,
    season_year: seasonYear,
    status: "complete",
    reason: null,
    reason_detail: null,
    row_count: 2,
    expected_rows: 2,
    exceptions: 0,
    content_fingerprint: "2:1",
    input_hash: inputHash(sourceDates.inputsOf(processor, date, calendar)),
    engine,
    processor_version: versions.get(processor.name)!,
    attempt: 1,
    run_id: "run",
    error: null,
  };
}
