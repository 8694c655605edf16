import type { Row } from "../../src/warehouse/warehouse.ts";
import { deviation, mean, minus, ratio, rounded, sum } from "./arithmetic.ts";
import { type History, playedGames } from "./history.ts";
import type { PlayerGame } from "./player-game-summary.ts";
import type { PlayerContext } from "./upcoming-player-game-context.ts";

/** Features that may be legitimately unknown; all others are required. */
const OPTIONAL: readonly string[] = [
  "shot_zone_mismatch_score",
  "rest_advantage",
  "injury_risk",
  "recent_trend",
  "paint_share",
  "mid_range_share",
  "three_share",
  "free_throw_points_share_last_10",
  "team_win_pct",
  "points_line",
  "points_line_opening",
  "points_line_movement",
  "points_mean_vs_opponent",
  "dnp_rate_last_10",
  "points_slope_last_10",
  "points_z_last_5",
  "star_teammates_out",
  "game_total",
  "spread_magnitude",
  "implied_team_total",
  "over_rate_last_10",
  "points_line_minus_season_mean",
  "started_last_game",
  "start_rate_last_10",
  "ts_pct_last_10",
  "three_point_attempt_rate_last_10",
  "opponent_three_share_allowed",
  "spread",
  "points_line_over_probability",
];

/** The rows of D of the tables MLFS reads. */
export interface Published {
  readonly contexts: readonly PlayerContext[];
  readonly teams: readonly Row[];
  readonly teamZones: readonly Row[];
  readonly playerZones: readonly Row[];
  readonly factors: readonly Row[];
}

/** A row per UPGC row; `feature_version` is the project's own and not judged here. */
export function mlFeatureStore(published: Published, history: History): Row[] {
  return published.contexts.map((context) => {
    const features = featuresOf(context, published, history);
    const required = Object.keys(features).filter((name) => !OPTIONAL.includes(name));
    const present = required.filter((name) => features[name] !== null).length;
    return rounded({
      game_id: context.game_id,
      game_date: context.game_date,
      season_year: context.season_year,
      season_type: context.season_type,
      team: context.team,
      opponent: context.opponent,
      player_id: context.player_id,
      ...features,
      feature_quality_score: (100 * present) / required.length,
      is_training_ready: present === required.length && context.data_quality_tier !== "prior",
      window_games_expected: context.window_games_expected,
      window_games_found: context.window_games_found,
      early_season: context.early_season,
      data_quality_tier: context.data_quality_tier,
    });
  });
}

function featuresOf(context: PlayerContext, published: Published, history: History): Row {
  const { player_id, season_year } = context;
  const own = (row: Row) => row.game_id === context.game_id && row.team === context.team;
  const team = published.teams.find(own)!;
  const ownZones = published.teamZones.find((row) => row.team === context.team)!;
  const opponentZones = published.teamZones.find((row) => row.team === context.opponent)!;
  const profile = published.playerZones.find((row) => row.player_id === player_id)!;
  const factors = published.factors.find((row) => own(row) && row.player_id === player_id)!;
  const games = playedGames(history, player_id, season_year);
  const spread = team.spread as number | null;
  return {
    points_mean_last_3: mean(games.slice(-3), (game) => game.pts),
    points_mean_last_5: context.points_mean_last_5,
    points_mean_last_10: context.points_mean_last_10,
    points_mean_season: context.points_mean_season,
    points_sd_last_10: context.points_sd_last_10,
    games_last_7: context.games_last_7,
    fatigue_score: factors.fatigue_score!,
    shot_zone_mismatch_score: factors.shot_zone_mismatch_score!,
    pace_score: factors.pace_score!,
    usage_spike_score: factors.usage_spike_score!,
    rest_advantage: team.rest_advantage!,
    injury_risk: context.injury_risk,
    opponent_defensive_rating: opponentZones.defensive_rating_estimate!,
    opponent_pace: opponentZones.pace_estimate!,
    is_home: team.site === "home",
    is_back_to_back: team.is_back_to_back!,
    is_postseason: context.season_type === "play_in" || context.season_type === "playoffs",
    paint_share: profile.paint_share_estimate!,
    mid_range_share: profile.mid_range_share_estimate!,
    three_share: profile.three_share_estimate!,
    team_pace: ownZones.pace_estimate!,
    team_offensive_rating: team.offensive_rating_estimate!,
    team_win_pct: team.win_pct!,
    points_line: context.points_line,
    points_line_opening: context.points_line_opening,
    points_line_movement: context.points_line_movement,
    has_points_line: context.points_line !== null,
    points_mean_vs_opponent: context.points_mean_vs_opponent,
    games_vs_opponent: context.games_vs_opponent,
    minutes_mean_last_10: context.minutes_mean_last_10,
    dnp_rate_last_10: context.dnp_rate_last_10,
    points_slope_last_10: context.points_slope_last_10,
    star_teammates_out: context.star_teammates_out,
    game_total: team.total!,
    spread_magnitude: spread === null ? null : Math.abs(spread),
    implied_team_total: team.implied_team_total!,
    days_rest: context.days_rest,
    minutes_last_7: context.minutes_last_7,
    usage_rate_last_5: context.usage_rate_last_5,
    points_line_minus_season_mean: minus(context.points_line, context.points_mean_season),
    minutes_last_game: context.minutes_last_game,
    started_last_game: context.started_last_game,
    start_rate_last_10: context.start_rate_last_10,
    team_games_missed: context.team_games_missed,
    minutes_mean_season: context.minutes_mean_season,
    usage_rate_season: context.usage_rate_season,
    ts_pct_last_10: context.ts_pct_last_10,
    opponent_ft_rate_allowed: context.opponent_ft_rate_allowed_last_10,
    opponent_three_share_allowed: opponentZones.three_share_allowed_estimate!,
    spread,
    points_line_over_probability: context.points_line_over_probability,
    played_games_season: games.length,
    is_neutral_site: team.site === "neutral",
    ...fromGames(games, playedGames(history, player_id, season_year - 1)),
  };
}

