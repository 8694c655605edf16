SELECT
  game_id,
  game_date,
  season_year,
  team,
  player_id,
  played,
  lists_nonplayers,
  starter,
  seconds,
  fga,
  fg3a,
  ftm,
  fta,
  tov,
  pts,
  team_seconds,
  team_used,
  points_line,
  over_under_result
FROM nba_analytics.player_game_summary
WHERE game_date BETWEEN @first_input_date AND @last_input_date
