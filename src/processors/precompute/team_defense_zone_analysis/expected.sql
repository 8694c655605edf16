-- The teams with a final game this season before the date, or in the season before, or with a fixture on it.
WITH team_games AS (
  SELECT season_year, season_year + 1 AS next_season_year, game_date, home_team AS team FROM results
  UNION ALL
  SELECT season_year, season_year + 1 AS next_season_year, game_date, away_team AS team FROM results
)
SELECT target_seasons.game_date AS game_date, team_games.team AS team
FROM target_seasons
JOIN team_games ON team_games.season_year = target_seasons.season_year
WHERE team_games.game_date < target_seasons.game_date
UNION DISTINCT
SELECT target_seasons.game_date AS game_date, team_games.team AS team
FROM target_seasons
JOIN team_games ON team_games.next_season_year = target_seasons.season_year
UNION DISTINCT
SELECT team_fixtures.game_date AS game_date, team_fixtures.team AS team
FROM team_fixtures
