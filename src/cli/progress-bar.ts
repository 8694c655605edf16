import { Presets, SingleBar } from "cli-progress";
import { counted } from "../counted.ts";
import type { RunEvent } from "../run/events.ts";
import type { Terminal } from "./terminal.ts";

/** A bar with ETA on a screen; in a pipe or a log a line per chunk. */
export function progressBar(
  terminal: Terminal,
  total: number,
): { onEvent: (event: RunEvent) => void; stop: () => void } {
  if (total === 0) return { onEvent: () => undefined, stop: () => undefined };
  if (!terminal.interactive) return { onEvent: (event) => lineOf(event, terminal), stop: () => undefined };
  const bar = new SingleBar(
    {
      format: "{bar} {percentage}% | {value}/{total} partitions | ETA {eta_formatted} | {step}",
      barsize: 20,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0, { step: "" });
  return {
    onEvent: (event) => {
      if (event.type === "step-started") bar.update({ step: event.processor });
      if (event.type === "chunk-committed") bar.increment(event.partitions);
    },
    stop: () => bar.stop(),
  };
}

function lineOf(event: RunEvent, terminal: Terminal): void {
  if (event.type !== "chunk-committed") return;
  const { processor, first, last, partitions, rows, milliseconds } = event;
  terminal.note(
    `${processor} ${first}..${last}: ${counted(partitions, "partition")}, ${counted(rows, "row")} in ${Math.round(milliseconds)} ms`,
  );
}
