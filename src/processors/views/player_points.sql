-- Points alone, for what looks further back than this season: opponents and the season before.
SELECT game_id, game_date, season_year, season_type, player_id, opponent, pts
FROM nba_analytics.player_game_summary
WHERE game_date BETWEEN @first_input_date AND @last_input_date
  AND played
