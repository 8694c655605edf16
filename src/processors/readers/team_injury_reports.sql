-- Whether injury reports are known for a fixture's team: some team's row for the date came before this game's cut-off,
-- and this team's last row, if it has one, is not not_submitted. One row per fixture's team.
WITH first_reports AS (
  SELECT game_date, MIN(reported_at) AS reported_at
  FROM injuries
  GROUP BY game_date
),
last_rows AS (
  SELECT game_date, team, status
  FROM injuries
  QUALIFY ROW_NUMBER() OVER (PARTITION BY game_date, team ORDER BY reported_at DESC, player_id DESC) = 1
)
SELECT
  team_fixtures.game_date AS game_date,
  team_fixtures.team AS team,
  COALESCE(
    first_reports.reported_at < team_fixtures.asof_cutoff_at
      AND COALESCE(last_rows.status, '') <> 'not_submitted',
    FALSE
  ) AS injuries_known
FROM team_fixtures
LEFT JOIN first_reports ON first_reports.game_date = team_fixtures.game_date
LEFT JOIN last_rows
  ON last_rows.game_date = team_fixtures.game_date AND last_rows.team = team_fixtures.team
