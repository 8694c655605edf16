WITH scored AS (
  SELECT
    player_context.game_id AS game_id,
    player_context.game_date AS game_date,
    player_context.season_year AS season_year,
    player_context.season_type AS season_type,
    player_context.team AS team,
    player_context.opponent AS opponent,
    player_context.player_id AS player_id,
    player_context.window_games_expected AS window_games_expected,
    player_context.window_games_found AS window_games_found,
    player_context.early_season AS early_season,
    player_context.data_quality_tier AS data_quality_tier,
    -- A hole in the last 14 days, or since his last game, leaves his load unknown.
    IF(
      back_to_backs_last_14 IS NULL OR (games_in_sample > 0 AND days_rest IS NULL),
      NULL,
      100
        + CASE WHEN days_rest = 0 THEN -15 WHEN days_rest >= 3 THEN 5 ELSE 0 END
        + IF(games_last_7 >= 4, -10, 0)
        + IF(minutes_last_7 >= 140e0, -10, 0)
        + IF(minutes_last_7 > 35e0 * games_last_7, -8, 0)
        + CASE WHEN back_to_backs_last_14 >= 2 THEN -12 WHEN back_to_backs_last_14 = 1 THEN -5 ELSE 0 END
        + CASE WHEN age_years >= 35 THEN -10 WHEN age_years >= 30 THEN -5 ELSE 0 END
    ) AS fatigue,
    -- Points of effective field-goal percentage: a made three counts one and a half.
    100e0 * (
      player_zone_profile.paint_share_estimate * team_zones.paint_vs_league
      + player_zone_profile.mid_range_share_estimate * team_zones.mid_range_vs_league
      + 1.5e0 * player_zone_profile.three_share_estimate * team_zones.three_vs_league
    ) AS mismatch,
    pace_differential / 2e0 AS pace,
    30e0 * (usage_rate_last_5 - usage_rate_season)
      * CASE
        WHEN usage_rate_last_5 > usage_rate_season AND star_teammates_out > 1 THEN 1.3e0
        WHEN usage_rate_last_5 > usage_rate_season AND star_teammates_out = 1 THEN 1.15e0
        ELSE 1e0
      END AS usage_spike
  FROM player_context
  JOIN target_dates ON target_dates.game_date = player_context.game_date
  LEFT JOIN player_zone_profile
    ON player_zone_profile.game_date = player_context.game_date
    AND player_zone_profile.player_id = player_context.player_id
  LEFT JOIN team_zones
    ON team_zones.game_date = player_context.game_date AND team_zones.team = player_context.opponent
),
clamped AS (
  SELECT
    game_id,
    game_date,
    season_year,
    season_type,
    team,
    opponent,
    player_id,
    window_games_expected,
    window_games_found,
    early_season,
    data_quality_tier,
    CASE WHEN fatigue < 0 THEN 0e0 WHEN fatigue > 100 THEN 100e0 ELSE CAST(fatigue AS FLOAT64) END AS fatigue,
    CASE WHEN mismatch < -10e0 THEN -10e0 WHEN mismatch > 10e0 THEN 10e0 ELSE mismatch END AS mismatch,
    CASE WHEN pace < -3e0 THEN -3e0 WHEN pace > 3e0 THEN 3e0 ELSE pace END AS pace,
    CASE WHEN usage_spike < -3e0 THEN -3e0 WHEN usage_spike > 3e0 THEN 3e0 ELSE usage_spike END AS usage_spike
  FROM scored
)
SELECT
  game_id,
  game_date,
  season_year,
  season_type,
  team,
  opponent,
  player_id,
  fatigue AS fatigue_score,
  FLOOR(mismatch * 1e9 + 0.5e0) / 1e9 AS shot_zone_mismatch_score,
  FLOOR(pace * 1e9 + 0.5e0) / 1e9 AS pace_score,
  FLOOR(usage_spike * 1e9 + 0.5e0) / 1e9 AS usage_spike_score,
  FLOOR(
    ((fatigue - 100e0) / 20e0 + mismatch + pace + usage_spike) * 1e9 + 0.5e0
  ) / 1e9 AS total_composite_adjustment,
  window_games_expected,
  window_games_found,
  early_season,
  data_quality_tier
FROM clamped
