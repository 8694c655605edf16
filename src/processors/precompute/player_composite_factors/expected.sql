-- Every row of upcoming_player_game_context.
SELECT player_context.game_date AS game_date, player_context.game_id AS game_id, player_context.player_id AS player_id
FROM player_context
JOIN target_dates ON target_dates.game_date = player_context.game_date
