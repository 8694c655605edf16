-- How many of his newest lined games of this season each player with a line finished on one side of it: positive for
-- overs, negative for unders, 0 where the newest equals it.
WITH lined_games AS (
  SELECT
    season_year,
    player_id,
    game_index,
    pts,
    ROW_NUMBER() OVER (PARTITION BY season_year, player_id ORDER BY game_index) AS lined_index
  FROM played_games
  WHERE points_line IS NOT NULL
),
targets AS (
  SELECT
    points_lines.game_id AS game_id,
    points_lines.player_id AS player_id,
    points_lines.line AS line,
    rostered_players.season_year AS season_year,
    player_load.games_before AS games_before
  FROM points_lines
  JOIN rostered_players
    ON rostered_players.game_id = points_lines.game_id AND rostered_players.player_id = points_lines.player_id
  JOIN player_load
    ON player_load.game_id = points_lines.game_id AND player_load.player_id = points_lines.player_id
),
sides AS (
  SELECT
    targets.game_id AS game_id,
    targets.player_id AS player_id,
    MAX(lined_games.lined_index) AS games,
    MAX(IF(lined_games.pts > targets.line, 0, lined_games.lined_index)) AS last_not_over,
    MAX(IF(lined_games.pts < targets.line, 0, lined_games.lined_index)) AS last_not_under
  FROM targets
  JOIN lined_games
    ON lined_games.season_year = targets.season_year AND lined_games.player_id = targets.player_id
  WHERE lined_games.game_index <= targets.games_before
  GROUP BY targets.game_id, targets.player_id
)
SELECT
  game_id,
  player_id,
  -- Of the two numbers one is that of the newest game, unless it equals the line and both are.
  CAST(last_not_under - last_not_over AS INT64) AS streak
FROM sides
