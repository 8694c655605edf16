-- Per final game, whether its player box scores are whole: at least 5 players listed for each team and their points
-- summing to the final score. `problem` is NULL for a whole one.
WITH listed AS (
  SELECT game_id, team, COUNT(*) AS players, SUM(COALESCE(pts, 0)) AS points
  FROM player_boxes
  GROUP BY game_id, team
)
SELECT
  finals.game_id AS game_id,
  finals.game_date AS game_date,
  CASE
    WHEN SUM(COALESCE(listed.players, 0)) = 0 THEN 'raw_missing'
    WHEN MIN(COALESCE(listed.players, 0)) < 5 THEN 'too_few_players'
    WHEN LOGICAL_OR(listed.points <> finals.score) THEN 'points_differ'
  END AS problem
FROM finals
LEFT JOIN listed ON listed.game_id = finals.game_id AND listed.team = finals.team
GROUP BY finals.game_id, finals.game_date
