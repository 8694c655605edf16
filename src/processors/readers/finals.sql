-- Two rows per final game of the target dates, one for each team.
SELECT
  fixtures.game_id AS game_id,
  fixtures.game_date AS game_date,
  fixtures.season_year AS season_year,
  fixtures.season_type AS season_type,
  IF(sides.is_home, fixtures.home_team, fixtures.away_team) AS team,
  IF(sides.is_home, fixtures.away_team, fixtures.home_team) AS opponent,
  sides.is_home AS is_home,
  CASE WHEN fixtures.is_neutral THEN 'neutral' WHEN sides.is_home THEN 'home' ELSE 'away' END AS site,
  IF(sides.is_home, finals_of_date.home_score, finals_of_date.away_score) AS score,
  IF(sides.is_home, finals_of_date.away_score, finals_of_date.home_score) AS opponent_score
FROM fixtures
JOIN finals_of_date ON finals_of_date.game_id = fixtures.game_id
JOIN target_dates ON target_dates.game_date = fixtures.game_date
CROSS JOIN (SELECT TRUE AS is_home UNION ALL SELECT FALSE AS is_home) AS sides
