import type { Row } from "../../src/warehouse/warehouse.ts";
import { clamp, rounded } from "./arithmetic.ts";
import type { PlayerContext } from "./upcoming-player-game-context.ts";
import { ZONES } from "./zones.ts";

/** The rows of the three tables of the same date that PCF reads, as they are published. */
export function playerCompositeFactors(
  contexts: readonly PlayerContext[],
  teamZones: readonly Row[],
  playerZones: readonly Row[],
): Row[] {
  return contexts.map((context) => {
    const fatigue = fatigueScore(context);
    const mismatch = mismatchScore(
      playerZones.find((row) => row.player_id === context.player_id),
      teamZones.find((row) => row.team === context.opponent),
    );
    const pace = context.pace_differential === null ? null : clamp(context.pace_differential / 2, -3, 3);
    const spike = usageSpikeScore(context);
    return rounded({
      game_id: context.game_id,
      game_date: context.game_date,
      season_year: context.season_year,
      season_type: context.season_type,
      team: context.team,
      opponent: context.opponent,
      player_id: context.player_id,
      fatigue_score: fatigue,
      shot_zone_mismatch_score: mismatch,
      pace_score: pace,
      usage_spike_score: spike,
      total_composite_adjustment:
        fatigue === null || mismatch === null || pace === null || spike === null
          ? null
          : (fatigue - 100) / 20 + mismatch + pace + spike,
      window_games_expected: context.window_games_expected,
      window_games_found: context.window_games_found,
      early_season: context.early_season,
      data_quality_tier: context.data_quality_tier,
    });
  });
}

/** 100 = fresh. A term whose input is unknown adds 0; where a hole made his rest or load unknown there is none. */
export function fatigueScore(
  context: Pick<
    PlayerContext,
    | "days_rest"
    | "games_in_sample"
    | "games_last_7"
    | "minutes_last_7"
    | "back_to_backs_last_14"
    | "age_years"
  >,
): number | null {
  const { days_rest, games_last_7, minutes_last_7, back_to_backs_last_14, age_years } = context;
  if (games_last_7 === null || minutes_last_7 === null || back_to_backs_last_14 === null) return null;
  if (days_rest === null && context.games_in_sample > 0) return null;
  let score = 100;
  if (days_rest === 0) score -= 15;
  else if (days_rest !== null && days_rest >= 3) score += 5;
  if (games_last_7 >= 4) score -= 10;
  if (minutes_last_7 >= 140) score -= 10;
  if (games_last_7 > 0 && minutes_last_7 / games_last_7 > 35) score -= 8;
  if (back_to_backs_last_14 >= 2) score -= 12;
  else if (back_to_backs_last_14 === 1) score -= 5;
  if (age_years !== null && age_years >= 35) score -= 10;
  else if (age_years !== null && age_years >= 30) score -= 5;
  return clamp(score, 0, 100);
}

/** Where he shoots from against how the opponent defends it, in points of effective field-goal percentage. */
function mismatchScore(player: Row | undefined, opponent: Row | undefined): number | null {
  let score = 0;
  for (const zone of ZONES) {
    const share = player?.[`${zone}_share_estimate`];
    const difference = opponent?.[`${zone}_vs_league`];
    if (typeof share !== "number" || typeof difference !== "number") return null;
    score += share * difference * 100 * ((zone === "three" ? 3 : 2) / 2);
  }
  return clamp(score, -10, 10);
}

function usageSpikeScore(context: PlayerContext): number | null {
  const { usage_rate_last_5, usage_rate_season, star_teammates_out } = context;
  if (usage_rate_last_5 === null || usage_rate_season === null) return null;
  let score = 30 * (usage_rate_last_5 - usage_rate_season);
  const stars = star_teammates_out ?? 0;
  if (score > 0 && stars > 0) score *= stars === 1 ? 1.15 : 1.3;
  return clamp(score, -3, 3);
}
