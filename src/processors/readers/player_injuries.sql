-- The last word on each player that was out before his team's game, one row per fixture's team and player.
SELECT
  injuries.game_date AS game_date,
  injuries.team AS team,
  injuries.player_id AS player_id,
  injuries.status AS status,
  injuries.reason_category AS reason_category
FROM injuries
JOIN team_fixtures
  ON team_fixtures.game_date = injuries.game_date AND team_fixtures.team = injuries.team
WHERE injuries.status <> 'not_submitted'
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY injuries.game_date, injuries.team, injuries.player_id
  ORDER BY injuries.reported_at DESC
) = 1
