import { addDays, type GameDate } from "../dates.ts";
import type { World } from "./coverage.ts";

/** Why a date needs nothing. */
export const IDLE_KINDS = ["off_day", "exhibition", "warm_up", "before_history", "future"] as const;

export type IdleKind = (typeof IDLE_KINDS)[number];

export interface IdleDay {
  readonly game_date: GameDate;
  readonly kind: IdleKind;
}

/** Why a date needs nothing; undefined for a game date of history. */
export function idleKind(
  world: World,
  exhibition: ReadonlySet<GameDate>,
  date: GameDate,
): IdleKind | undefined {
  if (date > world.today) return "future";
  if (world.calendar.get(date)) return date < world.historyStart ? "warm_up" : undefined;
  if (exhibition.has(date)) return "exhibition";
  return date < world.historyStart ? "before_history" : "off_day";
}

/** The dates between two, both included, that need nothing. */
export function idleDays(
  world: World,
  exhibition: ReadonlySet<GameDate>,
  first: GameDate,
  last: GameDate,
): IdleDay[] {
  const days: IdleDay[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const kind = idleKind(world, exhibition, date);
    if (kind) days.push({ game_date: date, kind });
  }
  return days;
}
