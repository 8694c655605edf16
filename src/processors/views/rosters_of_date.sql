-- Roster snapshots of the target dates themselves, those before the cut-off of the team's fixture (noon US-Eastern where
-- it has none; 16:00 UTC in summer, 17:00 in winter): what is seen after tip-off is for later dates.
WITH fixture_games AS (
  SELECT game_date, home_team, away_team, asof_cutoff_at
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
snapshots AS (
  SELECT
    team,
    player_id,
    as_of_at,
    as_of_date,
    TIMESTAMP_SECONDS(UNIX_DATE(as_of_date) * 86400 + 57600) AS noon_in_summer
  FROM nba_raw.rosters
  WHERE as_of_date BETWEEN @first_target_date AND @last_target_date
)
SELECT
  snapshots.team AS team,
  snapshots.player_id AS player_id,
  snapshots.as_of_at AS as_of_at,
  snapshots.as_of_date AS as_of_date
FROM snapshots
LEFT JOIN team_cutoffs
  ON team_cutoffs.game_date = snapshots.as_of_date AND team_cutoffs.team = snapshots.team
WHERE snapshots.as_of_at < COALESCE(
  team_cutoffs.asof_cutoff_at,
  TIMESTAMP_SECONDS(
    UNIX_SECONDS(snapshots.noon_in_summer)
    + 3600 * (12 - EXTRACT(HOUR FROM snapshots.noon_in_summer AT TIME ZONE 'America/New_York'))
  )
)
