-- Every player on the roster of a team with a fixture.
SELECT game_date, game_id, player_id
FROM rostered_players
