-- Who was on each team's latest roster snapshot before its cut-off of a target date (a team without a fixture: noon
-- US-Eastern, which is 16:00 UTC in summer and 17:00 in winter), where that snapshot is at most 10 days old.
WITH seen AS (
  SELECT team, player_id, as_of_at, as_of_date FROM roster_snapshots
  UNION ALL
  SELECT team, player_id, as_of_at, as_of_date FROM rosters_of_date
),
members AS (
  SELECT team, player_id, as_of_at, as_of_date, UNIX_SECONDS(as_of_at) AS second
  FROM seen
  GROUP BY team, player_id, as_of_at, as_of_date
),
snapshots AS (
  SELECT team, second
  FROM members
  GROUP BY team, second
),
teams AS (
  SELECT team, 0 AS one
  FROM snapshots
  GROUP BY team
),
noons AS (
  SELECT game_date, 0 AS one, TIMESTAMP_SECONDS(UNIX_DATE(game_date) * 86400 + 57600) AS noon_in_summer
  FROM target_seasons
),
cutoffs AS (
  SELECT
    noons.game_date AS game_date,
    teams.team AS team,
    COALESCE(
      UNIX_SECONDS(team_fixtures.asof_cutoff_at),
      UNIX_SECONDS(noons.noon_in_summer)
        + 3600 * (12 - EXTRACT(HOUR FROM noons.noon_in_summer AT TIME ZONE 'America/New_York'))
    ) AS second
  FROM noons
  JOIN teams ON teams.one = noons.one
  LEFT JOIN team_fixtures ON team_fixtures.game_date = noons.game_date AND team_fixtures.team = teams.team
),
events AS (
  SELECT team, CAST(NULL AS DATE) AS game_date, second, second AS snapshot_second FROM snapshots
  UNION ALL
  SELECT team, game_date, second, NULL AS snapshot_second FROM cutoffs
),
latest AS (
  SELECT
    team,
    game_date,
    MAX(snapshot_second) OVER (
      PARTITION BY team ORDER BY second RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS snapshot_second
  FROM events
)
SELECT
  latest.game_date AS game_date,
  latest.team AS team,
  members.player_id AS player_id,
  members.as_of_at AS as_of_at,
  members.as_of_date AS as_of_date
FROM latest
JOIN members ON members.team = latest.team AND members.second = latest.snapshot_second
WHERE latest.game_date IS NOT NULL
  AND members.as_of_date >= latest.game_date - 10
