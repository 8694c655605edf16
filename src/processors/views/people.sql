SELECT player_id, player_name, birth_date
FROM nba_raw.players
