import { createHash } from "node:crypto";
import type { ColumnType } from "../../../tables.ts";
import type { ProcessorName } from "../../processor.ts";

export interface Feature {
  /** Its place; the order is fixed, new features are appended. */
  readonly number: number;
  readonly name: string;
  readonly type: ColumnType;
  /** A required feature counts in feature_quality_score; the others are legitimately unknown on some dates. */
  readonly required: boolean;
  readonly source: ProcessorName;
  readonly meaning: string;
}

type Entry = readonly [name: string, type: "F" | "I" | "B", need: "R" | "O", source: Source, meaning: string];
type Source = keyof typeof SOURCES;

const SOURCES = {
  PGS: "player_game_summary",
  UTGC: "upcoming_team_game_context",
  UPGC: "upcoming_player_game_context",
  TDZA: "team_defense_zone_analysis",
  PSZA: "player_shot_zone_analysis",
  PCF: "player_composite_factors",
} as const;

const TYPES = { F: "FLOAT64", I: "INT64", B: "BOOL" } as const;

// His games are those he played this season before the date; "of at least n" is NULL below.
const ENTRIES: readonly Entry[] = [
  ["points_mean_last_3", "F", "R", "PGS", "mean points, last 3 games"],
  ["points_mean_last_5", "F", "R", "UPGC", "mean points, last 5 games"],
  ["points_mean_last_10", "F", "R", "UPGC", "mean points, last 10 games"],
  ["points_mean_season", "F", "R", "UPGC", "mean points, season"],
  ["points_sd_last_10", "F", "R", "UPGC", "standard deviation of points, last 10 of at least 3"],
  ["games_last_7", "I", "R", "UPGC", "games played on the 7 days before"],
  ["fatigue_score", "F", "R", "PCF", "0 to 100, 100 is fresh"],
  ["shot_zone_mismatch_score", "F", "O", "PCF", "his zones against the opponent's defence of them"],
  ["pace_score", "F", "R", "PCF", "expected pace against the league's"],
  ["usage_spike_score", "F", "R", "PCF", "recent usage against the season's"],
  ["rest_advantage", "I", "O", "UTGC", "days of rest more than the opponent's"],
  ["injury_risk", "I", "O", "UPGC", "0 available, 1 probable, 2 questionable, 3 doubtful or out"],
  ["recent_trend", "F", "O", "PGS", "mean points of the last 3 less games 4 to 10, of at least 6"],
  ["minutes_change", "F", "R", "PGS", "mean minutes of the last 5 over the season's, less 1, of at least 3"],
  ["opponent_defensive_rating", "F", "R", "TDZA", "the opponent's shrunk defensive rating"],
  ["opponent_pace", "F", "R", "TDZA", "the opponent's shrunk pace"],
  ["is_home", "B", "R", "UTGC", "at home, not on a neutral site"],
  ["is_back_to_back", "B", "R", "UTGC", "his team played the day before"],
  ["is_postseason", "B", "R", "UPGC", "play-in or playoffs"],
  ["paint_share", "F", "O", "PSZA", "shrunk share of his attempts from the paint"],
  ["mid_range_share", "F", "O", "PSZA", "shrunk share from mid-range"],
  ["three_share", "F", "O", "PSZA", "shrunk share from three-point range"],
  ["free_throw_points_share_last_10", "F", "O", "PGS", "free throws made over points, of at least 3"],
  ["team_pace", "F", "R", "TDZA", "his team's shrunk pace"],
  ["team_offensive_rating", "F", "R", "UTGC", "his team's shrunk offensive rating"],
  ["team_win_pct", "F", "O", "UTGC", "his team's share of regular-season wins"],
  ["points_line", "F", "O", "UPGC", "consensus points line"],
  ["points_line_opening", "F", "O", "UPGC", "the same at the books' first snapshots"],
  ["points_line_movement", "F", "O", "UPGC", "last less first, over books with two snapshots"],
  ["has_points_line", "B", "R", "UPGC", "there is a points line"],
  ["points_mean_vs_opponent", "F", "O", "UPGC", "mean points against the opponent, 365 days"],
  ["games_vs_opponent", "I", "R", "UPGC", "games in that mean"],
  ["minutes_mean_last_10", "F", "R", "UPGC", "mean minutes, last 10 games"],
  ["points_per_minute_last_10", "F", "R", "PGS", "points per minute, last 10 games"],
  ["dnp_rate_last_10", "F", "O", "UPGC", "share of the team's last 10 he was listed for and did not play"],
  ["points_slope_last_10", "F", "O", "UPGC", "least-squares slope of points, last 10 of at least 5"],
  ["points_z_last_5", "F", "O", "PGS", "last 5 less season mean, in season deviations, of at least 6"],
  ["star_teammates_out", "I", "O", "UPGC", "star team-mates out or doubtful"],
  ["game_total", "F", "O", "UTGC", "consensus total"],
  ["spread_magnitude", "F", "O", "UTGC", "consensus spread without its sign"],
  ["implied_team_total", "F", "O", "UTGC", "points that total and spread give his team"],
  ["days_rest", "I", "R", "UPGC", "days since his last game, less 1"],
  ["minutes_last_7", "F", "R", "UPGC", "minutes on the 7 days before"],
  ["usage_rate_last_5", "F", "R", "UPGC", "usage, last 5 games"],
  ["games_below_season_mean_streak", "I", "R", "PGS", "newest consecutive games below his season mean"],
  ["minutes_sd_last_10", "F", "R", "PGS", "standard deviation of minutes, last 10 of at least 3"],
  ["over_rate_last_10", "F", "O", "PGS", "overs among the last 10 decided lines, of at least 5"],
  ["points_line_minus_season_mean", "F", "O", "UPGC", "points line less season mean"],
  ["minutes_last_game", "F", "R", "UPGC", "minutes of his last game"],
  ["started_last_game", "B", "O", "UPGC", "started his last game"],
  ["start_rate_last_10", "F", "O", "UPGC", "share of the last 10 he started, of at least 3 known"],
  ["team_games_missed", "I", "R", "UPGC", "team games since his last one"],
  ["minutes_mean_season", "F", "R", "UPGC", "mean minutes, season"],
  ["usage_rate_season", "F", "R", "UPGC", "usage, season"],
  ["ts_pct_last_10", "F", "O", "UPGC", "true shooting, last 10 games"],
  ["field_goal_attempts_mean_last_10", "F", "R", "PGS", "mean field-goal attempts, last 10 games"],
  ["three_point_attempt_rate_last_10", "F", "O", "PGS", "threes among his attempts, last 10 games"],
  ["opponent_ft_rate_allowed", "F", "R", "UPGC", "free throws over attempts the opponent allowed, last 10"],
  ["opponent_three_share_allowed", "F", "O", "TDZA", "shrunk share of threes among attempts allowed"],
  ["spread", "F", "O", "UTGC", "consensus spread, negative for a favourite"],
  ["points_estimate", "F", "R", "PGS", "mean points of the last 10, drawn to the season before"],
  ["points_line_over_probability", "F", "O", "UPGC", "no-vig probability of the over"],
  ["played_games_season", "I", "R", "UPGC", "games he played this season"],
  ["is_neutral_site", "B", "R", "UTGC", "on a neutral site"],
];

/** The features of ml_feature_store in their order; its DDL describes each with its NULL rule. */
export const FEATURES: readonly Feature[] = ENTRIES.map(([name, type, need, source, meaning], index) => ({
  number: index + 1,
  name,
  type: TYPES[type],
  required: need === "R",
  source: SOURCES[source],
  meaning,
}));

/** Changes with every added, renamed or moved feature; query.sql holds it as a literal. */
export const FEATURE_VERSION = `${FEATURES.length}-${createHash("sha256")
  .update(FEATURES.map((feature) => feature.name).join(","))
  .digest("hex")
  .slice(0, 8)}`;
