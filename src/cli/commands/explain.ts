import { Command } from "commander";
import type { PartitionCoverage } from "../../coverage/coverage.ts";
import { isGameDate } from "../../dates.ts";
import { BackfillError } from "../../errors.ts";
import { sameDateInputs } from "../../processors/lineage.ts";
import { PROCESSORS, processorNamed } from "../../processors/registry.ts";
import { explainJson, renderExplanation } from "../../report/explain-report.ts";
import { gapsOf } from "../../report/gap-report.ts";
import { explainPartition } from "../../run/explain.ts";
import { reconcile } from "../../run/reconcile.ts";
import { today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { addOptions, type Options } from "../options.ts";
import { printReport, withRecordedState } from "../recorded-state.ts";

const names = ["shallow", "warehouse", "historyStart", "now", "json"] as const;

type ExplainOptions = Options<(typeof names)[number]>;

/** `nba-backfill explain`: the story of one partition. */
export function explainCommand(): Command {
  return addOptions(
    new Command("explain")
      .argument("<processor>", "one of the nine processors")
      .argument("<date>", "date, like 2023-02-07"),
    names,
  )
    .description("Tell why a partition is in its state: what it read, who wrote it, what reads it.")
    .addHelpText(
      "after",
      `
A date without official games is told as what it is: off day, exhibition, before history, in the future, unscheduled.

Examples:
  nba-backfill explain player_shot_zone_analysis 2023-02-07
  nba-backfill explain ml_feature_store 2023-12-09 --json`,
    )
    .action(async (processor: string, date: string, _: ExplainOptions, command: Command) => {
      applyConfigFile(command);
      await explain(processor, date, command.opts<ExplainOptions>());
    });
}

async function explain(name: string, date: string, options: ExplainOptions): Promise<void> {
  const processor = processorNamed(name);
  if (!isGameDate(date)) throw new BackfillError("usage", `${date} is not a date like 2022-10-18`);
  const { explanation, gap, notRead } = await withRecordedState(options, async (reader, notRead) => {
    const runId = notRead?.holder?.run_id;
    const reconciled = await reconcile(
      reader,
      PROCESSORS,
      { today: today(options.now), historyStart: options.historyStart, deep: !options.shallow },
      notRead && { runId },
    );
    const explanation = await explainPartition(reader, reconciled, processor, date, runId);
    const { day, story } = explanation;
    const { warmUp, coverage } = reconciled;
    // Of the dates before history a run builds what windows reach, and nothing else.
    const isBuilt = day.kind === "game_date" || warmUp.some((of) => isSame(of, story?.coverage));
    const [gap] = gapsOf(story && isBuilt ? [story.coverage] : [], [...warmUp, ...coverage], [date], (of) =>
      sameDateInputs(processorNamed(of), PROCESSORS),
    );
    return { explanation, gap, notRead };
  });
  printReport(
    options.json ? explainJson(name, explanation, gap) : renderExplanation(name, explanation, gap),
    notRead,
  );
}

function isSame(one: PartitionCoverage, other?: PartitionCoverage): boolean {
  return one.processor === other?.processor && one.game_date === other.game_date;
}
