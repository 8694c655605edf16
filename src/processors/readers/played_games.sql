-- The games a player played, numbered within the season. Those before a target date are the first games_before of
-- them (player_load); the numbers after it are of that date and later.
SELECT
  season_year,
  player_id,
  game_id,
  game_date,
  team,
  starter,
  seconds,
  pts,
  fga,
  fg3a,
  ftm,
  fta,
  100 * fga + 44 * fta + 100 * tov AS used,
  team_seconds,
  team_used,
  points_line,
  over_under_result,
  ROW_NUMBER() OVER (PARTITION BY season_year, player_id ORDER BY game_date, game_id) AS game_index,
  IF(
    UNIX_DATE(game_date)
      - UNIX_DATE(LAG(game_date) OVER (PARTITION BY season_year, player_id ORDER BY game_date, game_id)) = 1,
    1,
    0
  ) AS second_nights
FROM player_games
WHERE played
