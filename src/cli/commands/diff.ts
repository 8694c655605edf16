import { Command } from "commander";
import { counted } from "../../counted.ts";
import { EXIT } from "../../errors.ts";
import { PROCESSORS } from "../../processors/registry.ts";
import { diffJson, renderDiff } from "../../report/diff-report.ts";
import { diffSelection, isEqual } from "../../run/diff.ts";
import { readWorld } from "../../run/world.ts";
import { today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { SELECTION_OPTIONS, selectionOf } from "../selection.ts";
import { terminal } from "../terminal.ts";

const names = [
  ...SELECTION_OPTIONS,
  "threads",
  "memory",
  "warehouse",
  "historyStart",
  "now",
  "json",
] as const;

type DiffOptions = Options<(typeof names)[number]>;

/** `nba-backfill diff`: what a run would change in the rows of a selection. */
export function diffCommand(exit: (code: number) => void): Command {
  return addOptions(new Command("diff"), names)
    .description("Compute a selection and compare it with the stored rows; writes nothing.")
    .addHelpText(
      "after",
      `
For reviewing a change of a formula: added, removed and changed rows, by column, largest differences first.
Each processor reads the stored tables: what a changed processor would change in those after it shows only once it has
been run. Partitions that are not built are not compared.
Exit codes: 0 all equal, 1 something differs or its statement fails, 2 wrong usage, 3 no warehouse.

Examples:
  nba-backfill diff --season 2022-23 --processor player_composite_factors
  nba-backfill diff --dates 2023-02-07 --json`,
    )
    .action(async (_: DiffOptions, command: Command) => {
      applyConfigFile(command);
      exit(await diff(command.opts<DiffOptions>()));
    });
}

async function diff(options: DiffOptions): Promise<number> {
  const differences = await withWarehouse(options, "read", async (warehouse) => {
    const world = await readWorld(warehouse, PROCESSORS, {
      today: today(options.now),
      historyStart: options.historyStart,
    });
    return diffSelection(warehouse, world, selectionOf(options), {
      progress: (processor, partitions) =>
        terminal.note(`computing ${processor}: ${counted(partitions, "partition")}`),
    });
  });
  terminal.print(options.json ? JSON.stringify(diffJson(differences)) : renderDiff(differences));
  return differences.every(isEqual) ? EXIT.complete : EXIT.notAllDone;
}
