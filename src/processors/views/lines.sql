-- Game lines seen before the game's cut-off. A line whose time is unknown is no line here.
SELECT
  lines.game_id AS game_id,
  lines.game_date AS game_date,
  lines.bookmaker AS bookmaker,
  lines.market AS market,
  lines.side AS side,
  lines.snapshot_at AS snapshot_at,
  lines.point AS point,
  lines.price AS price
FROM nba_raw.game_lines AS lines
JOIN nba_raw.schedule AS schedule
  ON schedule.game_id = lines.game_id AND schedule.game_date = lines.game_date
WHERE lines.game_date BETWEEN @first_target_date AND @last_target_date
  AND schedule.game_date BETWEEN @first_target_date AND @last_target_date
  AND schedule.season_type IN ('regular', 'cup_final', 'play_in', 'playoffs')
  AND schedule.status NOT IN ('postponed', 'cancelled')
  AND lines.snapshot_kind = 'timed'
  AND lines.snapshot_at < schedule.asof_cutoff_at
