import { Command } from "commander";
import type { PartitionCoverage } from "../../coverage/coverage.ts";
import { idleDays } from "../../coverage/days.ts";
import { strayRows } from "../../coverage/stray.ts";
import type { GameDate } from "../../dates.ts";
import { BackfillError, EXIT } from "../../errors.ts";
import { notDerived } from "../../ingest/derive.ts";
import { inSelection, refuseReversed } from "../../plan/selection.ts";
import { isSelected } from "../../plan/under-way.ts";
import { selectedWarmUp } from "../../plan/warm-up.ts";
import { sameDateInputs } from "../../processors/lineage.ts";
import { PROCESSORS, processorNamed } from "../../processors/registry.ts";
import { partitionKey } from "../../progress/partition.ts";
import { lineLeadMinutes } from "../../progress/store.ts";
import {
  type CoverageReport,
  coverageCsv,
  coverageJson,
  renderCoverage,
  renderGaps,
} from "../../report/coverage-report.ts";
import { gapsOf } from "../../report/gap-report.ts";
import { reconcile } from "../../run/reconcile.ts";
import type { Reader } from "../../warehouse/warehouse.ts";
import { today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { addOptions, type Options } from "../options.ts";
import { type NotRead, notReadLine, printReport, withRecordedState } from "../recorded-state.ts";
import { SELECTION_OPTIONS, selectionOf } from "../selection.ts";
import { terminal } from "../terminal.ts";

const names = [
  ...SELECTION_OPTIONS,
  "only",
  "failOnGaps",
  "shallow",
  "csv",
  "json",
  "warehouse",
  "historyStart",
  "now",
] as const;

type CoverageOptions = Options<(typeof names)[number]>;

/** `nba-backfill coverage`: schedule, recorded state and tables, reconciled. */
export function coverageCommand(exit: (code: number) => void): Command {
  return command("coverage", renderCoverage, exit)
    .description("Reconcile schedule, recorded state and what is really in the tables.")
    .addHelpText(
      "after",
      "\nExamples:\n  nba-backfill coverage --year 2023\n  nba-backfill coverage --only missing,stale --csv",
    );
}

/** `nba-backfill gaps`: what is not done, why, and the command that closes it. */
export function gapsCommand(exit: (code: number) => void): Command {
  return command("gaps", renderGaps, exit)
    .description("List what is not done, why, and the command that closes each gap.")
    .addHelpText(
      "after",
      "\nExamples:\n  nba-backfill gaps\n  nba-backfill gaps --season 2022-23 --fail-on-gaps",
    );
}

type Rest = Omit<CoverageReport, "partitions">;

function command(
  name: string,
  render: (coverage: readonly PartitionCoverage[], rest: Rest) => string,
  exit: (code: number) => void,
): Command {
  return addOptions(new Command(name), names).action(async (_: CoverageOptions, made: Command) => {
    applyConfigFile(made);
    const options = made.opts<CoverageOptions>();
    if (options.csv && options.json) throw new BackfillError("usage", "--json or --csv, not both");
    const { coverage, rest, notRead } = await withRecordedState(options, async (reader, notRead) => ({
      ...(await readCoverage(reader, options, notRead)),
      notRead,
    }));
    if (options.csv) {
      if (notRead) terminal.note(notReadLine(notRead));
      terminal.print(coverageCsv(coverage));
    } else {
      printReport(options.json ? coverageJson(coverage, rest) : render(coverage, rest), notRead);
    }
    const open =
      rest.gaps.length +
      rest.warm_up.gaps.length +
      (rest.unscheduled?.length ?? 0) +
      (rest.stray?.length ?? 0) +
      (rest.not_derived?.length ?? 0);
    exit(options.failOnGaps && open > 0 ? EXIT.notAllDone : EXIT.complete);
  });
}

async function readCoverage(
  reader: Reader,
  options: CoverageOptions,
  notRead: NotRead | undefined,
): Promise<{ coverage: readonly PartitionCoverage[]; rest: Rest }> {
  const selection = selectionOf(options);
  refuseReversed(selection);
  const {
    world,
    coverage: all,
    warmUp,
    findings,
  } = await reconcile(
    reader,
    PROCESSORS,
    { today: today(options.now), historyStart: options.historyStart, deep: !options.shallow },
    notRead && { runId: notRead.holder?.run_id },
  );
  const underived = notRead ? null : await notDerived(reader, await lineLeadMinutes(reader));
  const selected = isSelected(selection);
  const isAsked = ({ state }: PartitionCoverage) =>
    options.only === undefined || options.only.includes(state);
  const coverage = all.filter((entry) => selected(entry) && isAsked(entry));
  const belongs = new Set(
    selectedWarmUp(world, selection).map(({ producer, entry }) => partitionKey(producer.name, entry.date)),
  );
  const early = warmUp.filter((entry) => belongs.has(partitionKey(entry.processor, entry.game_date)));
  const { dates } = world.calendar;
  if (options.failOnGaps && dates.length > 0 && early.length === 0 && !all.some(selected)) {
    throw new BackfillError("range-invalid", "--fail-on-gaps asks of a selection that holds no game date");
  }
  const first = selection.startDate ?? selection.dates?.toSorted()[0] ?? dates[0]?.date ?? world.today;
  const last = selection.endDate ?? selection.dates?.toSorted().at(-1) ?? dates.at(-1)?.date ?? world.today;
  const seasonOf = (date: string) => dates.findLast((entry) => entry.date <= date)?.seasonYear ?? 0;
  const calendar = dates.map(({ date }) => date);
  const isSelectedDate = ({ game_date }: { readonly game_date: GameDate }) =>
    inSelection(selection)({ date: game_date, seasonYear: seasonOf(game_date) });
  const gapsIn = (entries: readonly PartitionCoverage[]) =>
    gapsOf(entries, [...warmUp, ...all], calendar, (name) =>
      sameDateInputs(processorNamed(name), PROCESSORS),
    );
  return {
    coverage,
    rest: {
      scheduled_dates: dates.length,
      gaps: gapsIn(coverage),
      warm_up: { before: world.historyStart, partitions: early.length, gaps: gapsIn(early.filter(isAsked)) },
      idle_days: idleDays(world, findings.exhibition, first, last).filter(isSelectedDate),
      unscheduled: findings.unscheduled?.filter(isSelectedDate) ?? null,
      not_derived: underived?.filter(isSelectedDate) ?? null,
      stray:
        strayRows(world)?.filter(
          (of) => isSelectedDate(of) && (selection.processors?.includes(of.processor) ?? true),
        ) ?? null,
    },
  };
}
