-- A row per rostered player and fixture of the target dates.
SELECT
  team_fixtures.game_id AS game_id,
  team_fixtures.game_date AS game_date,
  team_fixtures.season_year AS season_year,
  team_fixtures.season_type AS season_type,
  team_fixtures.team AS team,
  team_fixtures.opponent AS opponent,
  roster.player_id AS player_id
FROM roster
JOIN team_fixtures ON team_fixtures.game_date = roster.game_date AND team_fixtures.team = roster.team
