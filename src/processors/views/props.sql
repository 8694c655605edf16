-- Points lines before the cut-off, which for a line that names a team is that of its fixture (noon US-Eastern where it
-- has none; 16:00 UTC in summer, 17:00 in winter), and for one without a team its game's.
WITH fixture_games AS (
  SELECT game_id, game_date, home_team, away_team, asof_cutoff_at
  FROM nba_raw.schedule
  WHERE game_date BETWEEN @first_target_date AND @last_target_date
    AND season_type IN ('regular', 'cup_final', 'play_in', 'playoffs')
    AND status NOT IN ('postponed', 'cancelled')
),
team_cutoffs AS (
  SELECT game_date, team, MIN(asof_cutoff_at) AS asof_cutoff_at
  FROM (
    SELECT game_date, home_team AS team, asof_cutoff_at FROM fixture_games
    UNION ALL
    SELECT game_date, away_team AS team, asof_cutoff_at FROM fixture_games
  ) AS sides
  GROUP BY game_date, team
),
timed AS (
  SELECT
    game_id,
    game_date,
    player_id,
    team,
    bookmaker,
    snapshot_key,
    snapshot_at,
    line,
    over_price,
    under_price,
    TIMESTAMP_SECONDS(UNIX_DATE(game_date) * 86400 + 57600) AS noon_in_summer
  FROM nba_raw.player_props
  WHERE game_date BETWEEN @first_target_date AND @last_target_date
    AND market = 'points'
    AND snapshot_kind = 'timed'
)
SELECT
  timed.game_id AS game_id,
  timed.game_date AS game_date,
  timed.player_id AS player_id,
  timed.bookmaker AS bookmaker,
  timed.snapshot_key AS snapshot_key,
  timed.snapshot_at AS snapshot_at,
  timed.line AS line,
  timed.over_price AS over_price,
  timed.under_price AS under_price
FROM timed
LEFT JOIN fixture_games ON fixture_games.game_id = timed.game_id
LEFT JOIN team_cutoffs ON team_cutoffs.game_date = timed.game_date AND team_cutoffs.team = timed.team
WHERE timed.snapshot_at < IF(
  timed.team IS NULL,
  fixture_games.asof_cutoff_at,
  COALESCE(
    team_cutoffs.asof_cutoff_at,
    TIMESTAMP_SECONDS(
      UNIX_SECONDS(timed.noon_in_summer)
      + 3600 * (12 - EXTRACT(HOUR FROM timed.noon_in_summer AT TIME ZONE 'America/New_York'))
    )
  )
)
