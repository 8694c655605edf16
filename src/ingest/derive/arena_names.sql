-- Games at an arena that nobody knew when they were loaded, and that the arenas name by now (arena_names: the table of
-- names that ingest keeps while it runs).
SELECT schedule.game_id AS game_id, arena_names.arena_id AS new_arena_id
FROM nba_raw.schedule AS schedule
JOIN arena_names ON 'name:' || arena_names.name = schedule.arena_id
