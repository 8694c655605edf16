SELECT game_id, game_date, has_assists, has_blocks, zone_method
FROM nba_raw.shot_coverage
WHERE game_date BETWEEN @first_target_date AND @last_target_date
