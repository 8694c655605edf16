import type { GameDate } from "../dates.ts";

/** The Cup finals, which filters on the first digits of game ids lose (their ids begin with 006, not 002). */
export const CUP_FINALS = ["2023-12-09", "2024-12-17"] as GameDate[];

/** The processors of Phase 4 whose progress the owner counted on 2026-01-17; the others stand where all dates were done. */
type Counted = "team_defense_zone_analysis" | "player_shot_zone_analysis";

/**
 * First game dates of a season, by the calendar year in which it starts, that Phase 4 had not reached: the owner's
 * gaps by year. How the dates of each processor fall on the years the report does not say, only their sums: 100 and 68.
 */
const gaps: Readonly<Record<number, Readonly<Record<Counted | "phase4", number>>>> = {
  2021: { phase4: 1, team_defense_zone_analysis: 1, player_shot_zone_analysis: 1 },
  2022: { phase4: 25, team_defense_zone_analysis: 25, player_shot_zone_analysis: 17 },
  2023: { phase4: 26, team_defense_zone_analysis: 25, player_shot_zone_analysis: 17 },
  2024: { phase4: 24, team_defense_zone_analysis: 24, player_shot_zone_analysis: 16 },
  2025: { phase4: 26, team_defense_zone_analysis: 25, player_shot_zone_analysis: 17 },
};

/** Of the game dates of history, ascending, those that a processor of Phase 4 had reached on 2026-01-17. */
export function reachedDates(
  dates: readonly { readonly date: GameDate; readonly seasonYear: number }[],
  processor: Counted | "phase4",
): GameDate[] {
  const seen = new Map<number, number>();
  return dates.flatMap(({ date, seasonYear }) => {
    const before = seen.get(seasonYear) ?? 0;
    seen.set(seasonYear, before + 1);
    return before < (gaps[seasonYear]?.[processor] ?? 0) ? [] : [date];
  });
}
