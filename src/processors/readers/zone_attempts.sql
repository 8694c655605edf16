-- The games each player played, numbered within the season, with his attempts and makes by zone; a game whose zones are
-- unknown, or told from distances alone, has none.
SELECT
  season_year,
  season_type,
  player_id,
  team,
  game_id,
  game_date,
  ROW_NUMBER() OVER (PARTITION BY season_year, player_id ORDER BY game_date, game_id) AS game_index,
  IF(zone_method IN ('official', 'xy'), paint_fga, NULL) AS paint_fga,
  IF(zone_method IN ('official', 'xy'), paint_fgm, NULL) AS paint_fgm,
  IF(zone_method IN ('official', 'xy'), mid_range_fga, NULL) AS mid_range_fga,
  IF(zone_method IN ('official', 'xy'), mid_range_fgm, NULL) AS mid_range_fgm,
  IF(zone_method IN ('official', 'xy'), three_fga, NULL) AS three_fga,
  IF(zone_method IN ('official', 'xy'), three_fgm, NULL) AS three_fgm,
  IF(zone_method IN ('official', 'xy'), paint_fga + mid_range_fga + three_fga, NULL) AS fga,
  IF(zone_method IN ('official', 'xy'), assisted_fgm, NULL) AS assisted_fgm,
  IF(zone_method IN ('official', 'xy'), assisted_fgm + unassisted_fgm, NULL) AS marked_fgm
FROM player_zones
