import type { GameDate } from "./dates.ts";

/** An official date with games, as the schedule has it. */
export interface CalendarDate {
  readonly date: GameDate;
  readonly seasonYear: number;
  /** Its games' season type (they share one). */
  readonly seasonType: string;
  /** Official games that are neither postponed nor cancelled. */
  readonly games: number;
}

/** The official game dates of the schedule: the one place that says what a game date is. */
export class Calendar {
  /** In ascending order. */
  readonly dates: readonly CalendarDate[];
  readonly #byDate: ReadonlyMap<GameDate, CalendarDate>;
  readonly #seasonStart: ReadonlyMap<number, GameDate>;

  constructor(dates: readonly CalendarDate[]) {
    this.dates = [...dates].sort((a, b) => (a.date < b.date ? -1 : 1));
    this.#byDate = new Map(this.dates.map((entry) => [entry.date, entry]));
    const starts = new Map<number, GameDate>();
    for (const { seasonYear, date } of this.dates) if (!starts.has(seasonYear)) starts.set(seasonYear, date);
    this.#seasonStart = starts;
  }

  get(date: GameDate): CalendarDate | undefined {
    return this.#byDate.get(date);
  }

  /** The first official date of a season, undefined where the schedule does not hold that season. */
  seasonStart(seasonYear: number): GameDate | undefined {
    return this.#seasonStart.get(seasonYear);
  }
}

/** Official season types; preseason and all_star are exhibition and count nowhere. */
export const OFFICIAL_SEASON_TYPES = ["regular", "cup_final", "play_in", "playoffs"] as const;
