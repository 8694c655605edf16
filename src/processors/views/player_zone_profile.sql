SELECT
  game_date,
  player_id,
  paint_share_estimate,
  mid_range_share_estimate,
  three_share_estimate
FROM nba_precompute.player_shot_zone_analysis
WHERE game_date BETWEEN @first_target_date AND @last_target_date
