-- Who was named by a line of any market before the cut-off, with the last time he was. A line is cut at the cut-off of
-- the fixture of the team it names (noon US-Eastern where that team has none; 16:00 UTC in summer, 17:00 in winter),
-- one without a team at its game's.
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
    snapshot_at,
    TIMESTAMP_SECONDS(UNIX_DATE(game_date) * 86400 + 57600) AS noon_in_summer
  FROM nba_raw.player_props
  WHERE game_date BETWEEN @first_target_date AND @last_target_date
    AND snapshot_kind = 'timed'
)
SELECT
  timed.game_id AS game_id,
  timed.game_date AS game_date,
  timed.player_id AS player_id,
  timed.team AS team,
  MAX(timed.snapshot_at) AS named_at
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
GROUP BY timed.game_id, timed.game_date, timed.player_id, timed.team
