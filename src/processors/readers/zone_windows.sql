-- Shooting by zone over a player's newest 10 and 20 played games of the season as it stands after each of his games,
-- over those of them that have zones.
WITH sums AS (
  SELECT
    season_year,
    player_id,
    game_index,
    FIRST_VALUE(game_date) OVER last_20 AS oldest_date,
    COUNT(paint_fga) OVER last_10 AS games_10,
    COUNT(paint_fga) OVER last_20 AS games_20,
    SUM(paint_fga) OVER last_10 AS paint_fga_10,
    SUM(paint_fga) OVER last_20 AS paint_fga_20,
    SUM(paint_fgm) OVER last_10 AS paint_fgm_10,
    SUM(paint_fgm) OVER last_20 AS paint_fgm_20,
    SUM(mid_range_fga) OVER last_10 AS mid_range_fga_10,
    SUM(mid_range_fga) OVER last_20 AS mid_range_fga_20,
    SUM(mid_range_fgm) OVER last_10 AS mid_range_fgm_10,
    SUM(mid_range_fgm) OVER last_20 AS mid_range_fgm_20,
    SUM(three_fga) OVER last_10 AS three_fga_10,
    SUM(three_fga) OVER last_20 AS three_fga_20,
    SUM(three_fgm) OVER last_10 AS three_fgm_10,
    SUM(three_fgm) OVER last_20 AS three_fgm_20,
    SUM(fga) OVER last_10 AS fga_10,
    SUM(fga) OVER last_20 AS fga_20,
    SUM(assisted_fgm) OVER last_10 AS assisted_fgm_10,
    SUM(assisted_fgm) OVER last_20 AS assisted_fgm_20,
    SUM(marked_fgm) OVER last_10 AS marked_fgm_10,
    SUM(marked_fgm) OVER last_20 AS marked_fgm_20
  FROM zone_attempts
  WINDOW
    last_10 AS (
      PARTITION BY season_year, player_id ORDER BY game_index ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
    ),
    last_20 AS (
      PARTITION BY season_year, player_id ORDER BY game_index ROWS BETWEEN 19 PRECEDING AND CURRENT ROW
    )
)
SELECT
  season_year,
  player_id,
  game_index,
  oldest_date,
  games_10,
  games_20,
  paint_fga_20,
  paint_fgm_20,
  mid_range_fga_20,
  mid_range_fgm_20,
  three_fga_20,
  three_fgm_20,
  fga_20,
  FLOOR(SAFE_DIVIDE(paint_fga_10, fga_10) * 1e9 + 0.5e0) / 1e9 AS paint_share_last_10,
  FLOOR(SAFE_DIVIDE(mid_range_fga_10, fga_10) * 1e9 + 0.5e0) / 1e9 AS mid_range_share_last_10,
  FLOOR(SAFE_DIVIDE(three_fga_10, fga_10) * 1e9 + 0.5e0) / 1e9 AS three_share_last_10,
  FLOOR(SAFE_DIVIDE(paint_fgm_10, paint_fga_10) * 1e9 + 0.5e0) / 1e9 AS paint_pct_last_10,
  FLOOR(SAFE_DIVIDE(mid_range_fgm_10, mid_range_fga_10) * 1e9 + 0.5e0) / 1e9 AS mid_range_pct_last_10,
  FLOOR(SAFE_DIVIDE(three_fgm_10, three_fga_10) * 1e9 + 0.5e0) / 1e9 AS three_pct_last_10,
  FLOOR(SAFE_DIVIDE(fga_10, games_10) * 1e9 + 0.5e0) / 1e9 AS attempts_per_game_last_10,
  FLOOR(SAFE_DIVIDE(assisted_fgm_10, marked_fgm_10) * 1e9 + 0.5e0) / 1e9 AS assisted_share_last_10,
  FLOOR(SAFE_DIVIDE(paint_fga_20, fga_20) * 1e9 + 0.5e0) / 1e9 AS paint_share_last_20,
  FLOOR(SAFE_DIVIDE(mid_range_fga_20, fga_20) * 1e9 + 0.5e0) / 1e9 AS mid_range_share_last_20,
  FLOOR(SAFE_DIVIDE(three_fga_20, fga_20) * 1e9 + 0.5e0) / 1e9 AS three_share_last_20,
  FLOOR(SAFE_DIVIDE(paint_fgm_20, paint_fga_20) * 1e9 + 0.5e0) / 1e9 AS paint_pct_last_20,
  FLOOR(SAFE_DIVIDE(mid_range_fgm_20, mid_range_fga_20) * 1e9 + 0.5e0) / 1e9 AS mid_range_pct_last_20,
  FLOOR(SAFE_DIVIDE(three_fgm_20, three_fga_20) * 1e9 + 0.5e0) / 1e9 AS three_pct_last_20,
  FLOOR(SAFE_DIVIDE(fga_20, games_20) * 1e9 + 0.5e0) / 1e9 AS attempts_per_game_last_20,
  FLOOR(SAFE_DIVIDE(assisted_fgm_20, marked_fgm_20) * 1e9 + 0.5e0) / 1e9 AS assisted_share_last_20,
  CASE
    WHEN fga_20 IS NULL OR fga_20 = 0 THEN NULL
    WHEN 100 * paint_fga_20 >= 45 * fga_20 AND paint_fga_20 >= three_fga_20 AND paint_fga_20 >= mid_range_fga_20
      THEN 'paint'
    WHEN 100 * three_fga_20 >= 45 * fga_20 AND three_fga_20 >= mid_range_fga_20 THEN 'three'
    WHEN 100 * mid_range_fga_20 >= 45 * fga_20 THEN 'mid_range'
    ELSE 'balanced'
  END AS primary_scoring_zone
FROM sums
