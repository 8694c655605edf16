-- What each rostered player scored against his opponent in the 365 days before the date.
WITH events AS (
  SELECT player_id, opponent, game_date, CAST(NULL AS STRING) AS game_id, 1 AS games, pts
  FROM player_points
  UNION ALL
  SELECT player_id, opponent, game_date, game_id, 0 AS games, 0 AS pts
  FROM rostered_players
),
counted AS (
  SELECT
    game_id,
    player_id,
    SUM(games) OVER last_365 AS games,
    SUM(pts) OVER last_365 AS points
  FROM events
  WINDOW last_365 AS (
    PARTITION BY player_id, opponent ORDER BY UNIX_DATE(game_date) RANGE BETWEEN 365 PRECEDING AND 1 PRECEDING
  )
)
SELECT
  game_id,
  player_id,
  CAST(COALESCE(games, 0) AS INT64) AS games,
  CAST(points AS INT64) AS points
FROM counted
WHERE game_id IS NOT NULL
