import type { CalendarDate } from "../calendar.ts";
import { counts, type World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { BackfillError } from "../errors.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";

/** How the consecutive dates of a step are cut into statements. */
export type ChunkRule = "all" | "season" | "month" | "day" | number;

/** What a command selects; every part narrows. */
export interface Selection {
  readonly startDate?: GameDate;
  readonly endDate?: GameDate;
  readonly dates?: readonly GameDate[];
  /** Calendar year. */
  readonly year?: number;
  /** Year in which the season starts. */
  readonly seasonYear?: number;
  readonly phase?: 3 | 4;
  readonly processors?: readonly ProcessorName[];
}

/** Whether a date lies in the selected dates. */
export function inSelection({
  startDate,
  endDate,
  dates,
  year,
  seasonYear,
}: Selection): (entry: Pick<CalendarDate, "date" | "seasonYear">) => boolean {
  const wanted = dates && new Set(dates);
  return (entry) =>
    (!startDate || entry.date >= startDate) &&
    (!endDate || entry.date <= endDate) &&
    (!wanted || wanted.has(entry.date)) &&
    (year === undefined || entry.date.startsWith(`${year}-`)) &&
    (seasonYear === undefined || entry.seasonYear === seasonYear);
}

/** Whether a selection says which dates, in whatever way. */
export function namesDates({ startDate, endDate, dates, year, seasonYear }: Selection): boolean {
  return [startDate, endDate, dates, year, seasonYear].some((part) => part !== undefined);
}

/** The selected dates of history, ascending; none where the selection holds none. */
export function historyDates(world: World, selection: Selection): readonly CalendarDate[] {
  return world.calendar.dates.filter((entry) => counts(world, entry)).filter(inSelection(selection));
}

/** Throws `range-invalid` where the range ends before it starts. */
export function refuseReversed({ startDate, endDate }: Selection): void {
  if (startDate && endDate && endDate < startDate) {
    throw new BackfillError("range-invalid", `the range ends (${endDate}) before it starts (${startDate})`);
  }
}

/** The selected dates of history, ascending. Throws `range-invalid` where the selection holds no game date. */
export function selectedDates(world: World, selection: Selection): readonly CalendarDate[] {
  refuseReversed(selection);
  const selected = historyDates(world, selection);
  if (selected.length > 0) return selected;
  const known = historyDates(world, {});
  if (world.calendar.dates.length === 0) {
    throw new BackfillError(
      "range-invalid",
      "the schedule is empty: ingest raw data first (nba-backfill ingest PATH)",
    );
  }
  throw new BackfillError(
    "range-invalid",
    `no game dates in ${describe(selection)}; ${nearest(world, known)}`,
  );
}

function describe({ startDate, endDate, dates, year, seasonYear }: Selection): string {
  const parts = [
    ...(dates ? [dates.join(", ")] : []),
    ...(year === undefined ? [] : [`year ${year}`]),
    ...(seasonYear === undefined ? [] : [`season ${seasonName(seasonYear)}`]),
    ...(startDate || endDate ? [`${startDate ?? "the beginning"} .. ${endDate ?? "today"}`] : []),
  ];
  return parts.length === 0 ? "the beginning .. today" : parts.join(" within ");
}

function nearest(world: World, known: readonly CalendarDate[]): string {
  const first = known[0]?.date;
  const last = known.at(-1)?.date;
  return first && last
    ? `history has ${known.length}, from ${first} to ${last}`
    : `history starts on ${world.historyStart} and ends on ${world.today}`;
}

/** 2021 to `2021-22`. */
function seasonName(seasonYear: number): string {
  return `${seasonYear}-${String((seasonYear + 1) % 100).padStart(2, "0")}`;
}

/** The selected processors in dependency order. */
export function selectedProcessors(all: readonly Processor[], selection: Selection): readonly Processor[] {
  const selected = all.filter(
    (processor) =>
      (selection.phase === undefined || processor.phase === selection.phase) &&
      (selection.processors === undefined || selection.processors.includes(processor.name)),
  );
  if (selected.length === 0) {
    throw new BackfillError(
      "usage",
      `phase ${selection.phase} has no processor among ${selection.processors?.join(", ")}`,
    );
  }
  return selected;
}

/** Cuts ascending dates into chunks by the rule. */
export function chunksOf<T extends CalendarDate>(dates: readonly T[], rule: ChunkRule): T[][] {
  const chunks: T[][] = [];
  let label: string | undefined;
  dates.forEach((entry, index) => {
    const next = chunkLabel(entry, index, rule);
    if (next !== label) chunks.push([]);
    chunks.at(-1)!.push(entry);
    label = next;
  });
  return chunks;
}

function chunkLabel(entry: CalendarDate, index: number, rule: ChunkRule): string {
  if (typeof rule === "number") return String(Math.floor(index / rule));
  switch (rule) {
    case "all":
      return "all";
    case "season":
      return String(entry.seasonYear);
    case "month":
      return entry.date.slice(0, 7);
    case "day":
      return entry.date;
  }
}
