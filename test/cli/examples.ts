import { nbaBackfill } from "./in-process.ts";

/** The help of a command, given the words that call it; of the program, given none. */
export async function helpOf(name: string): Promise<string> {
  const { stdout } = await nbaBackfill(
    process.cwd(),
    [...name.split(" "), "--help"].filter((word) => word !== ""),
  );
  return stdout;
}

/** The command lines under `Examples:`, which end the help. */
export function examplesOf(help: string): string[] {
  const [, examples = ""] = help.split(/^Examples:$/m);
  return examples
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The words of a command line as a shell takes them: quoted ones as one, where stdout goes to not at all. */
export function wordsOf(line: string): string[] {
  const command = line.replace(/ > \S+$/, "");
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
}
