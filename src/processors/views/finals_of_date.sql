-- Results of the target dates themselves: for the summaries that describe these games, never for an as-of table.
SELECT game_id, game_date, home_score, away_score
FROM nba_raw.schedule
WHERE game_date BETWEEN @first_target_date AND @last_target_date
  AND season_type IN ('regular', 'cup_final', 'play_in', 'playoffs')
  AND status = 'final'
