import type { GameDate } from "../dates.ts";

/** `DATE '2023-02-07', DATE '2023-02-09'`: what stands between the brackets of a list. */
export function dateLiterals(dates: readonly GameDate[]): string {
  return dates.map((date) => `DATE '${date}'`).join(", ");
}

/** A condition on game_date; of no dates none is one. */
export function onDates(dates: readonly GameDate[], column = "game_date"): string {
  return dates.length === 0 ? "FALSE" : `${column} IN (${dateLiterals(dates)})`;
}
