-- How each team defended the zones of the floor over its last 15 games of the season before the date.
WITH games AS (
  SELECT
    team_results.season_year AS season_year,
    team_results.team AS team,
    team_results.game_index AS game_index,
    team_defense.game_id AS summary_game_id,
    team_defense.blocks AS blocks,
    team_defense.points_allowed AS points_allowed,
    CASE WHEN team_defense.opponent_possessions_e4 IS NOT NULL THEN team_defense.points_allowed END
      AS rated_points_allowed,
    team_defense.opponent_possessions_e4 AS opponent_possessions_e4,
    CASE
      WHEN team_defense.minutes IS NOT NULL THEN team_defense.possessions_e4 + team_defense.opponent_possessions_e4
    END AS paced_possessions_e4,
    CASE
      WHEN team_defense.possessions_e4 + team_defense.opponent_possessions_e4 IS NOT NULL THEN team_defense.minutes
    END AS paced_minutes
  FROM team_results
  LEFT JOIN team_defense ON team_defense.game_id = team_results.game_id AND team_defense.team = team_results.team
),
windows AS (
  SELECT
    season_year,
    team,
    game_index,
    COUNT(summary_game_id) OVER last_15 AS games,
    SAFE_DIVIDE(SUM(blocks) OVER last_15, COUNT(summary_game_id) OVER last_15) AS blocks_per_game,
    SAFE_DIVIDE(SUM(points_allowed) OVER last_15, COUNT(summary_game_id) OVER last_15) AS points_allowed_per_game,
    SAFE_DIVIDE(1000000 * SUM(rated_points_allowed) OVER last_15, SUM(opponent_possessions_e4) OVER last_15)
      AS defensive_rating,
    SAFE_DIVIDE(24 * SUM(paced_possessions_e4) OVER last_15, 2000 * SUM(paced_minutes) OVER last_15) AS pace
  FROM games
  WINDOW last_15 AS (
    PARTITION BY season_year, team ORDER BY game_index ROWS BETWEEN 14 PRECEDING AND CURRENT ROW
  )
),
zone_rates AS (
  SELECT
    game_date,
    team,
    shot_zone,
    games,
    FLOOR(SAFE_DIVIDE(fgm, fga) * 1e9 + 0.5e0) / 1e9 AS pct,
    FLOOR(SAFE_DIVIDE(fga, all_fga) * 1e9 + 0.5e0) / 1e9 AS attempt_share,
    FLOOR(SAFE_DIVIDE(fga, games) * 1e9 + 0.5e0) / 1e9 AS attempts_per_game,
    FLOOR(SAFE_DIVIDE(IF(shot_zone = 'three', 3, 2) * fgm, games) * 1e9 + 0.5e0) / 1e9 AS points_per_game,
    FLOOR(league_pct * 1e9 + 0.5e0) / 1e9 AS league_pct,
    FLOOR((pct_estimate - league_pct) * 1e9 + 0.5e0) / 1e9 AS vs_league,
    FLOOR(pct_estimate * 1e9 + 0.5e0) / 1e9 AS pct_estimate,
    FLOOR(share_estimate * 1e9 + 0.5e0) / 1e9 AS share_estimate
  FROM zones_allowed
),
-- A row per team and date, the zones side by side.
sided AS (
  SELECT
    game_date,
    team,
    MAX(games) AS games,
    MAX(CASE WHEN shot_zone = 'paint' THEN pct END) AS paint_pct_allowed_last_15,
    MAX(CASE WHEN shot_zone = 'mid_range' THEN pct END) AS mid_range_pct_allowed_last_15,
    MAX(CASE WHEN shot_zone = 'three' THEN pct END) AS three_pct_allowed_last_15,
    MAX(CASE WHEN shot_zone = 'paint' THEN attempt_share END) AS paint_share_allowed_last_15,
    MAX(CASE WHEN shot_zone = 'mid_range' THEN attempt_share END) AS mid_range_share_allowed_last_15,
    MAX(CASE WHEN shot_zone = 'three' THEN attempt_share END) AS three_share_allowed_last_15,
    MAX(CASE WHEN shot_zone = 'paint' THEN attempts_per_game END) AS paint_attempts_per_game_last_15,
    MAX(CASE WHEN shot_zone = 'mid_range' THEN attempts_per_game END) AS mid_range_attempts_per_game_last_15,
    MAX(CASE WHEN shot_zone = 'three' THEN attempts_per_game END) AS three_attempts_per_game_last_15,
    MAX(CASE WHEN shot_zone = 'paint' THEN points_per_game END) AS paint_points_per_game_last_15,
    MAX(CASE WHEN shot_zone = 'mid_range' THEN points_per_game END) AS mid_range_points_per_game_last_15,
    MAX(CASE WHEN shot_zone = 'three' THEN points_per_game END) AS three_points_per_game_last_15,
    MAX(CASE WHEN shot_zone = 'paint' THEN league_pct END) AS league_paint_pct,
    MAX(CASE WHEN shot_zone = 'mid_range' THEN league_pct END) AS league_mid_range_pct,
    MAX(CASE WHEN shot_zone = 'three' THEN league_pct END) AS league_three_pct,
    MAX(CASE WHEN shot_zone = 'paint' THEN vs_league END) AS paint_vs_league,
    MAX(CASE WHEN shot_zone = 'mid_range' THEN vs_league END) AS mid_range_vs_league,
    MAX(CASE WHEN shot_zone = 'three' THEN vs_league END) AS three_vs_league,
    MAX(CASE WHEN shot_zone = 'paint' THEN pct_estimate END) AS paint_pct_allowed_estimate,
    MAX(CASE WHEN shot_zone = 'mid_range' THEN pct_estimate END) AS mid_range_pct_allowed_estimate,
    MAX(CASE WHEN shot_zone = 'three' THEN pct_estimate END) AS three_pct_allowed_estimate,
    MAX(CASE WHEN shot_zone = 'paint' THEN share_estimate END) AS paint_share_allowed_estimate,
    MAX(CASE WHEN shot_zone = 'mid_range' THEN share_estimate END) AS mid_range_share_allowed_estimate,
    MAX(CASE WHEN shot_zone = 'three' THEN share_estimate END) AS three_share_allowed_estimate
  FROM zone_rates
  GROUP BY game_date, team
)
SELECT
  team_targets.game_date AS game_date,
  team_targets.season_year AS season_year,
  team_targets.team AS team,
  sided.paint_pct_allowed_last_15 AS paint_pct_allowed_last_15,
  sided.mid_range_pct_allowed_last_15 AS mid_range_pct_allowed_last_15,
  sided.three_pct_allowed_last_15 AS three_pct_allowed_last_15,
  sided.paint_share_allowed_last_15 AS paint_share_allowed_last_15,
  sided.mid_range_share_allowed_last_15 AS mid_range_share_allowed_last_15,
  sided.three_share_allowed_last_15 AS three_share_allowed_last_15,
  sided.paint_attempts_per_game_last_15 AS paint_attempts_per_game_last_15,
  sided.mid_range_attempts_per_game_last_15 AS mid_range_attempts_per_game_last_15,
  sided.three_attempts_per_game_last_15 AS three_attempts_per_game_last_15,
  sided.paint_points_per_game_last_15 AS paint_points_per_game_last_15,
  sided.mid_range_points_per_game_last_15 AS mid_range_points_per_game_last_15,
  sided.three_points_per_game_last_15 AS three_points_per_game_last_15,
  sided.league_paint_pct AS league_paint_pct,
  sided.league_mid_range_pct AS league_mid_range_pct,
  sided.league_three_pct AS league_three_pct,
  sided.paint_vs_league AS paint_vs_league,
  sided.mid_range_vs_league AS mid_range_vs_league,
  sided.three_vs_league AS three_vs_league,
  FLOOR(windows.blocks_per_game * 1e9 + 0.5e0) / 1e9 AS blocks_per_game_last_15,
  FLOOR(windows.defensive_rating * 1e9 + 0.5e0) / 1e9 AS defensive_rating_last_15,
  FLOOR(windows.points_allowed_per_game * 1e9 + 0.5e0) / 1e9 AS points_allowed_per_game_last_15,
  FLOOR(windows.pace * 1e9 + 0.5e0) / 1e9 AS pace_last_15,
  CASE
    WHEN sided.paint_vs_league <= COALESCE(sided.mid_range_vs_league, sided.paint_vs_league)
      AND sided.paint_vs_league <= COALESCE(sided.three_vs_league, sided.paint_vs_league) THEN 'paint'
    WHEN sided.mid_range_vs_league <= COALESCE(sided.three_vs_league, sided.mid_range_vs_league) THEN 'mid_range'
    WHEN sided.three_vs_league IS NOT NULL THEN 'three'
  END AS strongest_zone,
  CASE
    WHEN sided.paint_vs_league >= COALESCE(sided.mid_range_vs_league, sided.paint_vs_league)
      AND sided.paint_vs_league >= COALESCE(sided.three_vs_league, sided.paint_vs_league) THEN 'paint'
    WHEN sided.mid_range_vs_league >= COALESCE(sided.three_vs_league, sided.mid_range_vs_league) THEN 'mid_range'
    WHEN sided.three_vs_league IS NOT NULL THEN 'three'
  END AS weakest_zone,
  sided.paint_pct_allowed_estimate AS paint_pct_allowed_estimate,
  sided.mid_range_pct_allowed_estimate AS mid_range_pct_allowed_estimate,
  sided.three_pct_allowed_estimate AS three_pct_allowed_estimate,
  sided.paint_share_allowed_estimate AS paint_share_allowed_estimate,
  sided.mid_range_share_allowed_estimate AS mid_range_share_allowed_estimate,
  sided.three_share_allowed_estimate AS three_share_allowed_estimate,
  team_estimates.defensive_rating_estimate AS defensive_rating_estimate,
  team_estimates.pace_estimate AS pace_estimate,
  CAST(COALESCE(windows.games, 0) AS INT64) AS games_in_sample,
  CAST(sided.games AS INT64) AS games_with_zones,
  team_samples.window_games_expected AS window_games_expected,
  team_samples.window_games_found AS window_games_found,
  team_samples.early_season AS early_season,
  team_samples.data_quality_tier AS data_quality_tier
FROM team_targets
JOIN sided ON sided.game_date = team_targets.game_date AND sided.team = team_targets.team
JOIN team_samples ON team_samples.game_date = team_targets.game_date AND team_samples.team = team_targets.team
JOIN team_estimates ON team_estimates.game_date = team_targets.game_date AND team_estimates.team = team_targets.team
LEFT JOIN windows
  ON windows.season_year = team_targets.season_year
  AND windows.team = team_targets.team
  AND windows.game_index = team_targets.games_before
