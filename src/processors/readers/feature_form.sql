-- What the features take from a player's played games of the season, as sums that stand after each of his games.
SELECT
  season_year,
  player_id,
  game_index,
  SUM(pts) OVER last_3 AS points_3,
  SUM(pts) OVER last_5 AS points_5,
  SUM(pts) OVER last_10 AS points_10,
  SUM(pts) OVER season AS points_season,
  SUM(pts * pts) OVER season AS squares_season,
  SUM(seconds) OVER last_5 AS seconds_5,
  SUM(seconds) OVER last_10 AS seconds_10,
  SUM(seconds) OVER season AS seconds_season,
  SUM(seconds * seconds) OVER last_10 AS seconds_squares_10,
  SUM(fga) OVER last_10 AS fga_10,
  SUM(fg3a) OVER last_10 AS fg3a_10,
  SUM(ftm) OVER last_10 AS ftm_10,
  COUNTIF(over_under_result IN ('over', 'under')) OVER season AS decided_index
FROM played_games
WINDOW
  last_3 AS (
    PARTITION BY season_year, player_id ORDER BY game_index ROWS BETWEEN 2 PRECEDING AND CURRENT ROW
  ),
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
