import type { Processor } from "../../processor.ts";
import { OF_THE_SCHEDULE } from "../../references.ts";

export const upcomingTeamGameContext: Processor = {
  name: "upcoming_team_game_context",
  phase: 3,
  kind: "asof",
  table: "nba_analytics.upcoming_team_game_context",
  folder: "analytics/upcoming_team_game_context",
  inputs: [
    { view: "fixtures", window: "date" },
    { view: "lines", window: "date" },
    { view: "injuries", window: "date" },
    { view: "results", window: "two_seasons" },
    { view: "team_offense", window: "two_seasons" },
    { view: "team_defense", window: "season" },
    { view: "player_listings", window: "season" },
  ],
  readers: [
    "target_seasons",
    "team_fixtures",
    "team_results",
    "team_targets",
    "team_calendar",
    "team_samples",
    "team_form",
    "shrinkage",
    "team_estimates",
    "game_market",
    "player_injuries",
    "team_injury_reports",
    "player_season_before",
    "team_availability",
  ],
  staged: [],
  rowChecks: [
    {
      name: "calendar_within_bounds",
      severity: "block",
      sql: "days_rest >= 0 AND games_last_4 BETWEEN 0 AND 4 AND games_last_7 BETWEEN games_last_4 AND 7 AND games_last_14 BETWEEN games_last_7 AND 14",
    },
    {
      name: "travel_within_bounds",
      severity: "block",
      sql: "miles_travelled BETWEEN 0 AND 12500 AND time_zones_crossed BETWEEN 0 AND 26",
    },
    {
      name: "window_found_within_expected",
      severity: "block",
      sql: "window_games_found BETWEEN 0 AND window_games_expected AND window_games_expected <= 15",
    },
    {
      name: "rates_are_fractions",
      severity: "block",
      sql: "win_pct BETWEEN 0 AND 1 AND oreb_rate_last_10 BETWEEN 0 AND 1 AND opponent_oreb_rate_last_10 BETWEEN 0 AND 1 AND efg_pct_last_10 BETWEEN 0 AND 1.5e0 AND opponent_efg_pct_last_10 BETWEEN 0 AND 1.5e0 AND win_probability BETWEEN 0 AND 1",
    },
    {
      name: "estimates_plausible",
      severity: "warn",
      sql: "offensive_rating_estimate BETWEEN 80 AND 150 AND defensive_rating_estimate BETWEEN 80 AND 150 AND pace_estimate BETWEEN 80 AND 130",
    },
    {
      name: "market_plausible",
      severity: "warn",
      sql: "spread BETWEEN -40 AND 40 AND total BETWEEN 150 AND 300",
    },
  ],
  references: [OF_THE_SCHEDULE],
  teamTotals: [],
  profiled: [
    "miles_travelled",
    "offensive_rating_last_10",
    "pace_last_10",
    "offensive_rating_estimate",
    "pace_estimate",
  ],
};
