-- Shots in all; attempts, makes, assisted makes and blocked attempts per shooter and game.
SELECT
  game_id,
  game_date,
  player_id,
  team,
  COUNT(*) AS shots,
  COUNTIF(zone = 'paint') AS paint_fga,
  COUNTIF(zone = 'paint' AND made) AS paint_fgm,
  COUNTIF(zone = 'mid_range') AS mid_range_fga,
  COUNTIF(zone = 'mid_range' AND made) AS mid_range_fgm,
  COUNTIF(zone = 'three') AS three_fga,
  COUNTIF(zone = 'three' AND made) AS three_fgm,
  COUNTIF(made AND assist_player_id IS NOT NULL) AS assisted_fgm,
  COUNTIF(made AND assist_player_id IS NULL) AS unassisted_fgm,
  COUNTIF(zone = 'paint' AND block_player_id IS NOT NULL) AS paint_blocked,
  COUNTIF(zone = 'mid_range' AND block_player_id IS NOT NULL) AS mid_range_blocked,
  COUNTIF(zone = 'three' AND block_player_id IS NOT NULL) AS three_blocked
FROM nba_raw.shots
WHERE game_date BETWEEN @first_target_date AND @last_target_date
GROUP BY game_id, game_date, player_id, team
