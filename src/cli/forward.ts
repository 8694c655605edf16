import type { Command } from "commander";
import { OPTIONS, type OptionName } from "./options.ts";

/** What was given on a command's line, as arguments for another that has these options too. */
export function argumentsOf(command: Command, names: readonly OptionName[]): string[] {
  return names.flatMap((name) => {
    if (command.getOptionValueSource(name) !== "cli") return [];
    const flag = OPTIONS[name].flags.split(" ")[0]!;
    const value: unknown = command.getOptionValue(name);
    if (typeof value === "boolean") return [flag];
    if (value instanceof Date) return [flag, value.toISOString()];
    return [flag, Array.isArray(value) ? value.join(",") : String(value)];
  });
}
