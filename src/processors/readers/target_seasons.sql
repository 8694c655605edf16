-- The season of each target date.
SELECT fixtures.game_date AS game_date, MIN(fixtures.season_year) AS season_year
FROM fixtures
JOIN target_dates ON target_dates.game_date = fixtures.game_date
GROUP BY fixtures.game_date
