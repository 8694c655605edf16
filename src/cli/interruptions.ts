import type { Terminal } from "./terminal.ts";

/** Ctrl-C once stops after the chunk under way, twice aborts it; `cancel` is what another process asks for. */
export function interruptions(
  abort: () => void,
  terminal: Terminal,
): { signal: AbortSignal; cancel: () => void; dispose: () => void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) {
      terminal.note("Aborting; the chunk under way is rolled back.");
      abort();
    } else {
      terminal.note("Stopping after the chunk under way; press Ctrl-C again to abort it.");
      controller.abort();
    }
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    cancel: () => {
      if (controller.signal.aborted) return;
      terminal.note("Cancelled from outside; stopping after the chunk under way.");
      controller.abort();
    },
    dispose: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
