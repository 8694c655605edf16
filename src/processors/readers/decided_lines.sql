-- The games in which a player finished over or under his points line, numbered within the season, with the overs among
-- the newest 10 of them; a push decides nothing.
WITH decided AS (
  SELECT
    season_year,
    player_id,
    ROW_NUMBER() OVER (PARTITION BY season_year, player_id ORDER BY game_index) AS decided_index,
    IF(over_under_result = 'over', 1, 0) AS overs
  FROM played_games
  WHERE over_under_result IN ('over', 'under')
)
SELECT
  season_year,
  player_id,
  decided_index,
  SUM(overs) OVER last_10 AS overs_10,
  COUNT(overs) OVER last_10 AS games_10
FROM decided
WINDOW last_10 AS (
  PARTITION BY season_year, player_id ORDER BY decided_index ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
)
