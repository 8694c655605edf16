-- How many of his newest games of the season each player of player_context scored below his season mean in, one row
-- per player and number of games before the date.
WITH states AS (
  SELECT season_year, player_id, games_in_sample AS games
  FROM player_context
  WHERE games_in_sample > 0
  GROUP BY season_year, player_id, games_in_sample
)
SELECT
  states.season_year AS season_year,
  states.player_id AS player_id,
  states.games AS games,
  states.games - MAX(
    IF(played_games.pts * states.games >= feature_form.points_season, played_games.game_index, 0)
  ) AS streak
FROM states
JOIN feature_form
  ON feature_form.season_year = states.season_year
  AND feature_form.player_id = states.player_id
  AND feature_form.game_index = states.games
JOIN played_games
  ON played_games.season_year = states.season_year AND played_games.player_id = states.player_id
WHERE played_games.game_index <= states.games
GROUP BY states.season_year, states.player_id, states.games
