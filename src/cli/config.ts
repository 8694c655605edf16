import { existsSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { BackfillError, messageOf } from "../errors.ts";
import { OPTIONS, type OptionName, parseValue, refuseOddFlags } from "./options.ts";

const file = "nba-backfill.config.json";

/** Puts the values of the config file under those of flags and environment, over the defaults. */
export function applyConfigFile(command: Command): void {
  refuseOddFlags(command);
  if (!existsSync(file)) return;
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new BackfillError("config-invalid", `${file}: ${messageOf(error)}`);
  }
  if (settings === null || typeof settings !== "object" || Array.isArray(settings)) {
    throw new BackfillError("config-invalid", `${file}: not a JSON object`);
  }
  for (const [name, value] of Object.entries(settings)) {
    if (!(name in OPTIONS)) {
      throw new BackfillError(
        "config-invalid",
        `${file}: no option ${name}; known are ${Object.keys(OPTIONS).join(", ")}`,
      );
    }
    const takes = command.options.some((option) => option.attributeName() === name);
    const source = command.getOptionValueSource(name);
    if (!takes || source === "cli" || source === "env") continue;
    try {
      command.setOptionValueWithSource(name, parseValue(name as OptionName, value), "config");
    } catch (error) {
      if (error instanceof InvalidArgumentError) {
        throw new BackfillError("config-invalid", `${file}: ${name}: ${error.message}`);
      }
      throw error;
    }
  }
}
