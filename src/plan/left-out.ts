import type { World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { inSelection, type Selection } from "./selection.ts";
import { selectedWarmUp } from "./warm-up.ts";

/** A date that was named and is not selected. */
export interface LeftOut {
  readonly date: GameDate;
  readonly why: "no_game_date" | "before_history" | "after_today" | "outside_selection";
}

/** The dates named in a selection of which it selects nothing, each with the reason. */
export function leftOut(world: World, selection: Selection): readonly LeftOut[] {
  const selects = inSelection(selection);
  const warmUp = new Set(selectedWarmUp(world, selection).map(({ entry }) => entry.date));
  return (selection.dates ?? []).flatMap((date): LeftOut[] => {
    const entry = world.calendar.get(date);
    if (!entry) return [{ date, why: "no_game_date" }];
    if (date < world.historyStart) return warmUp.has(date) ? [] : [{ date, why: "before_history" }];
    if (date > world.today) return [{ date, why: "after_today" }];
    return selects(entry) ? [] : [{ date, why: "outside_selection" }];
  });
}
