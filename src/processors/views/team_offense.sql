-- What each team did on offense, in the integers that ratios over several games are made of.
SELECT
  game_id,
  game_date,
  season_year,
  season_type,
  team,
  minutes,
  pts,
  opponent_pts,
  fgm,
  fga,
  fg3m,
  fta,
  oreb,
  tov,
  opponent_dreb,
  possessions_e4,
  opponent_possessions_e4
FROM nba_analytics.team_offense_game_summary
WHERE game_date BETWEEN @first_input_date AND @last_input_date
