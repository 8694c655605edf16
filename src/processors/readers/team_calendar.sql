-- Rest, travel and standing of each team before its fixture of a target date, from the schedule's final games alone: a
-- hole in the summaries never reads as rest.
WITH history AS (
  SELECT
    season_year,
    team,
    game_index,
    game_date,
    latitude,
    longitude,
    time_zone,
    team_score - opponent_score AS margin,
    SUM(IF(season_type = 'regular' AND team_score > opponent_score, 1, 0)) OVER so_far AS wins,
    SUM(IF(season_type = 'regular' AND team_score < opponent_score, 1, 0)) OVER so_far AS losses,
    MAX(IF(team_score > opponent_score, game_index, 0)) OVER so_far AS last_win_index,
    MAX(IF(team_score < opponent_score, game_index, 0)) OVER so_far AS last_loss_index,
    MAX(IF(site = 'home', game_index, 0)) OVER so_far AS last_home_index
  FROM team_results
  WINDOW so_far AS (
    PARTITION BY season_year, team
    ORDER BY game_index
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  )
),
events AS (
  SELECT
    game_id,
    game_date,
    season_year,
    team,
    opponent,
    season_type = 'playoffs' AS is_playoff,
    TRUE AS is_target,
    0 AS games,
    0 AS wins
  FROM team_fixtures
  UNION ALL
  SELECT
    game_id,
    game_date,
    season_year,
    team,
    opponent,
    season_type = 'playoffs' AS is_playoff,
    FALSE AS is_target,
    1 AS games,
    IF(team_score > opponent_score, 1, 0) AS wins
  FROM team_results
),
counted AS (
  SELECT
    game_id,
    team,
    is_target,
    is_playoff,
    SUM(games) OVER (
      PARTITION BY season_year, team ORDER BY UNIX_DATE(game_date) RANGE BETWEEN 4 PRECEDING AND 1 PRECEDING
    ) AS games_last_4,
    SUM(games) OVER (
      PARTITION BY season_year, team ORDER BY UNIX_DATE(game_date) RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING
    ) AS games_last_7,
    SUM(games) OVER (
      PARTITION BY season_year, team ORDER BY UNIX_DATE(game_date) RANGE BETWEEN 14 PRECEDING AND 1 PRECEDING
    ) AS games_last_14,
    SUM(games) OVER series_before AS series_games,
    SUM(wins) OVER series_before AS series_wins
  FROM events
  WINDOW series_before AS (
    PARTITION BY season_year, is_playoff, team, opponent
    ORDER BY UNIX_DATE(game_date)
    RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
-- The hour at noon UTC tells the offset: no zone between UTC-12 and UTC+11 has another date then, and a change of
-- clocks is over by then wherever the league plays.
rested AS (
  SELECT
    team_fixtures.game_id AS game_id,
    team_fixtures.team AS team,
    team_fixtures.opponent AS opponent,
    team_fixtures.season_type AS season_type,
    team_fixtures.site AS site,
    team_fixtures.altitude_feet AS altitude_feet,
    team_targets.games_before AS games_before,
    UNIX_DATE(team_fixtures.game_date) - UNIX_DATE(history.game_date) - 1 AS days_rest,
    team_fixtures.latitude * 0.017453292519943295e0 AS latitude,
    history.latitude * 0.017453292519943295e0 AS last_latitude,
    (team_fixtures.longitude - history.longitude) * 0.017453292519943295e0 AS longitude_difference,
    ABS(
      EXTRACT(HOUR FROM TIMESTAMP_SECONDS(UNIX_DATE(team_fixtures.game_date) * 86400 + 43200)
        AT TIME ZONE team_fixtures.time_zone)
      - EXTRACT(HOUR FROM TIMESTAMP_SECONDS(UNIX_DATE(team_fixtures.game_date) * 86400 + 43200)
        AT TIME ZONE history.time_zone)
    ) AS time_zones_crossed,
    history.margin AS last_margin,
    COALESCE(history.wins, 0) AS wins,
    COALESCE(history.losses, 0) AS losses,
    COALESCE(history.last_win_index - history.last_loss_index, 0) AS streak,
    COALESCE(history.last_home_index, 0) AS last_home_index
  FROM team_fixtures
  JOIN team_targets
    ON team_targets.game_date = team_fixtures.game_date AND team_targets.team = team_fixtures.team
  LEFT JOIN history
    ON history.season_year = team_fixtures.season_year
    AND history.team = team_fixtures.team
    AND history.game_index = team_targets.games_before
),
-- The haversine formula; 3,958.7613 statute miles is the mean radius of the Earth.
travelled AS (
  SELECT
    game_id,
    team,
    2e0 * 3958.7613e0 * ASIN(SQRT(
      SIN((latitude - last_latitude) / 2e0) * SIN((latitude - last_latitude) / 2e0)
        + COS(latitude) * COS(last_latitude) * SIN(longitude_difference / 2e0) * SIN(longitude_difference / 2e0)
    )) AS miles
  FROM rested
)
SELECT
  rested.game_id AS game_id,
  rested.team AS team,
  CAST(rested.days_rest AS INT64) AS days_rest,
  COALESCE(rested.days_rest = 0, FALSE) AS is_back_to_back,
  CAST(COALESCE(counted.games_last_4, 0) AS INT64) AS games_last_4,
  CAST(COALESCE(counted.games_last_7, 0) AS INT64) AS games_last_7,
  CAST(COALESCE(counted.games_last_14, 0) AS INT64) AS games_last_14,
  CAST(FLOOR(travelled.miles + 0.5e0) AS INT64) AS miles_travelled,
  CAST(rested.time_zones_crossed AS INT64) AS time_zones_crossed,
  rested.altitude_feet AS altitude_feet,
  CAST(others.days_rest AS INT64) AS opponent_days_rest,
  CAST(rested.days_rest - others.days_rest AS INT64) AS rest_advantage,
  CAST(IF(rested.site = 'home', 0, rested.games_before - rested.last_home_index + 1) AS INT64)
    AS road_trip_game_number,
  CAST(IF(rested.season_type = 'regular', rested.wins + rested.losses + 1, NULL) AS INT64) AS game_number,
  CAST(rested.wins AS INT64) AS wins,
  CAST(rested.losses AS INT64) AS losses,
  FLOOR(SAFE_DIVIDE(rested.wins, rested.wins + rested.losses) * 1e9 + 0.5e0) / 1e9 AS win_pct,
  CAST(rested.streak AS INT64) AS streak,
  CASE WHEN rested.last_margin > 0 THEN 'W' WHEN rested.last_margin < 0 THEN 'L' END AS last_result,
  CAST(rested.last_margin AS INT64) AS last_margin,
  CAST(IF(counted.is_playoff, COALESCE(counted.series_games, 0) + 1, NULL) AS INT64) AS series_game_number,
  CAST(IF(counted.is_playoff, COALESCE(counted.series_wins, 0), NULL) AS INT64) AS series_wins,
  CAST(IF(counted.is_playoff, COALESCE(counted.series_games - counted.series_wins, 0), NULL) AS INT64)
    AS series_losses
FROM rested
JOIN rested AS others ON others.game_id = rested.game_id AND others.team = rested.opponent
JOIN counted ON counted.game_id = rested.game_id AND counted.team = rested.team
JOIN travelled ON travelled.game_id = rested.game_id AND travelled.team = rested.team
WHERE counted.is_target
