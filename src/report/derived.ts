import { counted } from "../counted.ts";
import type { Derived } from "../ingest/derive.ts";

/** What an ingest derives, in words. */
const WHAT: Readonly<Record<string, string>> = {
  cutoffs: "the cut-off",
  game_dates: "the game date",
  team_minutes: "the minutes",
  shot_coverage: "the count of shots",
};

/** `the cut-off of 1 row of nba_raw.schedule, the game date of 2 rows of nba_raw.shots` */
export function derivedText(derived: readonly Derived[]): string {
  const kinds = Map.groupBy(derived, ({ name, table }) => `${name} ${table}`);
  return [...kinds.values()]
    .map((of) => {
      const [{ name, table }] = of as [Derived];
      const rows = of.reduce((sum, each) => sum + each.rows, 0);
      return `${WHAT[name] ?? name} of ${counted(rows, "row")} of ${table}`;
    })
    .join(", ");
}

/** The line of a run that has looked and derived it again. */
export function derivedLine(derived: readonly Derived[]): string {
  return `raw tables were changed behind our back: derived again ${derivedText(derived)}`;
}
