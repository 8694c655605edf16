import type { GameDate } from "../dates.ts";
import type { ProcessorName } from "../processors/processor.ts";

/** States that a run records. Coverage adds those that only show on comparing: missing, stale, lost, unrecorded. */
export type RecordedStatus =
  | "complete"
  | "complete_with_exceptions"
  | "incomplete"
  | "failed"
  | "blocked"
  | "not_final";

export const DONE: readonly string[] = ["complete", "complete_with_exceptions"] satisfies RecordedStatus[];

/** Whether a state's rows are those of its last run: a failure keeps what was there before, a block has none. */
export function holdsRows({ status }: { readonly status: RecordedStatus }): boolean {
  return status !== "failed" && status !== "blocked";
}

/** Why a partition is in its state, as a closed list; sentences are made in report/. */
export const REASONS = [
  "raw_missing",
  "games_set_aside",
  "games_not_over",
  "upstream_missing",
  "window_hole",
  "no_listing",
  "rows_set_aside",
  "keys_missing",
  "keys_unexpected",
  "keys_duplicate",
  "check_failed",
  "statement_failed",
  "never_run",
  "input_changed",
  "version_changed",
  "engine_changed",
  "upstream_stale",
  "rows_deleted",
  "rows_edited",
  "unrecorded",
  "adopted",
  "forced",
  "retry",
] as const;

export type Reason = (typeof REASONS)[number];

/** The recorded state of one partition, as nba_backfill.partitions holds it. */
export interface PartitionRecord {
  readonly processor: ProcessorName;
  readonly game_date: GameDate;
  readonly season_year: number;
  readonly status: RecordedStatus;
  readonly reason: Reason | null;
  readonly reason_detail: string | null;
  readonly row_count: number;
  readonly expected_rows: number | null;
  readonly exceptions: number;
  readonly content_fingerprint: string | null;
  readonly input_hash: string | null;
  readonly inputs: string | null;
  readonly engine: string;
  readonly processor_version: string;
  readonly run_id: string;
  readonly attempt: number;
  readonly error: string | null;
  readonly started_at: string;
  readonly committed_at: string;
  readonly duration_ms: number;
  readonly bytes_billed: number | null;
}

/** What planning needs of it; the JSON columns stay in the warehouse. */
export type PartitionSummary = Pick<
  PartitionRecord,
  | "processor"
  | "game_date"
  | "season_year"
  | "status"
  | "reason"
  | "reason_detail"
  | "row_count"
  | "expected_rows"
  | "exceptions"
  | "content_fingerprint"
  | "input_hash"
  | "engine"
  | "processor_version"
  | "attempt"
  | "run_id"
  | "error"
>;

/** The key of a partition in maps. */
export function partitionKey(processor: string, date: string): string {
  return `${processor} ${date}`;
}
