-- One points line per game, player and book: the last timed snapshot before the game's cut-off, else the closing
-- line of unknown time. The latter may have been seen after tip-off, so only a summary may read this view.
SELECT
  props.game_id AS game_id,
  props.game_date AS game_date,
  props.player_id AS player_id,
  props.bookmaker AS bookmaker,
  props.snapshot_kind AS snapshot_kind,
  props.line AS line
FROM nba_raw.player_props AS props
JOIN nba_raw.schedule AS schedule ON schedule.game_id = props.game_id
WHERE props.game_date BETWEEN @first_target_date AND @last_target_date
  AND schedule.game_date BETWEEN @first_target_date AND @last_target_date
  AND props.market = 'points'
  AND (
    props.snapshot_kind = 'closing_unknown_time'
    OR (props.snapshot_kind = 'timed' AND props.snapshot_at < schedule.asof_cutoff_at)
  )
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY props.game_id, props.player_id, props.bookmaker
  ORDER BY IF(props.snapshot_kind = 'timed', 1, 0) DESC, props.snapshot_key DESC
) = 1
