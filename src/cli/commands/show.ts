import { Command } from "commander";
import { isGameDate } from "../../dates.ts";
import { BackfillError } from "../../errors.ts";
import { PROCESSORS, processorNamed } from "../../processors/registry.ts";
import { columnsOf, renderPartition, renderState, showCsv, showJson } from "../../report/show-report.ts";
import { showPartition } from "../../run/show.ts";
import { readWorld } from "../../run/world.ts";
import { today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { terminal } from "../terminal.ts";

const names = ["player", "team", "columns", "csv", "warehouse", "historyStart", "now", "json"] as const;

type ShowOptions = Options<(typeof names)[number]>;

/** `nba-backfill show`: the rows of one partition, with its state. */
export function showCommand(): Command {
  return addOptions(
    new Command("show")
      .argument("<processor>", "one of the nine processors")
      .argument("<date>", "game date, like 2023-02-07"),
    names,
  )
    .description("Show the rows of one partition, and its state.")
    .addHelpText(
      "after",
      `
A few rows are listed with a line for each column, many as a table of chosen columns; '-' is NULL. --json and --csv
hold all columns, or those of --columns.

Examples:
  nba-backfill show player_game_summary 2023-02-07 --team BOS
  nba-backfill show ml_feature_store 2023-02-07 --player 'pefa rofavar'
  nba-backfill show upcoming_team_game_context 2023-02-07 --columns team,days_rest,spread
  nba-backfill show ml_feature_store 2023-02-07 --csv > features.csv`,
    )
    .action(async (processor: string, date: string, _: ShowOptions, command: Command) => {
      applyConfigFile(command);
      await show(processor, date, command.opts<ShowOptions>());
    });
}

async function show(processorName: string, date: string, options: ShowOptions): Promise<void> {
  const processor = processorNamed(processorName);
  if (!isGameDate(date)) throw new BackfillError("usage", `${date} is not a date like 2022-10-18`);
  if (options.json && options.csv) throw new BackfillError("usage", "--json or --csv, not both");
  const columns = columnsOf(processor, options.columns);
  const shown = await withWarehouse(options, "read", async (warehouse) => {
    const world = await readWorld(warehouse, PROCESSORS, {
      today: today(options.now),
      historyStart: options.historyStart,
    });
    const { player, team } = options;
    return showPartition(warehouse, world, processor, date, {
      ...(player !== undefined && { player }),
      ...(team !== undefined && { team }),
    });
  });
  if (options.csv) terminal.note(renderState(shown));
  terminal.print(
    options.csv
      ? showCsv(shown, columns)
      : options.json
        ? JSON.stringify(showJson(shown, columns))
        : renderPartition(processor, shown, options.columns && columns),
  );
}
