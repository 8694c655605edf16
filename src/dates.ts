/** A US-Eastern calendar date, YYYY-MM-DD. Below the command line no Date object stands for a game date. */
export type GameDate = string & { readonly __brand: "GameDate" };

const millisecondsPerDay = 86_400_000;

/** True for an existing calendar date written YYYY-MM-DD. */
export function isGameDate(text: string): text is GameDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** Days since 1970-01-01, as GoogleSQL's UNIX_DATE. */
export function dayNumber(date: GameDate): number {
  return Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay;
}

/** The inverse of {@link dayNumber}. */
export function fromDayNumber(day: number): GameDate {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10) as GameDate;
}

export function addDays(date: GameDate, days: number): GameDate {
  return fromDayNumber(dayNumber(date) + days);
}

/** How many of the ascending dates lie before `date`; with `inclusive`, up to and with it. */
export function datesBefore(dates: readonly GameDate[], date: GameDate, inclusive = false): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const before = inclusive ? dates[middle]! <= date : dates[middle]! < date;
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The US-Eastern calendar date of an instant. */
export function easternDate(instant: Date): GameDate {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "America/New_York" }).format(instant) as GameDate;
}
