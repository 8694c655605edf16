-- Every listed player of the date's final games, whole box scores or not.
SELECT player_boxes.game_date AS game_date, player_boxes.game_id AS game_id, player_boxes.player_id AS player_id
FROM player_boxes
JOIN finals ON finals.game_id = player_boxes.game_id AND finals.team = player_boxes.team
