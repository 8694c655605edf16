-- How many shots each team of a game has, and the weakest way in which any of them was told paint from mid-range.
WITH counted AS (
  SELECT
    shots.game_id AS game_id,
    COUNTIF(shots.team = schedule.home_team) AS home_shots,
    COUNTIF(shots.team = schedule.away_team) AS away_shots,
    CASE
      WHEN COUNTIF(shots.zone_method = 'distance') > 0 THEN 'distance'
      WHEN COUNTIF(shots.zone_method = 'xy') > 0 THEN 'xy'
      ELSE 'official'
    END AS zone_method
  FROM nba_raw.shots AS shots
  LEFT JOIN nba_raw.schedule AS schedule ON schedule.game_id = shots.game_id
  GROUP BY shots.game_id
)
SELECT
  coverage.game_id AS game_id,
  COALESCE(counted.home_shots, 0) AS new_home_shots,
  COALESCE(counted.away_shots, 0) AS new_away_shots,
  COALESCE(counted.zone_method, 'official') AS new_zone_method
FROM nba_raw.shot_coverage AS coverage
LEFT JOIN counted ON counted.game_id = coverage.game_id
WHERE coverage.home_shots <> COALESCE(counted.home_shots, 0)
  OR coverage.away_shots <> COALESCE(counted.away_shots, 0)
  OR coverage.zone_method <> COALESCE(counted.zone_method, 'official')
