import type { GameDate } from "../../src/dates.ts";
import type { ProcessorName } from "../../src/processors/processor.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { type History, summariesBefore, summariesOn } from "./history.ts";
import { mlFeatureStore } from "./ml-feature-store.ts";
import { playerCompositeFactors } from "./player-composite-factors.ts";
import { playerShotZoneAnalysis } from "./player-shot-zone-analysis.ts";
import type { Raw } from "./raw.ts";
import { teamDefenseZoneAnalysis } from "./team-defense-zone-analysis.ts";
import { type PlayerContext, upcomingPlayerGameContext } from "./upcoming-player-game-context.ts";
import { upcomingTeamGameContext } from "./upcoming-team-game-context.ts";
import { visibleOn } from "./visible.ts";

/** What the nine tables should hold for a date; each is worked out when it is first asked for. */
export class Oracle {
  readonly #raw: Raw;
  readonly #date: GameDate;
  readonly #rows = new Map<ProcessorName, readonly Row[]>();
  #seen: { visible: Raw; history: History } | undefined;

  constructor(raw: Raw, date: GameDate) {
    this.#raw = raw;
    this.#date = date;
  }

  rows(processor: ProcessorName): readonly Row[] {
    const held = this.#rows.get(processor);
    if (held) return held;
    const rows = this.#compute(processor);
    this.#rows.set(processor, rows);
    return rows;
  }

  #compute(processor: ProcessorName): readonly Row[] {
    const date = this.#date;
    switch (processor) {
      case "player_game_summary":
        return summariesOn(this.#raw, date).players;
      case "team_offense_game_summary":
        return summariesOn(this.#raw, date).offense;
      case "team_defense_game_summary":
        return summariesOn(this.#raw, date).defense;
      case "upcoming_team_game_context":
        return upcomingTeamGameContext(this.#before().visible, this.#before().history, date);
      case "upcoming_player_game_context":
        return upcomingPlayerGameContext(this.#before().visible, this.#before().history, date);
      case "team_defense_zone_analysis":
        return teamDefenseZoneAnalysis(this.#before().visible, this.#before().history, date);
      case "player_shot_zone_analysis":
        return playerShotZoneAnalysis(this.#before().visible, this.#before().history, date);
      case "player_composite_factors":
        return playerCompositeFactors(
          this.#contexts(),
          this.rows("team_defense_zone_analysis"),
          this.rows("player_shot_zone_analysis"),
        );
      case "ml_feature_store":
        return mlFeatureStore(
          {
            contexts: this.#contexts(),
            teams: this.rows("upcoming_team_game_context"),
            teamZones: this.rows("team_defense_zone_analysis"),
            playerZones: this.rows("player_shot_zone_analysis"),
            factors: this.rows("player_composite_factors"),
          },
          this.#before().history,
        );
    }
  }

  #contexts(): readonly PlayerContext[] {
    return this.rows("upcoming_player_game_context") as readonly PlayerContext[];
  }

  /** As-of tables are handed nothing but what was visible, and summaries of earlier dates. */
  #before() {
    this.#seen ??= {
      visible: visibleOn(this.#raw, this.#date),
      history: summariesBefore(this.#raw, this.#date),
    };
    return this.#seen;
  }
}
