import type { Command } from "commander";
import { COMMANDS } from "../../src/cli/program.ts";

/** Every command of the command line by the words that call it, commands within commands too. */
export async function registeredCommands(): Promise<ReadonlyMap<string, Command>> {
  const found = new Map<string, Command>();
  const add = (command: Command, before: readonly string[]) => {
    const words = [...before, command.name()];
    found.set(words.join(" "), command);
    for (const inner of command.commands) add(inner, words);
  };
  for (const load of Object.values(COMMANDS))
    add(
      (await load())(() => undefined),
      [],
    );
  return found;
}

/** The names of a command's declared options, `--help` apart. */
export function optionsOf(command: Command): string[] {
  return command.options.map((option) => option.attributeName());
}
