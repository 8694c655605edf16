-- Final games of the date that cannot be summarised: a team's box score is not there.
SELECT finals.game_date AS game_date, finals.game_id AS game_id, 'raw_missing' AS problem
FROM finals
LEFT JOIN team_boxes ON team_boxes.game_id = finals.game_id AND team_boxes.team = finals.team
GROUP BY finals.game_date, finals.game_id
HAVING COUNT(team_boxes.game_id) < 2
