WITH rostered AS (
  SELECT
    roster.game_date AS game_date,
    roster.season_year AS season_year,
    roster.player_id AS player_id,
    roster.team AS team,
    COALESCE(player_season_before.games, 0) AS games_before
  FROM roster
  LEFT JOIN player_season_before
    ON player_season_before.game_date = roster.game_date AND player_season_before.player_id = roster.player_id
),
joined AS (
  SELECT
    rostered.game_date AS game_date,
    rostered.season_year AS season_year,
    rostered.player_id AS player_id,
    rostered.team AS team,
    rostered.games_before AS games_before,
    zone_windows.oldest_date AS oldest_date,
    zone_windows.paint_share_last_10 AS paint_share_last_10,
    zone_windows.mid_range_share_last_10 AS mid_range_share_last_10,
    zone_windows.three_share_last_10 AS three_share_last_10,
    zone_windows.paint_pct_last_10 AS paint_pct_last_10,
    zone_windows.mid_range_pct_last_10 AS mid_range_pct_last_10,
    zone_windows.three_pct_last_10 AS three_pct_last_10,
    zone_windows.attempts_per_game_last_10 AS attempts_per_game_last_10,
    zone_windows.assisted_share_last_10 AS assisted_share_last_10,
    zone_windows.paint_share_last_20 AS paint_share_last_20,
    zone_windows.mid_range_share_last_20 AS mid_range_share_last_20,
    zone_windows.three_share_last_20 AS three_share_last_20,
    zone_windows.paint_pct_last_20 AS paint_pct_last_20,
    zone_windows.mid_range_pct_last_20 AS mid_range_pct_last_20,
    zone_windows.three_pct_last_20 AS three_pct_last_20,
    zone_windows.attempts_per_game_last_20 AS attempts_per_game_last_20,
    zone_windows.assisted_share_last_20 AS assisted_share_last_20,
    zone_windows.games_10 AS games_10,
    zone_windows.games_20 AS games_20,
    zone_windows.primary_scoring_zone AS primary_scoring_zone,
    COALESCE(zone_windows.fga_20, 0) AS fga,
    COALESCE(zone_windows.paint_fga_20, 0) AS paint_fga,
    COALESCE(zone_windows.paint_fgm_20, 0) AS paint_fgm,
    COALESCE(zone_windows.mid_range_fga_20, 0) AS mid_range_fga,
    COALESCE(zone_windows.mid_range_fgm_20, 0) AS mid_range_fgm,
    COALESCE(zone_windows.three_fga_20, 0) AS three_fga,
    COALESCE(zone_windows.three_fgm_20, 0) AS three_fgm,
    IF(last_season_zones.fga > 0, league_shots.share_k, league_shots.share_k_new) AS share_k,
    league_shots.paint_k AS paint_k,
    league_shots.mid_range_k AS mid_range_k,
    league_shots.three_k AS three_k,
    IF(
      last_season_zones.fga > 0,
      SAFE_DIVIDE(
        last_season_zones.paint_fga + league_shots.share_j * league_shots.paint_share,
        last_season_zones.fga + league_shots.share_j
      ),
      league_shots.paint_share
    ) AS paint_share_prior,
    IF(
      last_season_zones.fga > 0,
      SAFE_DIVIDE(
        last_season_zones.mid_range_fga + league_shots.share_j * league_shots.mid_range_share,
        last_season_zones.fga + league_shots.share_j
      ),
      league_shots.mid_range_share
    ) AS mid_range_share_prior,
    IF(
      last_season_zones.fga > 0,
      SAFE_DIVIDE(
        last_season_zones.three_fga + league_shots.share_j * league_shots.three_share,
        last_season_zones.fga + league_shots.share_j
      ),
      league_shots.three_share
    ) AS three_share_prior,
    SAFE_DIVIDE(
      COALESCE(last_season_zones.paint_fgm, 0) + league_shots.paint_j * league_shots.paint_pct,
      COALESCE(last_season_zones.paint_fga, 0) + league_shots.paint_j
    ) AS paint_pct_prior,
    SAFE_DIVIDE(
      COALESCE(last_season_zones.mid_range_fgm, 0) + league_shots.mid_range_j * league_shots.mid_range_pct,
      COALESCE(last_season_zones.mid_range_fga, 0) + league_shots.mid_range_j
    ) AS mid_range_pct_prior,
    SAFE_DIVIDE(
      COALESCE(last_season_zones.three_fgm, 0) + league_shots.three_j * league_shots.three_pct,
      COALESCE(last_season_zones.three_fga, 0) + league_shots.three_j
    ) AS three_pct_prior
  FROM rostered
  JOIN league_shots ON league_shots.game_date = rostered.game_date
  LEFT JOIN zone_windows
    ON zone_windows.season_year = rostered.season_year
    AND zone_windows.player_id = rostered.player_id
    AND zone_windows.game_index = rostered.games_before
  LEFT JOIN last_season_zones
    ON last_season_zones.season_year = rostered.season_year
    AND last_season_zones.player_id = rostered.player_id
)
SELECT
  joined.game_date AS game_date,
  joined.season_year AS season_year,
  joined.player_id AS player_id,
  joined.team AS team,
  paint_share_last_10,
  mid_range_share_last_10,
  three_share_last_10,
  paint_pct_last_10,
  mid_range_pct_last_10,
  three_pct_last_10,
  attempts_per_game_last_10,
  assisted_share_last_10,
  CAST(IF(games_before < 10, games_before, 10) AS INT64) AS games_in_sample_last_10,
  CAST(COALESCE(games_10, 0) AS INT64) AS games_with_zones_last_10,
  paint_share_last_20,
  mid_range_share_last_20,
  three_share_last_20,
  paint_pct_last_20,
  mid_range_pct_last_20,
  three_pct_last_20,
  attempts_per_game_last_20,
  assisted_share_last_20,
  CAST(IF(games_before < 20, games_before, 20) AS INT64) AS games_in_sample_last_20,
  CAST(COALESCE(games_20, 0) AS INT64) AS games_with_zones_last_20,
  primary_scoring_zone,
  FLOOR(SAFE_DIVIDE(paint_fga + share_k * paint_share_prior, fga + share_k) * 1e9 + 0.5e0) / 1e9 AS paint_share_estimate,
  FLOOR(SAFE_DIVIDE(mid_range_fga + share_k * mid_range_share_prior, fga + share_k) * 1e9 + 0.5e0) / 1e9 AS mid_range_share_estimate,
  FLOOR(SAFE_DIVIDE(three_fga + share_k * three_share_prior, fga + share_k) * 1e9 + 0.5e0) / 1e9 AS three_share_estimate,
  FLOOR(SAFE_DIVIDE(paint_fgm + paint_k * paint_pct_prior, paint_fga + paint_k) * 1e9 + 0.5e0) / 1e9 AS paint_pct_estimate,
  FLOOR(SAFE_DIVIDE(mid_range_fgm + mid_range_k * mid_range_pct_prior, mid_range_fga + mid_range_k) * 1e9 + 0.5e0) / 1e9 AS mid_range_pct_estimate,
  FLOOR(SAFE_DIVIDE(three_fgm + three_k * three_pct_prior, three_fga + three_k) * 1e9 + 0.5e0) / 1e9 AS three_pct_estimate,
  -- A team that a roster snapshot names may have no game anybody knows of.
  CAST(COALESCE(days.finals_before, 0) - COALESCE(oldest_days.finals_before, 0) AS INT64) AS window_games_expected,
  CAST(COALESCE(days.found_before, 0) - COALESCE(oldest_days.found_before, 0) AS INT64) AS window_games_found,
  games_before < 5 AS early_season,
  CASE WHEN games_20 >= 10 THEN 'high' WHEN games_20 >= 5 THEN 'medium' WHEN games_20 >= 1 THEN 'low' ELSE 'prior' END
    AS data_quality_tier
FROM joined
LEFT JOIN team_days AS days
  ON days.season_year = joined.season_year AND days.game_date = joined.game_date AND days.team = joined.team
LEFT JOIN team_days AS oldest_days
  ON oldest_days.season_year = joined.season_year
  AND oldest_days.game_date = joined.oldest_date
  AND oldest_days.team = joined.team
