import type { Calendar } from "../calendar.ts";
import { addDays, datesBefore, type GameDate } from "../dates.ts";
import type { Processor, Window } from "./processor.ts";

/** First and last source date, both included; undefined where the window of that date is empty. */
export interface SourceRange {
  readonly first: GameDate;
  readonly last: GameDate;
}

type Ranges = Readonly<Record<Window, SourceRange | undefined>>;

/**
 * What was asked of a calendar before: coverage asks for the same few windows of every date, for every processor that
 * has them, and date arithmetic would be most of its time.
 */
const KNOWN = new WeakMap<Calendar, Map<GameDate, Ranges>>();

/**
 * The source dates that a partition of `date` reads through a window; see {@link Window}. The same question gets the
 * same object.
 */
export function sourceRange(window: Window, date: GameDate, calendar: Calendar): SourceRange | undefined {
  const known = KNOWN.get(calendar) ?? new Map<GameDate, Ranges>();
  KNOWN.set(calendar, known);
  const ranges = known.get(date) ?? rangesOf(date, calendar);
  known.set(date, ranges);
  return ranges[window];
}

function rangesOf(date: GameDate, calendar: Calendar): Ranges {
  const seasonYear = calendar.get(date)?.seasonYear;
  const last = addDays(date, -1);
  const from = (first: GameDate | undefined) =>
    first === undefined || first > last ? undefined : { first, last };
  const season = seasonYear === undefined ? undefined : calendar.seasonStart(seasonYear);
  const seasonBefore = seasonYear === undefined ? undefined : calendar.seasonStart(seasonYear - 1);
  return {
    date: { first: date, last: date },
    days_10: from(addDays(date, -10)),
    days_365: from(addDays(date, -365)),
    season: from(season),
    two_seasons: from(seasonBefore ?? season),
    undated: undefined,
  };
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
