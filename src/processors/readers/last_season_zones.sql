-- Each player's shooting by zone in the regular season before, under the year of the season that follows.
SELECT
  season_year + 1 AS season_year,
  player_id,
  SUM(paint_fga) AS paint_fga,
  SUM(paint_fgm) AS paint_fgm,
  SUM(mid_range_fga) AS mid_range_fga,
  SUM(mid_range_fgm) AS mid_range_fgm,
  SUM(three_fga) AS three_fga,
  SUM(three_fgm) AS three_fgm,
  SUM(fga) AS fga
FROM zone_attempts
WHERE season_type = 'regular' AND fga IS NOT NULL
GROUP BY season_year, player_id
