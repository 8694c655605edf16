-- n: his played games of this season before the date, as upcoming_player_game_context counted them; the sums that
-- stand after his n-th game are those of the games before the date.
WITH samples AS (
  SELECT
    player_context.game_id AS game_id,
    player_context.player_id AS player_id,
    games_in_sample AS n,
    IF(games_in_sample < 3, games_in_sample, 3) AS n_3,
    IF(games_in_sample < 5, games_in_sample, 5) AS n_5,
    IF(games_in_sample < 10, games_in_sample, 10) AS n_10
  FROM player_context
  JOIN target_dates ON target_dates.game_date = player_context.game_date
),
features AS (
  SELECT
    player_context.game_id AS game_id,
    player_context.game_date AS game_date,
    player_context.season_year AS season_year,
    player_context.season_type AS season_type,
    player_context.team AS team,
    player_context.opponent AS opponent,
    player_context.player_id AS player_id,
    SAFE_DIVIDE(feature_form.points_3, samples.n_3) AS points_mean_last_3,
    player_context.points_mean_last_5 AS points_mean_last_5,
    player_context.points_mean_last_10 AS points_mean_last_10,
    player_context.points_mean_season AS points_mean_season,
    player_context.points_sd_last_10 AS points_sd_last_10,
    player_context.games_last_7 AS games_last_7,
    composite_factors.fatigue_score AS fatigue_score,
    composite_factors.shot_zone_mismatch_score AS shot_zone_mismatch_score,
    composite_factors.pace_score AS pace_score,
    composite_factors.usage_spike_score AS usage_spike_score,
    team_context.rest_advantage AS rest_advantage,
    player_context.injury_risk AS injury_risk,
    IF(
      samples.n >= 6,
      SAFE_DIVIDE(feature_form.points_3, 3)
        - SAFE_DIVIDE(feature_form.points_10 - feature_form.points_3, samples.n_10 - 3),
      NULL
    ) AS recent_trend,
    IF(
      samples.n >= 3,
      SAFE_DIVIDE(feature_form.seconds_5 * samples.n, samples.n_5 * feature_form.seconds_season) - 1e0,
      NULL
    ) AS minutes_change,
    opponents.defensive_rating_estimate AS opponent_defensive_rating,
    opponents.pace_estimate AS opponent_pace,
    team_context.site = 'home' AS is_home,
    team_context.is_back_to_back AS is_back_to_back,
    player_context.season_type IN ('play_in', 'playoffs') AS is_postseason,
    player_zone_profile.paint_share_estimate AS paint_share,
    player_zone_profile.mid_range_share_estimate AS mid_range_share,
    player_zone_profile.three_share_estimate AS three_share,
    IF(samples.n >= 3, SAFE_DIVIDE(feature_form.ftm_10, feature_form.points_10), NULL) AS free_throw_points_share_last_10,
    own.pace_estimate AS team_pace,
    team_context.offensive_rating_estimate AS team_offensive_rating,
    team_context.win_pct AS team_win_pct,
    player_context.points_line AS points_line,
    player_context.points_line_opening AS points_line_opening,
    player_context.points_line_movement AS points_line_movement,
    player_context.points_line IS NOT NULL AS has_points_line,
    player_context.points_mean_vs_opponent AS points_mean_vs_opponent,
    player_context.games_vs_opponent AS games_vs_opponent,
    player_context.minutes_mean_last_10 AS minutes_mean_last_10,
    SAFE_DIVIDE(60 * feature_form.points_10, feature_form.seconds_10) AS points_per_minute_last_10,
    player_context.dnp_rate_last_10 AS dnp_rate_last_10,
    player_context.points_slope_last_10 AS points_slope_last_10,
    IF(
      samples.n >= 6,
      SAFE_DIVIDE(
        SAFE_DIVIDE(feature_form.points_5, 5) - SAFE_DIVIDE(feature_form.points_season, samples.n),
        SQRT(
          SAFE_DIVIDE(
            samples.n * feature_form.squares_season - feature_form.points_season * feature_form.points_season,
            samples.n * (samples.n - 1)
          )
        )
      ),
      NULL
    ) AS points_z_last_5,
    player_context.star_teammates_out AS star_teammates_out,
    team_context.total AS game_total,
    ABS(team_context.spread) AS spread_magnitude,
    team_context.implied_team_total AS implied_team_total,
    player_context.days_rest AS days_rest,
    player_context.minutes_last_7 AS minutes_last_7,
    player_context.usage_rate_last_5 AS usage_rate_last_5,
    CAST(below_mean_streaks.streak AS INT64) AS games_below_season_mean_streak,
    IF(
      samples.n >= 3,
      SQRT(
        SAFE_DIVIDE(
          samples.n_10 * feature_form.seconds_squares_10 - feature_form.seconds_10 * feature_form.seconds_10,
          samples.n_10 * (samples.n_10 - 1)
        )
      ) / 60e0,
      NULL
    ) AS minutes_sd_last_10,
    IF(
      decided_lines.games_10 >= 5,
      SAFE_DIVIDE(decided_lines.overs_10, decided_lines.games_10),
      NULL
    ) AS over_rate_last_10,
    player_context.points_line - player_context.points_mean_season AS points_line_minus_season_mean,
    player_context.minutes_last_game AS minutes_last_game,
    player_context.started_last_game AS started_last_game,
    player_context.start_rate_last_10 AS start_rate_last_10,
    player_context.team_games_missed AS team_games_missed,
    player_context.minutes_mean_season AS minutes_mean_season,
    player_context.usage_rate_season AS usage_rate_season,
    player_context.ts_pct_last_10 AS ts_pct_last_10,
    SAFE_DIVIDE(feature_form.fga_10, samples.n_10) AS field_goal_attempts_mean_last_10,
    SAFE_DIVIDE(feature_form.fg3a_10, feature_form.fga_10) AS three_point_attempt_rate_last_10,
    player_context.opponent_ft_rate_allowed_last_10 AS opponent_ft_rate_allowed,
    opponents.three_share_allowed_estimate AS opponent_three_share_allowed,
    team_context.spread AS spread,
    IF(
      last_season_points.games >= 10,
      SAFE_DIVIDE(
        COALESCE(feature_form.points_10, 0)
          + 3e0 * SAFE_DIVIDE(last_season_points.points, last_season_points.games),
        samples.n_10 + 3
      ),
      SAFE_DIVIDE(feature_form.points_10, samples.n_10)
    ) AS points_estimate,
    player_context.points_line_over_probability AS points_line_over_probability,
    samples.n AS played_games_season,
    team_context.site = 'neutral' AS is_neutral_site,
    player_context.window_games_expected AS window_games_expected,
    player_context.window_games_found AS window_games_found,
    player_context.early_season AS early_season,
    player_context.data_quality_tier AS data_quality_tier
  FROM samples
  JOIN player_context
    ON player_context.game_id = samples.game_id AND player_context.player_id = samples.player_id
  LEFT JOIN composite_factors
    ON composite_factors.game_id = samples.game_id AND composite_factors.player_id = samples.player_id
  LEFT JOIN team_context
    ON team_context.game_id = player_context.game_id AND team_context.team = player_context.team
  LEFT JOIN team_zones AS own
    ON own.game_date = player_context.game_date AND own.team = player_context.team
  LEFT JOIN team_zones AS opponents
    ON opponents.game_date = player_context.game_date AND opponents.team = player_context.opponent
  LEFT JOIN player_zone_profile
    ON player_zone_profile.game_date = player_context.game_date
    AND player_zone_profile.player_id = player_context.player_id
  LEFT JOIN feature_form
    ON feature_form.season_year = player_context.season_year
    AND feature_form.player_id = player_context.player_id
    AND feature_form.game_index = samples.n
  LEFT JOIN decided_lines
    ON decided_lines.season_year = player_context.season_year
    AND decided_lines.player_id = player_context.player_id
    AND decided_lines.decided_index = feature_form.decided_index
  LEFT JOIN below_mean_streaks
    ON below_mean_streaks.season_year = player_context.season_year
    AND below_mean_streaks.player_id = player_context.player_id
    AND below_mean_streaks.games = samples.n
  LEFT JOIN last_season_points
    ON last_season_points.season_year = player_context.season_year
    AND last_season_points.player_id = player_context.player_id
),
counted AS (
  SELECT
    game_id,
    player_id,
    IF(points_mean_last_3 IS NULL, 0, 1)
      + IF(points_mean_last_5 IS NULL, 0, 1)
      + IF(points_mean_last_10 IS NULL, 0, 1)
      + IF(points_mean_season IS NULL, 0, 1)
      + IF(points_sd_last_10 IS NULL, 0, 1)
      + IF(games_last_7 IS NULL, 0, 1)
      + IF(fatigue_score IS NULL, 0, 1)
      + IF(pace_score IS NULL, 0, 1)
      + IF(usage_spike_score IS NULL, 0, 1)
      + IF(minutes_change IS NULL, 0, 1)
      + IF(opponent_defensive_rating IS NULL, 0, 1)
      + IF(opponent_pace IS NULL, 0, 1)
      + IF(is_home IS NULL, 0, 1)
      + IF(is_back_to_back IS NULL, 0, 1)
      + IF(is_postseason IS NULL, 0, 1)
      + IF(team_pace IS NULL, 0, 1)
      + IF(team_offensive_rating IS NULL, 0, 1)
      + IF(has_points_line IS NULL, 0, 1)
      + IF(games_vs_opponent IS NULL, 0, 1)
      + IF(minutes_mean_last_10 IS NULL, 0, 1)
      + IF(points_per_minute_last_10 IS NULL, 0, 1)
      + IF(days_rest IS NULL, 0, 1)
      + IF(minutes_last_7 IS NULL, 0, 1)
      + IF(usage_rate_last_5 IS NULL, 0, 1)
      + IF(games_below_season_mean_streak IS NULL, 0, 1)
      + IF(minutes_sd_last_10 IS NULL, 0, 1)
      + IF(minutes_last_game IS NULL, 0, 1)
      + IF(team_games_missed IS NULL, 0, 1)
      + IF(minutes_mean_season IS NULL, 0, 1)
      + IF(usage_rate_season IS NULL, 0, 1)
      + IF(field_goal_attempts_mean_last_10 IS NULL, 0, 1)
      + IF(opponent_ft_rate_allowed IS NULL, 0, 1)
      + IF(points_estimate IS NULL, 0, 1)
      + IF(played_games_season IS NULL, 0, 1)
      + IF(is_neutral_site IS NULL, 0, 1) AS present
  FROM features
)
SELECT
  features.game_id AS game_id,
  game_date,
  season_year,
  season_type,
  team,
  opponent,
  features.player_id AS player_id,
  FLOOR(points_mean_last_3 * 1e9 + 0.5e0) / 1e9 AS points_mean_last_3,
  points_mean_last_5,
  points_mean_last_10,
  points_mean_season,
  points_sd_last_10,
  games_last_7,
  fatigue_score,
  shot_zone_mismatch_score,
  pace_score,
  usage_spike_score,
  rest_advantage,
  injury_risk,
  FLOOR(recent_trend * 1e9 + 0.5e0) / 1e9 AS recent_trend,
  FLOOR(minutes_change * 1e9 + 0.5e0) / 1e9 AS minutes_change,
  opponent_defensive_rating,
  opponent_pace,
  is_home,
  is_back_to_back,
  is_postseason,
  paint_share,
  mid_range_share,
  three_share,
  FLOOR(free_throw_points_share_last_10 * 1e9 + 0.5e0) / 1e9 AS free_throw_points_share_last_10,
  team_pace,
  team_offensive_rating,
  team_win_pct,
  points_line,
  points_line_opening,
  points_line_movement,
  has_points_line,
  points_mean_vs_opponent,
  games_vs_opponent,
  minutes_mean_last_10,
  FLOOR(points_per_minute_last_10 * 1e9 + 0.5e0) / 1e9 AS points_per_minute_last_10,
  dnp_rate_last_10,
  points_slope_last_10,
  FLOOR(points_z_last_5 * 1e9 + 0.5e0) / 1e9 AS points_z_last_5,
  star_teammates_out,
  game_total,
  spread_magnitude,
  implied_team_total,
  days_rest,
  minutes_last_7,
  usage_rate_last_5,
  games_below_season_mean_streak,
  FLOOR(minutes_sd_last_10 * 1e9 + 0.5e0) / 1e9 AS minutes_sd_last_10,
  FLOOR(over_rate_last_10 * 1e9 + 0.5e0) / 1e9 AS over_rate_last_10,
  FLOOR(points_line_minus_season_mean * 1e9 + 0.5e0) / 1e9 AS points_line_minus_season_mean,
  minutes_last_game,
  started_last_game,
  start_rate_last_10,
  team_games_missed,
  minutes_mean_season,
  usage_rate_season,
  ts_pct_last_10,
  FLOOR(field_goal_attempts_mean_last_10 * 1e9 + 0.5e0) / 1e9 AS field_goal_attempts_mean_last_10,
  FLOOR(three_point_attempt_rate_last_10 * 1e9 + 0.5e0) / 1e9 AS three_point_attempt_rate_last_10,
  opponent_ft_rate_allowed,
  opponent_three_share_allowed,
  spread,
  FLOOR(points_estimate * 1e9 + 0.5e0) / 1e9 AS points_estimate,
  points_line_over_probability,
  played_games_season,
  is_neutral_site,
  '64-452e690f' AS feature_version,
  FLOOR(SAFE_DIVIDE(100 * counted.present, 35) * 1e9 + 0.5e0) / 1e9 AS feature_quality_score,
  counted.present = 35 AND data_quality_tier <> 'prior' AS is_training_ready,
  window_games_expected,
  window_games_found,
  early_season,
  data_quality_tier
FROM features
JOIN counted ON counted.game_id = features.game_id AND counted.player_id = features.player_id
