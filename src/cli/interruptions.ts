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

/**
 * Ctrl-C once stops after the chunk under way, twice aborts it. A terminal that is closed stops it, too; not what writes
 * to none, as with nohup, whose ignoring of that signal Node forgets.
 */
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
  const onHangup = () => {
    if ((process.stdout.isTTY || process.stderr.isTTY) && !stop.signal.aborted) onSignal();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("SIGHUP", onHangup);
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
      process.off("SIGHUP", onHangup);
    },
  };
}
