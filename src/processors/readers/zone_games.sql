-- Whether a final game's zones are known, and if not why: a row per game. Known only if, for both teams, the shots that
-- are there and field-goal attempts differ by at most 2.
SELECT
  finals.game_id AS game_id,
  CASE
    WHEN COUNT(coverage_of_shots.game_id) = 0 OR COUNT(shots_by_team.game_id) = 0 THEN 'no_shots'
    WHEN COUNT(team_boxes.game_id) < 2 THEN 'no_team_box'
    WHEN MAX(ABS(COALESCE(shots_by_team.shots, 0) - team_boxes.fga)) > 2 THEN 'shots_differ'
  END AS zones_missing_reason,
  MAX(coverage_of_shots.zone_method) AS zone_method,
  LOGICAL_OR(coverage_of_shots.has_assists) AS has_assists,
  LOGICAL_OR(coverage_of_shots.has_blocks) AS has_blocks
FROM finals
LEFT JOIN coverage_of_shots ON coverage_of_shots.game_id = finals.game_id
LEFT JOIN shots_by_team ON shots_by_team.game_id = finals.game_id AND shots_by_team.team = finals.team
LEFT JOIN team_boxes ON team_boxes.game_id = finals.game_id AND team_boxes.team = finals.team
GROUP BY finals.game_id
