import { addDays } from "../dates.ts";
import { easternTime, isoInstant } from "./calendar-facts.ts";
import type { Fixture } from "./fixtures.ts";
import type { Random } from "./random.ts";
import { type Expectation, winChance } from "./strength.ts";
import type { TableFiles } from "./table-files.ts";

const minute = 60_000;
/** What the books keep of every stake. */
const HOLD = 0.045;

/** When lines are seen: twice before the cut-off, at the close, and while the game is on. */
export interface Moments {
  readonly opening: string;
  readonly morning: string;
  readonly close: string;
  readonly during: string;
}

export function momentsOf({ date, tipoff }: Fixture): Moments {
  const start = tipoff ?? easternTime(date, 19);
  return {
    opening: isoInstant(easternTime(addDays(date, -1), 20.5)),
    morning: isoInstant(easternTime(date, 10.25)),
    close: isoInstant(start - 10 * minute),
    during: isoInstant(start + 65 * minute),
  };
}

/** What is known of the game at each of those moments. */
export interface Views {
  readonly early: Expectation;
  readonly late: Expectation;
  /** The result: what a line seen during the game half knows. */
  readonly result: Expectation;
}

/** Decimal odds of a side with that chance, after the book's share. */
export function price(chance: number): string {
  return (1 / (chance * (1 + HOLD))).toFixed(3);
}

function half(value: number): number {
  return Math.floor(value * 2 + 0.5) / 2;
}

/** Spread, total and moneyline at three books; now and then one of them, or all, have none. */
export function writeGameLines(files: TableFiles, fixture: Fixture, views: Views, random: Random): void {
  if (random.chance(0.02)) return;
  const moments = momentsOf(fixture);
  const missing = random.next();
  const lean = { margin: random.normal(0, 1.2), total: random.normal(0, 2) };
  const offer = (
    bookmaker: string,
    at: string | undefined,
    { margin, total }: Expectation,
    noise: number,
  ) => {
    const seen = {
      margin: margin + lean.margin + random.normal(0, noise),
      total: total + lean.total + random.normal(0, 1.5 * noise),
    };
    const write = (market: string, side: string, point: number | undefined, odds: string) =>
      files.row("game_lines", fixture.gameId, fixture.date, bookmaker, market, side, at, point, odds);
    if (missing > 0.03) {
      const point = half(-seen.margin);
      const home = 0.5 + random.normal(0, 0.015);
      write("spread", "home", point, price(home));
      write("spread", "away", -point, price(1 - home));
    }
    if (missing < 0.97) {
      const over = 0.5 + random.normal(0, 0.015);
      write("total", "over", half(seen.total), price(over));
      write("total", "under", half(seen.total), price(1 - over));
    }
    if (missing > 0.08) {
      const home = Math.max(0.07, Math.min(0.93, winChance(seen.margin)));
      write("moneyline", "home", undefined, price(home));
      write("moneyline", "away", undefined, price(1 - home));
    }
  };
  const mixed = {
    margin: (views.late.margin + views.result.margin) / 2,
    total: (views.late.total + views.result.total) / 2,
  };
  offer("demo-one", moments.opening, views.early, 0.3);
  offer("demo-one", moments.close, views.late, 0.3);
  offer("demo-one", moments.during, mixed, 0.3);
  offer("demo-two", moments.opening, views.early, 0.8);
  offer("demo-two", moments.close, views.late, 0.8);
  // The third book's snapshots are stamped with a date alone, or not at all.
  const third = random.next();
  if (third < 0.5) offer("demo-three", moments.morning, views.early, 1);
  else if (third < 0.65) offer("demo-three", addDays(fixture.date, -1), views.early, 1);
  else if (third < 0.75) offer("demo-three", undefined, views.late, 1);
}
