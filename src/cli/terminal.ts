import { EXIT } from "../errors.ts";

/** Where a command writes: what was asked for on stdout, everything else on stderr. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly note: (text: string) => void;
  /** True where stderr is a screen that can redraw. */
  readonly interactive: boolean;
  /** True once whoever read stdout has closed it. */
  readonly closed: () => boolean;
}

let closed = false;

export const terminal: Terminal = {
  print: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
  interactive: process.stderr.isTTY === true,
  closed: () => closed,
};

/**
 * Whatever becomes of those who listen, the command goes on to its end, unheard: what it writes in a warehouse matters
 * more than what it says. A reader that has seen enough (`| head`) is no fault; an answer that could not be written, on a
 * full disk, is one, and leaves with 1.
 */
export function outliveReaders(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (closed) return;
    closed = true;
    if (error.code === "EPIPE") return;
    process.stderr.write(`nba-backfill: cannot write to stdout: ${error.message}\n`);
    process.on("exit", () => {
      process.exitCode ||= EXIT.notAllDone;
    });
  });
}
