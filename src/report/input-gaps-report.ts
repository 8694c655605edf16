import { counted } from "../counted.ts";
import type { PartitionCoverage } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import type { InputGap } from "../plan/input-gaps.ts";
import { partitionKey } from "../progress/partition.ts";
import { datesOption, needsOf, runCommand, type SameDateInputs } from "./gap-report.ts";

const shown = 20;

/** The Phase 3 validation: what is missing per date and processor, and the command that mends it. */
export function renderInputGaps(
  gaps: readonly InputGap[],
  coverage: readonly PartitionCoverage[],
  sameDateInputs: SameDateInputs,
): string {
  if (gaps.length === 0) return "Phase 3 validation: every input of the selected dates is there.";
  const blocked = gaps.filter(({ missing }) => missing.length > 0).length;
  const holed = gaps.length - blocked;
  const found = [
    ...(blocked > 0
      ? [
          `${counted(blocked, "partition")} ${blocked === 1 ? "lacks" : "lack"} an input of the same date, which blocks ${blocked === 1 ? "it" : "them"}`,
        ]
      : []),
    ...(holed > 0
      ? [
          `${counted(holed, "partition")} ${holed === 1 ? "has" : "have"} holes in windows, which block nothing`,
        ]
      : []),
  ];
  return [
    `Phase 3 validation: ${found.join("; ")}`,
    ...gaps.slice(0, shown).map(sentence),
    ...(gaps.length > shown ? [`  and ${counted(gaps.length - shown, "more partition")}`] : []),
    ...mending(gaps, coverage, sameDateInputs),
  ].join("\n");
}

function sentence({ game_date, processor, missing, holes }: InputGap): string {
  const parts = [
    ...(missing.length > 0 ? [`lacks ${missing.join(", ")} of the same date`] : []),
    ...holes.map((hole) => `hole in ${hole.processor}: ${span(hole.dates)}`),
  ];
  return `  ${game_date} ${processor}: ${parts.join("; ")}`;
}

function span(dates: readonly GameDate[]): string {
  return dates.length <= 3 ? dates.join(", ") : `${dates.length} dates from ${dates[0]} to ${dates.at(-1)}`;
}

/**
 * One run from the first of them to the last date that lacks something, since what was built on a hole is stale once it
 * is mended; after an ingest, where some of it lacks raw data. What failed has a reason of its own.
 */
function mending(
  gaps: readonly InputGap[],
  coverage: readonly PartitionCoverage[],
  sameDateInputs: SameDateInputs,
): string[] {
  const byKey = new Map(coverage.map((entry) => [partitionKey(entry.processor, entry.game_date), entry]));
  const keys = gaps.flatMap(({ game_date, missing, holes }) => [
    ...missing.map((name) => partitionKey(name, game_date)),
    ...holes.flatMap(({ processor, dates }) => dates.map((date) => partitionKey(processor, date))),
  ]);
  const open = [...new Set(keys)].map((key) => byKey.get(key)!);
  const needs = needsOf(open, byKey, sameDateInputs);
  const failed = open.filter(({ state }) => state === "failed");
  const withoutRaw = open.filter(
    (entry) => entry.state !== "failed" && needsOf([entry], byKey, sameDateInputs).raw,
  );
  const dates = datesOf([...open, ...needs.roots, ...gaps]);
  return [
    ...(withoutRaw.length > 0
      ? [`Raw data of ${span(datesOf(withoutRaw))} is missing, set aside, or not final yet`]
      : []),
    ...(failed.length > 0 ? [`Failed: ${span(datesOf(failed))}; 'nba-backfill gaps' says why`] : []),
    `Mend with: ${runCommand(`--phase 3 ${datesOption(dates[0]!, dates.at(-1)!)}`, needs)}`,
  ];
}

function datesOf(entries: readonly { readonly game_date: GameDate }[]): GameDate[] {
  return [...new Set(entries.map(({ game_date }) => game_date))].sort();
}
