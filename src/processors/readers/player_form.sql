-- Sums over a player's newest 5, 10 and all played games of the season as they stand after each of his games. Rates over
-- several games are ratios of these integers, never means of ratios.
SELECT
  season_year,
  player_id,
  game_index,
  SUM(pts) OVER last_5 AS points_5,
  SUM(pts) OVER last_10 AS points_10,
  SUM(pts) OVER season AS points_season,
  SUM(pts * pts) OVER last_10 AS squares_10,
  SUM(pts * game_index) OVER last_10 AS products_10,
  SUM(seconds) OVER last_5 AS seconds_5,
  SUM(seconds) OVER last_10 AS seconds_10,
  SUM(seconds) OVER season AS seconds_season,
  SUM(timed_used) OVER last_5 AS used_5,
  SUM(timed_used) OVER last_10 AS used_10,
  SUM(timed_used) OVER season AS used_season,
  SUM(team_seconds) OVER last_5 AS team_seconds_5,
  SUM(team_seconds) OVER last_10 AS team_seconds_10,
  SUM(team_seconds) OVER season AS team_seconds_season,
  SUM(timed_seconds) OVER last_5 AS timed_seconds_5,
  SUM(timed_seconds) OVER last_10 AS timed_seconds_10,
  SUM(timed_seconds) OVER season AS timed_seconds_season,
  SUM(timed_team_used) OVER last_5 AS team_used_5,
  SUM(timed_team_used) OVER last_10 AS team_used_10,
  SUM(timed_team_used) OVER season AS team_used_season,
  SUM(shooting_chances) OVER last_5 AS chances_5,
  SUM(shooting_chances) OVER last_10 AS chances_10,
  SUM(shooting_chances) OVER season AS chances_season,
  SUM(IF(starter, 1, 0)) OVER last_10 AS starts_10,
  COUNT(starter) OVER last_10 AS known_starters_10
FROM (
  SELECT
    season_year,
    player_id,
    game_index,
    pts,
    seconds,
    starter,
    team_seconds,
    -- A game whose team minutes are unknown is left out of all four sums of usage.
    IF(team_seconds IS NULL, NULL, used) AS timed_used,
    IF(team_seconds IS NULL, NULL, seconds) AS timed_seconds,
    IF(team_seconds IS NULL, NULL, team_used) AS timed_team_used,
    -- 100 x (FGA + 0.44 x FTA)
    100 * fga + 44 * fta AS shooting_chances
  FROM played_games
) AS games
WINDOW
  last_5 AS (
    PARTITION BY season_year, player_id ORDER BY game_index ROWS BETWEEN 4 PRECEDING AND CURRENT ROW
  ),
  last_10 AS (
    PARTITION BY season_year, player_id ORDER BY game_index ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
  ),
  season AS (
    PARTITION BY season_year, player_id ORDER BY game_index
    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  )
