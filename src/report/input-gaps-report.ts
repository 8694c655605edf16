import { counted } from "../counted.ts";
import type { GameDate } from "../dates.ts";
import type { InputGap } from "../plan/input-gaps.ts";

const shown = 20;

/** The Phase 3 validation: what is missing per date and processor, and the command that mends it. */
export function renderInputGaps(gaps: readonly InputGap[]): string {
  if (gaps.length === 0) return "Phase 3 validation: every input of the selected dates is there.";
  const dates = [
    ...new Set(
      gaps.flatMap(({ game_date, missing, holes }) => [
        ...(missing.length > 0 ? [game_date] : []),
        ...holes.flatMap((hole) => hole.dates),
      ]),
    ),
  ].sort();
  const blocked = gaps.filter(({ missing }) => missing.length > 0).length;
  const holed = gaps.length - blocked;
  const found = [
    ...(blocked > 0
      ? [
          `${counted(blocked, "partition")} ${blocked === 1 ? "lacks" : "lack"} an input of the same date and will be blocked`,
        ]
      : []),
    ...(holed > 0
      ? [
          `${counted(holed, "partition")} ${holed === 1 ? "has" : "have"} holes in windows and will be built with them`,
        ]
      : []),
  ];
  return [
    `Phase 3 validation: ${found.join(", ")}`,
    ...gaps.slice(0, shown).map(sentence),
    ...(gaps.length > shown ? [`  and ${counted(gaps.length - shown, "more partition")}`] : []),
    `Mend with: nba-backfill run --phase 3 ${selector(dates)}`,
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

function selector(dates: readonly GameDate[]): string {
  return dates.length <= 10
    ? `--dates ${dates.join(",")}`
    : `--start-date ${dates[0]} --end-date ${dates.at(-1)}`;
}
