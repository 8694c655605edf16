import type { GameDate } from "../dates.ts";
import type { ProcessorName } from "../processors/processor.ts";

/** What a run tells while it goes, as plain data: a progress bar or an event file is made from it. */
export type RunEvent =
  | { readonly type: "run-started"; readonly runId: string; readonly partitions: number }
  | { readonly type: "step-started"; readonly processor: ProcessorName; readonly partitions: number }
  | {
      /** What is computed is about to be written; `chunk-committed` follows where it was. */
      readonly type: "chunk-committing";
      readonly processor: ProcessorName;
      readonly first: GameDate;
      readonly last: GameDate;
    }
  | {
      readonly type: "chunk-committed";
      readonly processor: ProcessorName;
      readonly first: GameDate;
      readonly last: GameDate;
      readonly partitions: number;
      readonly rows: number;
      readonly milliseconds: number;
    }
  | {
      /** Halved where it has several dates, recorded as failed where it has one. */
      readonly type: "chunk-failed";
      readonly processor: ProcessorName;
      readonly first: GameDate;
      readonly last: GameDate;
      readonly error: string;
    }
  | {
      readonly type: "chunk-retried";
      readonly processor: ProcessorName;
      readonly first: GameDate;
      readonly last: GameDate;
      readonly error: string;
      readonly waitMs: number;
    }
  | { readonly type: "run-finished"; readonly runId: string; readonly status: string };

/** Everything of the outside that a run is handed: it reads no clock and writes to no stream. */
export interface RunEffects {
  readonly now: () => Date;
  /** Milliseconds that only grow: what took how long is measured with it, whatever `now` is told to be. */
  readonly elapsedMs: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly onEvent: (event: RunEvent) => void;
  /** Aborted by the first Ctrl-C: the chunk under way is finished, no other begins. */
  readonly stop: AbortSignal;
  /** Aborted by the second Ctrl-C: the chunk under way is rolled back. */
  readonly abort?: AbortSignal;
}
