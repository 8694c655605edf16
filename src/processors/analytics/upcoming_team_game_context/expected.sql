-- Two per fixture.
SELECT fixtures.game_date AS game_date, fixtures.game_id AS game_id, fixtures.home_team AS team
FROM fixtures
JOIN target_dates ON target_dates.game_date = fixtures.game_date
UNION ALL
SELECT fixtures.game_date AS game_date, fixtures.game_id AS game_id, fixtures.away_team AS team
FROM fixtures
JOIN target_dates ON target_dates.game_date = fixtures.game_date
