import type { Calendar } from "../calendar.ts";
import { addDays, datesBefore, type GameDate } from "../dates.ts";
import type { Processor, Window } from "./processor.ts";

/** First and last source date, both included; undefined where the window of that date is empty. */
export interface SourceRange {
  readonly first: GameDate;
  readonly last: GameDate;
}

type Known = Partial<Record<Window, Map<GameDate, SourceRange | undefined>>>;

/**
 * What was asked of a calendar before: coverage asks for the same few windows of every date, for every processor that
 * has them, and date arithmetic would be most of its time.
 */
const KNOWN = new WeakMap<Calendar, Known>();

/**
 * The source dates that a partition of `date` reads through a window; see {@link Window}. The same question gets the
 * same object.
 */
export function sourceRange(window: Window, date: GameDate, calendar: Calendar): SourceRange | undefined {
  const known = KNOWN.get(calendar) ?? {};
  KNOWN.set(calendar, known);
  known[window] ??= new Map();
  const ranges = known[window];
  if (!ranges.has(date)) ranges.set(date, rangeOf(window, date, calendar));
  return ranges.get(date);
}

function rangeOf(window: Window, date: GameDate, calendar: Calendar): SourceRange | undefined {
  const seasonYear = calendar.get(date)?.seasonYear;
  const before = addDays(date, -1);
  const from = (first: GameDate | undefined) =>
    first === undefined || first > before ? undefined : { first, last: before };
  switch (window) {
    case "date":
      return { first: date, last: date };
    case "days_10":
      return from(addDays(date, -10));
    case "days_365":
      return from(addDays(date, -365));
    case "season":
      return from(seasonYear === undefined ? undefined : calendar.seasonStart(seasonYear));
    case "two_seasons":
      return from(
        seasonYear === undefined
          ? undefined
          : (calendar.seasonStart(seasonYear - 1) ?? calendar.seasonStart(seasonYear)),
      );
    case "undated":
      return undefined;
  }
}

/** Where in the ascending dates those of a range begin, and where they have ended. */
export function within(range: SourceRange, dates: readonly GameDate[]): readonly [number, number] {
  return [datesBefore(dates, range.first), datesBefore(dates, range.last, true)];
}

/** The first of the ascending dates that lies in a range; undefined where none does, or there is no range. */
export function firstWithin(
  range: SourceRange | undefined,
  dates: readonly GameDate[],
): GameDate | undefined {
  const next = range && dates[datesBefore(dates, range.first)];
  return next !== undefined && next <= range!.last ? next : undefined;
}

/** The date parameters of a statement, `@first_target_date` and so on. */
export type Bounds = Readonly<
  Record<"first_target_date" | "last_target_date" | "first_input_date" | "last_input_date", GameDate>
>;

/** The bounds of a processor's statement over these dates (at least one). */
export function boundsOf(processor: Processor, dates: readonly GameDate[], calendar: Calendar): Bounds {
  const sorted = [...dates].sort();
  const first = sorted[0]!;
  const last = sorted.at(-1)!;
  let firstInput = first;
  for (const { window } of processor.inputs) {
    // A window starts no later for an earlier date, so the first date has the earliest start.
    const range = sourceRange(window, first, calendar);
    if (range && range.first < firstInput) firstInput = range.first;
  }
  return {
    first_target_date: first,
    last_target_date: last,
    first_input_date: firstInput,
    last_input_date: last,
  };
}
