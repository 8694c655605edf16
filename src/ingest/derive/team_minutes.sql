-- Team minutes where the source gives none: the nearest 240 + 25 k to the players' sum; without players 240 where
-- neither team scored in overtime, 240 + 25 each where the number of overtimes is known, else unknown.
WITH players AS (
  SELECT game_id, team, SUM(seconds) AS player_seconds
  FROM nba_raw.player_boxscores
  GROUP BY game_id, team
),
overtime AS (
  SELECT game_id, MAX(overtime_points) AS overtime_points, MAX(overtime_periods) AS overtime_periods
  FROM nba_raw.team_boxscores
  GROUP BY game_id
),
derived AS (
  SELECT
    boxes.game_id AS game_id,
    boxes.team AS team,
    boxes.minutes AS minutes,
    CASE
      WHEN players.player_seconds <= 14400 THEN 240
      WHEN players.player_seconds > 14400
        THEN 240 + 25 * CAST(FLOOR(SAFE_DIVIDE(players.player_seconds - 14400, 1500) + 0.5e0) AS INT64)
      WHEN overtime.overtime_periods IS NOT NULL THEN 240 + 25 * overtime.overtime_periods
      WHEN overtime.overtime_points = 0 THEN 240
    END AS new_minutes
  FROM nba_raw.team_boxscores AS boxes
  JOIN overtime ON overtime.game_id = boxes.game_id
  LEFT JOIN players ON players.game_id = boxes.game_id AND players.team = boxes.team
  WHERE boxes.minutes_derived
)
SELECT game_id, team, new_minutes
FROM derived
WHERE minutes IS DISTINCT FROM new_minutes
