-- Games at an arena that nobody knew when they were loaded, and that the arenas name by now (arena_names: the table of
-- names that ingest keeps while it runs).
WITH named AS (
  SELECT 'name:' || name AS unknown_id, arena_id FROM arena_names
)
SELECT schedule.game_id AS game_id, named.arena_id AS new_arena_id
FROM nba_raw.schedule AS schedule
JOIN named ON named.unknown_id = schedule.arena_id
