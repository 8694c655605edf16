SELECT game_id, game_date, season_year, player_id, player_name
FROM nba_analytics.player_game_summary
WHERE game_date BETWEEN @first_input_date AND @last_input_date
