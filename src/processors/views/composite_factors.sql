SELECT
  game_id,
  game_date,
  player_id,
  fatigue_score,
  shot_zone_mismatch_score,
  pace_score,
  usage_spike_score
FROM nba_precompute.player_composite_factors
WHERE game_date BETWEEN @first_target_date AND @last_target_date
