-- The final games from the side of each of the two teams, numbered within the season. A target date knows those up to
-- its games_before (team_targets); the numbers after it are of its own date and later.
WITH sides AS (
  SELECT
    game_id,
    game_date,
    season_year,
    season_type,
    home_team AS team,
    away_team AS opponent,
    CASE WHEN is_neutral THEN 'neutral' ELSE 'home' END AS site,
    home_score AS team_score,
    away_score AS opponent_score,
    latitude,
    longitude,
    time_zone
  FROM results
  UNION ALL
  SELECT
    game_id,
    game_date,
    season_year,
    season_type,
    away_team AS team,
    home_team AS opponent,
    CASE WHEN is_neutral THEN 'neutral' ELSE 'away' END AS site,
    away_score AS team_score,
    home_score AS opponent_score,
    latitude,
    longitude,
    time_zone
  FROM results
)
SELECT
  game_id,
  game_date,
  season_year,
  season_type,
  team,
  opponent,
  site,
  team_score,
  opponent_score,
  latitude,
  longitude,
  time_zone,
  ROW_NUMBER() OVER (PARTITION BY season_year, team ORDER BY game_date, game_id) AS game_index
FROM sides
