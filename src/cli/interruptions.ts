import type { Terminal } from "./terminal.ts";

export interface Interruptions {
  /** Aborted by the first Ctrl-C, or by `cancel`: no further chunk begins. */
  readonly stop: AbortSignal;
  /** Aborted by the second Ctrl-C: the chunk under way is rolled back. */
  readonly abort: AbortSignal;
  /** What another process asks for. */
  readonly cancel: () => void;
  readonly dispose: () => void;
}

/** Ctrl-C once stops after the chunk under way, twice aborts it. */
export function interruptions(terminal: Terminal): Interruptions {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = () => {
    if (!stop.signal.aborted) {
      terminal.note("Stopping after the chunk under way; press Ctrl-C again to abort it.");
      stop.abort();
    } else if (!abort.signal.aborted) {
      terminal.note("Aborting; the chunk under way is rolled back.");
      abort.abort();
    }
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    stop: stop.signal,
    abort: abort.signal,
    cancel: () => {
      if (stop.signal.aborted) return;
      terminal.note("Cancelled from outside; stopping after the chunk under way.");
      stop.abort();
    },
    dispose: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
