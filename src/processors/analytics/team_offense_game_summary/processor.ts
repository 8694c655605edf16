import type { Processor } from "../../processor.ts";
import { OF_THE_SCHEDULE } from "../../references.ts";

export const teamOffenseGameSummary: Processor = {
  name: "team_offense_game_summary",
  phase: 3,
  kind: "summary",
  table: "nba_analytics.team_offense_game_summary",
  folder: "analytics/team_offense_game_summary",
  inputs: [
    { view: "fixtures", window: "date" },
    { view: "finals_of_date", window: "date" },
    { view: "team_boxes", window: "date" },
    { view: "shots_by_player", window: "date" },
    { view: "coverage_of_shots", window: "date" },
  ],
  readers: ["finals", "shots_by_team", "zone_games", "team_games_of_date"],
  staged: [],
  rowChecks: [
    {
      name: "makes_within_attempts",
      severity: "block",
      sql: "fgm <= fga AND fg3m <= fg3a AND ftm <= fta AND fg3m <= fgm",
    },
    { name: "points_from_makes", severity: "warn", sql: "pts = 2 * fgm + fg3m + ftm" },
    { name: "possessions_within_bounds", severity: "block", sql: "possessions BETWEEN 50 AND 200" },
    { name: "minutes_of_whole_overtimes", severity: "warn", sql: "MOD(minutes - 240, 25) = 0" },
  ],
  references: [OF_THE_SCHEDULE],
  teamTotals: [],
  profiled: ["pts", "fga", "fta", "oreb", "tov", "possessions", "pace", "offensive_rating", "efg_pct"],
};
