-- How much each team's row of a target date rests on: its final games this season before the date, and of the last 15
-- of them, the longest window of a team, those that have both summaries.
WITH games AS (
  SELECT
    team_results.season_year AS season_year,
    team_results.team AS team,
    team_results.game_index AS game_index,
    IF(team_offense.game_id IS NOT NULL AND team_defense.game_id IS NOT NULL, 1, 0) AS found
  FROM team_results
  LEFT JOIN team_offense ON team_offense.game_id = team_results.game_id AND team_offense.team = team_results.team
  LEFT JOIN team_defense ON team_defense.game_id = team_results.game_id AND team_defense.team = team_results.team
),
windows AS (
  SELECT
    season_year,
    team,
    game_index,
    SUM(found) OVER (
      PARTITION BY season_year, team
      ORDER BY game_index
      ROWS BETWEEN 14 PRECEDING AND CURRENT ROW
    ) AS found
  FROM games
)
SELECT
  team_targets.game_date AS game_date,
  team_targets.team AS team,
  CAST(IF(team_targets.games_before > 15, 15, team_targets.games_before) AS INT64) AS window_games_expected,
  CAST(COALESCE(windows.found, 0) AS INT64) AS window_games_found,
  team_targets.games_before < 10 AS early_season,
  CASE
    WHEN team_targets.games_before >= 10 THEN 'high'
    WHEN team_targets.games_before >= 5 THEN 'medium'
    WHEN team_targets.games_before >= 1 THEN 'low'
    ELSE 'prior'
  END AS data_quality_tier
FROM team_targets
LEFT JOIN windows
  ON windows.season_year = team_targets.season_year
  AND windows.team = team_targets.team
  AND windows.game_index = team_targets.games_before
