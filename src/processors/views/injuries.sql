-- Each row is cut at the cut-off of its team's fixture of the date; a team without one at noon US-Eastern, which is
-- 16:00 UTC in summer and 17:00 in winter.
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
reports AS (
  SELECT
    game_date,
    team,
    player_id,
    reported_at,
    status,
    reason_category,
    TIMESTAMP_SECONDS(UNIX_DATE(game_date) * 86400 + 57600) AS noon_in_summer
  FROM nba_raw.injury_reports
  WHERE game_date BETWEEN @first_target_date AND @last_target_date
)
SELECT
  reports.game_date AS game_date,
  reports.team AS team,
  reports.player_id AS player_id,
  reports.reported_at AS reported_at,
  reports.status AS status,
  reports.reason_category AS reason_category
FROM reports
LEFT JOIN team_cutoffs
  ON team_cutoffs.game_date = reports.game_date AND team_cutoffs.team = reports.team
WHERE reports.reported_at < COALESCE(
  team_cutoffs.asof_cutoff_at,
  TIMESTAMP_SECONDS(
    UNIX_SECONDS(reports.noon_in_summer)
    + 3600 * (12 - EXTRACT(HOUR FROM reports.noon_in_summer AT TIME ZONE 'America/New_York'))
  )
)
