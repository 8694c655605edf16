-- What each team allowed, in the integers that ratios over several games are made of.
SELECT
  game_id,
  game_date,
  season_year,
  season_type,
  team,
  minutes,
  points_allowed,
  opponent_fgm,
  opponent_fga,
  opponent_fg3m,
  opponent_fta,
  opponent_oreb,
  dreb,
  turnovers_forced,
  blocks,
  opponent_paint_fga,
  opponent_paint_fgm,
  opponent_mid_range_fga,
  opponent_mid_range_fgm,
  opponent_three_fga,
  opponent_three_fgm,
  zone_method,
  possessions_e4,
  opponent_possessions_e4
FROM nba_analytics.team_defense_game_summary
WHERE game_date BETWEEN @first_input_date AND @last_input_date