/** The features that come from his own games alone. */
function fromGames(games: readonly PlayerGame[], lastSeason: readonly PlayerGame[]): Row {
  const n = games.length;
  const points = (game: PlayerGame) => game.pts;
  const seconds = (game: PlayerGame) => game.seconds;
  const last5 = games.slice(-5);
  const last10 = games.slice(-10);
  const change = ratio(mean(last5, seconds), mean(games, seconds));
  const deviationOfPoints = deviation(games.map((game) => game.pts ?? 0));
  return {
    recent_trend: n >= 6 ? minus(mean(games.slice(-3), points), mean(games.slice(-10, -3), points)) : null,
    minutes_change: n >= 3 && change !== null ? change - 1 : null,
    free_throw_points_share_last_10:
      n >= 3
        ? ratio(
            sum(last10, (game) => game.ftm),
            sum(last10, points),
          )
        : null,
    points_per_minute_last_10: ratio(60 * sum(last10, points), sum(last10, seconds)),
    points_z_last_5:
      n >= 6 ? ratio(minus(mean(last5, points), mean(games, points)), deviationOfPoints) : null,
    games_below_season_mean_streak: n >= 1 ? belowMean(games) : null,
    minutes_sd_last_10: n >= 3 ? deviation(last10.map((game) => game.seconds))! / 60 : null,
    over_rate_last_10: overRate(games),
    field_goal_attempts_mean_last_10: mean(last10, (game) => game.fga),
    three_point_attempt_rate_last_10: ratio(
      sum(last10, (game) => game.fg3a),
      sum(last10, (game) => game.fga),
    ),
    points_estimate: pointsEstimate(last10, lastSeason),
  };
}

/** Newest consecutive games below the season mean, told by integers. */
function belowMean(games: readonly PlayerGame[]): number {
  const total = sum(games, (game) => game.pts);
  let streak = 0;
  for (const game of [...games].reverse()) {
    if (game.pts! * games.length >= total) break;
    streak += 1;
  }
  return streak;
}

function overRate(games: readonly PlayerGame[]): number | null {
  const decided = games
    .filter((game) => game.over_under_result === "over" || game.over_under_result === "under")
    .slice(-10);
  if (decided.length < 5) return null;
  return decided.filter((game) => game.over_under_result === "over").length / decided.length;
}

/** The last 10 drawn by three games to the mean of a previous regular season of at least 10. */
export function pointsEstimate(
  last10: readonly { pts: number | null }[],
  lastSeason: readonly { pts: number | null; season_type: string }[],
): number | null {
  const regular = lastSeason.filter((game) => game.season_type === "regular");
  const raw = mean(last10, (game) => game.pts);
  const prior = regular.length >= 10 ? mean(regular, (game) => game.pts) : raw;
  return prior === null ? null : (sum(last10, (game) => game.pts) + 3 * prior) / (last10.length + 3);
}
