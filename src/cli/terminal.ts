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

/** A reader that has seen enough (`| head`) is no fault: the command goes on to its end, unheard. */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      closed ||= stream === process.stdout;
    });
  }
}
