-- The fixtures of the target dates from the side of each of the two teams.
WITH targeted AS (
  SELECT
    fixtures.game_id AS game_id,
    fixtures.game_date AS game_date,
    fixtures.season_year AS season_year,
    fixtures.season_type AS season_type,
    fixtures.home_team AS home_team,
    fixtures.away_team AS away_team,
    fixtures.is_neutral AS is_neutral,
    fixtures.asof_cutoff_at AS asof_cutoff_at,
    fixtures.latitude AS latitude,
    fixtures.longitude AS longitude,
    fixtures.time_zone AS time_zone,
    fixtures.altitude_feet AS altitude_feet
  FROM fixtures
  JOIN target_dates ON target_dates.game_date = fixtures.game_date
)
SELECT
  game_id,
  game_date,
  season_year,
  season_type,
  home_team AS team,
  away_team AS opponent,
  TRUE AS is_home,
  CASE WHEN is_neutral THEN 'neutral' ELSE 'home' END AS site,
  asof_cutoff_at,
  latitude,
  longitude,
  time_zone,
  altitude_feet
FROM targeted
UNION ALL
SELECT
  game_id,
  game_date,
  season_year,
  season_type,
  away_team AS team,
  home_team AS opponent,
  FALSE AS is_home,
  CASE WHEN is_neutral THEN 'neutral' ELSE 'away' END AS site,
  asof_cutoff_at,
  latitude,
  longitude,
  time_zone,
  altitude_feet
FROM targeted
