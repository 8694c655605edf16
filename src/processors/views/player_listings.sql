SELECT
  game_id,
  game_date,
  season_year,
  team,
  player_id,
  played,
  seconds
FROM nba_analytics.player_game_summary
WHERE game_date BETWEEN @first_input_date AND @last_input_date
