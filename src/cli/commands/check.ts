import { Command } from "commander";
import { counted } from "../../counted.ts";
import { EXIT } from "../../errors.ts";
import { PROCESSORS } from "../../processors/registry.ts";
import { checkJson, renderChecks } from "../../report/check-report.ts";
import { checkSelection, holds } from "../../run/check.ts";
import { readWorld } from "../../run/world.ts";
import { today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { RANGE_OPTIONS, selectionWith } from "../selection.ts";
import { terminal } from "../terminal.ts";

const names = [
  ...RANGE_OPTIONS,
  "strict",
  "threads",
  "memory",
  "warehouse",
  "historyStart",
  "now",
  "json",
] as const;

type CheckOptions = Options<(typeof names)[number]>;

/** `nba-backfill check`: the checks of a run, made again on what is stored. */
export function checkCommand(exit: (code: number) => void): Command {
  return addOptions(
    new Command("check").argument("[processors...]", "processors to check; without one, all nine"),
    names,
  )
    .description("Make the checks of a run again on the stored rows; writes nothing.")
    .addHelpText(
      "after",
      `
What blocks: a key twice, an expected key without row, a key that nobody expects, a broken foreign key, a row that
breaks a contract of its processor. What warns: plausible ranges, holes in windows, players' sums against their team's,
and columns whose mean or share of NULL or 0 is unlike that of the 30 dates before.
Exit codes: 0 no check that blocks fails (with --strict: none at all), 1 one fails, 2 wrong usage, 3 no warehouse.

Examples:
  nba-backfill check
  nba-backfill check player_game_summary --year 2023 --strict
  nba-backfill check --dates 2023-02-07 --json`,
    )
    .action(async (processors: string[], _: CheckOptions, command: Command) => {
      applyConfigFile(command);
      exit(await check(processors, command.opts<CheckOptions>()));
    });
}

async function check(processors: readonly string[], options: CheckOptions): Promise<number> {
  const selection = selectionWith(processors, options);
  const checked = await withWarehouse(options, "read", async (warehouse) => {
    const world = await readWorld(warehouse, PROCESSORS, {
      today: today(options.now),
      historyStart: options.historyStart,
    });
    return checkSelection(warehouse, world, selection, (processor, partitions) =>
      terminal.note(`checking ${processor}: ${counted(partitions, "partition")}`),
    );
  });
  const strict = options.strict ?? false;
  terminal.print(options.json ? JSON.stringify(checkJson(checked, strict)) : renderChecks(checked));
  return holds(checked, strict) ? EXIT.complete : EXIT.notAllDone;
}
