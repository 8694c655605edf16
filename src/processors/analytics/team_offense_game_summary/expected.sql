-- Two per final game.
SELECT game_date, game_id, team FROM finals
