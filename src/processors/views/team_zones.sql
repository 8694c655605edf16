SELECT
  game_date,
  team,
  paint_vs_league,
  mid_range_vs_league,
  three_vs_league,
  three_share_allowed_estimate,
  defensive_rating_estimate,
  pace_estimate
FROM nba_precompute.team_defense_zone_analysis
WHERE game_date BETWEEN @first_target_date AND @last_target_date
