import { Command } from "commander";
import { coverageOf, type PartitionCoverage } from "../../coverage/coverage.ts";
import { idleDays } from "../../coverage/days.ts";
import { withEvidence } from "../../coverage/detail.ts";
import { EXIT } from "../../errors.ts";
import { inSelection } from "../../plan/selection.ts";
import { sameDateInputs } from "../../processors/lineage.ts";
import { PROCESSORS, processorNamed } from "../../processors/registry.ts";
import { readRawFindings, readScheduleFindings } from "../../progress/raw-findings.ts";
import { readReadings, readSourceChanges } from "../../progress/store.ts";
import {
  type CoverageReport,
  coverageCsv,
  coverageJson,
  renderCoverage,
  renderGaps,
} from "../../report/coverage-report.ts";
import { gapsOf } from "../../report/gap-report.ts";
import { readWorld } from "../../run/world.ts";
import type { Reader } from "../../warehouse/warehouse.ts";
import { today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { addOptions, type Options } from "../options.ts";
import { notReadLine, printReport, withRecordedState } from "../recorded-state.ts";
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
  return command("gaps", (_, report) => renderGaps(report), exit)
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
    const { coverage, rest, notRead } = await withRecordedState(options, async (reader, notRead) => ({
      ...(await readCoverage(reader, options, notRead === undefined)),
      notRead,
    }));
    if (options.csv && !options.json) {
      if (notRead) terminal.note(notReadLine(notRead));
      terminal.print(coverageCsv(coverage));
    } else {
      printReport(options.json ? coverageJson(coverage, rest) : render(coverage, rest), notRead);
    }
    exit(options.failOnGaps && rest.gaps.length > 0 ? EXIT.notAllDone : EXIT.complete);
  });
}

async function readCoverage(
  reader: Reader,
  options: CoverageOptions,
  hasTables: boolean,
): Promise<{ coverage: readonly PartitionCoverage[]; rest: Rest }> {
  const world = await readWorld(reader, PROCESSORS, {
    today: today(options.now),
    historyStart: options.historyStart,
    deep: hasTables && !options.shallow,
  });
  const findings = hasTables ? await readRawFindings(reader) : await readScheduleFindings(reader);
  const evidence = {
    readings: await readReadings(reader),
    log: await readSourceChanges(reader),
    missing: findings.missing,
  };
  const selection = selectionOf(options);
  const isSelected = inSelection(selection);
  const all = withEvidence(world, coverageOf(world), evidence);
  const coverage = all.filter(
    (entry) =>
      isSelected({ date: entry.game_date, seasonYear: entry.season_year }) &&
      (selection.phase === undefined || entry.phase === selection.phase) &&
      (selection.processors === undefined || selection.processors.includes(entry.processor)) &&
      (options.only === undefined || options.only.includes(entry.state)),
  );
  const { dates } = world.calendar;
  const first = selection.startDate ?? selection.dates?.toSorted()[0] ?? dates[0]?.date ?? world.today;
  const last = selection.endDate ?? selection.dates?.toSorted().at(-1) ?? dates.at(-1)?.date ?? world.today;
  const seasonOf = (date: string) => dates.findLast((entry) => entry.date <= date)?.seasonYear ?? 0;
  const calendar = dates.map(({ date }) => date);
  return {
    coverage,
    rest: {
      gaps: gapsOf(coverage, all, calendar, (name) => sameDateInputs(processorNamed(name), PROCESSORS)),
      idle_days: idleDays(world, findings.exhibition, first, last).filter(({ game_date }) =>
        isSelected({ date: game_date, seasonYear: seasonOf(game_date) }),
      ),
      unscheduled: findings.unscheduled.filter(({ game_date }) =>
        isSelected({ date: game_date, seasonYear: seasonOf(game_date) }),
      ),
    },
  };
}
