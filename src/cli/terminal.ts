/** Where a command writes: what was asked for on stdout, everything else on stderr. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly note: (text: string) => void;
  /** True where stderr is a screen that can redraw. */
  readonly interactive: boolean;
}

export const terminal: Terminal = {
  print: (text) => process.stdout.write(`${text}\n`),
  note: (text) => process.stderr.write(`${text}\n`),
  interactive: process.stderr.isTTY === true,
};
