-- Per final game, whether its player box scores are whole: at least 5 players listed for each team and their points
-- summing to the final score, with no counting stat unknown of a player who played. `problem` is NULL for a whole one.
WITH listed AS (
  SELECT
    game_id,
    team,
    COUNT(*) AS players,
    SUM(COALESCE(pts, 0)) AS points,
    LOGICAL_OR(
      status = 'active'
      AND (
        seconds > 0 OR fgm > 0 OR fga > 0 OR fg3m > 0 OR fg3a > 0 OR ftm > 0 OR fta > 0 OR oreb > 0 OR dreb > 0
        OR ast > 0 OR stl > 0 OR blk > 0 OR tov > 0 OR pf > 0 OR pts > 0
      )
      AND fgm + fga + fg3m + fg3a + ftm + fta + oreb + dreb + ast + stl + blk + tov + pf + pts IS NULL
    ) AS lacks_statistics
  FROM player_boxes
  GROUP BY game_id, team
)
SELECT
  finals.game_id AS game_id,
  finals.game_date AS game_date,
  CASE
    WHEN SUM(COALESCE(listed.players, 0)) = 0 THEN 'raw_missing'
    WHEN MIN(COALESCE(listed.players, 0)) < 5 THEN 'too_few_players'
    WHEN LOGICAL_OR(listed.lacks_statistics) THEN 'statistics_missing'
    WHEN LOGICAL_OR(listed.points <> finals.score) THEN 'points_differ'
  END AS problem
FROM finals
LEFT JOIN listed ON listed.game_id = finals.game_id AND listed.team = finals.team
GROUP BY finals.game_id, finals.game_date
