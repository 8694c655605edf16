-- Every player on the roster of any team at the date, with a fixture or not.
SELECT game_date, player_id
FROM roster
