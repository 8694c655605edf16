SELECT
  game_id,
  game_date,
  season_year,
  season_type,
  team,
  player_id,
  paint_fga,
  paint_fgm,
  mid_range_fga,
  mid_range_fgm,
  three_fga,
  three_fgm,
  assisted_fgm,
  unassisted_fgm,
  zone_method
FROM nba_analytics.player_game_summary
WHERE game_date BETWEEN @first_input_date AND @last_input_date
  AND played
