-- Shots and zone totals per team and game of the target dates.
SELECT
  game_id,
  team,
  CAST(SUM(shots) AS INT64) AS shots,
  CAST(SUM(paint_fga) AS INT64) AS paint_fga,
  CAST(SUM(paint_fgm) AS INT64) AS paint_fgm,
  CAST(SUM(mid_range_fga) AS INT64) AS mid_range_fga,
  CAST(SUM(mid_range_fgm) AS INT64) AS mid_range_fgm,
  CAST(SUM(three_fga) AS INT64) AS three_fga,
  CAST(SUM(three_fgm) AS INT64) AS three_fgm,
  CAST(SUM(paint_blocked) AS INT64) AS paint_blocked,
  CAST(SUM(mid_range_blocked) AS INT64) AS mid_range_blocked,
  CAST(SUM(three_blocked) AS INT64) AS three_blocked
FROM shots_by_player
GROUP BY game_id, team
