import { BackfillError } from "../errors.ts";
import { nearest } from "../nearest.ts";
import { playerGameSummary } from "./analytics/player_game_summary/processor.ts";
import { teamDefenseGameSummary } from "./analytics/team_defense_game_summary/processor.ts";
import { teamOffenseGameSummary } from "./analytics/team_offense_game_summary/processor.ts";
import { upcomingPlayerGameContext } from "./analytics/upcoming_player_game_context/processor.ts";
import { upcomingTeamGameContext } from "./analytics/upcoming_team_game_context/processor.ts";
import { mlFeatureStore } from "./precompute/ml_feature_store/processor.ts";
import { playerCompositeFactors } from "./precompute/player_composite_factors/processor.ts";
import { playerShotZoneAnalysis } from "./precompute/player_shot_zone_analysis/processor.ts";
import { teamDefenseZoneAnalysis } from "./precompute/team_defense_zone_analysis/processor.ts";
import { PROCESSOR_NAMES, type Processor, type ProcessorName } from "./processor.ts";

/** The processors, in dependency order. */
export const PROCESSORS: readonly Processor[] = [
  playerGameSummary,
  teamOffenseGameSummary,
  teamDefenseGameSummary,
  upcomingTeamGameContext,
  upcomingPlayerGameContext,
  teamDefenseZoneAnalysis,
  playerShotZoneAnalysis,
  playerCompositeFactors,
  mlFeatureStore,
];

/** Names people type that are not, or no longer, those of a processor. */
const FORMER_NAMES: Readonly<Record<string, ProcessorName>> = {
  team_defensive_zone_analytics: "team_defense_zone_analysis",
  player_shot_zone_analytics: "player_shot_zone_analysis",
};

/** The processor of that name. Throws `unknown-processor`, with the right name for a former or misspelt one. */
export function processorNamed(name: string): Processor {
  const found = PROCESSORS.find((processor) => processor.name === name);
  if (found) return found;
  const former = FORMER_NAMES[name];
  if (former) throw new BackfillError("unknown-processor", `${name} is now called ${former}`);
  if (name === "player_defensive_context") {
    throw new BackfillError(
      "unknown-processor",
      "player_defensive_context does not exist as a processor of its own",
    );
  }
  if (name === "player_daily_cache") {
    throw new BackfillError(
      "unknown-processor",
      "player_daily_cache is not date-specific and no processor here; its rolling means are part of upcoming_player_game_context",
    );
  }
  const near = nearest(name, PROCESSOR_NAMES);
  throw new BackfillError(
    "unknown-processor",
    `no processor ${name}; ${near ? `did you mean ${near}? ` : ""}the nine are ${PROCESSOR_NAMES.join(", ")}`,
  );
}
