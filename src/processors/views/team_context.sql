SELECT
  game_id,
  game_date,
  team,
  site,
  is_back_to_back,
  rest_advantage,
  win_pct,
  offensive_rating_estimate,
  spread,
  total,
  implied_team_total
FROM nba_analytics.upcoming_team_game_context
WHERE game_date BETWEEN @first_target_date AND @last_target_date
