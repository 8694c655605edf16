-- Official games that are over, with where they were played.
WITH games AS (
  SELECT
    game_id,
    game_date,
    season_year,
    season_type,
    home_team,
    away_team,
    home_score,
    away_score,
    neutral_site,
    arena_id
  FROM nba_raw.schedule
  WHERE game_date BETWEEN @first_input_date AND @last_input_date
    AND season_type IN ('regular', 'cup_final', 'play_in', 'playoffs')
    AND status = 'final'
),
home_arenas AS (
  SELECT games.game_id AS game_id, arenas.arena_id AS arena_id, arenas.role AS role
  FROM games
  JOIN nba_raw.arenas AS arenas ON arenas.team = games.home_team
  WHERE games.season_year BETWEEN COALESCE(arenas.first_season_year, games.season_year)
    AND COALESCE(arenas.last_season_year, games.season_year)
),
main_arenas AS (
  SELECT game_id, MIN(arena_id) AS arena_id
  FROM home_arenas
  WHERE role = 'home'
  GROUP BY game_id
),
-- A game is on a neutral site if flagged, or if its arena is no home of the home team; where the source names no
-- arena and flags nothing, it is in the home team's arena of that season.
sited AS (
  SELECT
    games.game_id AS game_id,
    games.neutral_site OR (games.arena_id IS NOT NULL AND home_arenas.arena_id IS NULL) AS is_neutral,
    CASE
      WHEN games.arena_id IS NOT NULL THEN games.arena_id
      WHEN NOT games.neutral_site THEN main_arenas.arena_id
    END AS arena_id
  FROM games
  LEFT JOIN home_arenas ON home_arenas.game_id = games.game_id AND home_arenas.arena_id = games.arena_id
  LEFT JOIN main_arenas ON main_arenas.game_id = games.game_id
),
-- An arena has a row per team at home in it, all with the same place.
places AS (
  SELECT
    arena_id,
    MIN(latitude) AS latitude,
    MIN(longitude) AS longitude,
    MIN(time_zone) AS time_zone
  FROM nba_raw.arenas
  GROUP BY arena_id
)
SELECT
  games.game_id AS game_id,
  games.game_date AS game_date,
  games.season_year AS season_year,
  games.season_type AS season_type,
  games.home_team AS home_team,
  games.away_team AS away_team,
  games.home_score AS home_score,
  games.away_score AS away_score,
  sited.is_neutral AS is_neutral,
  places.latitude AS latitude,
  places.longitude AS longitude,
  places.time_zone AS time_zone
FROM games
JOIN sited ON sited.game_id = games.game_id
LEFT JOIN places ON places.arena_id = sited.arena_id
