-- Rest and load of each rostered player before his team's game, from the games he played this season. A final game of
-- his team without player summaries is a hole: where one lies inside a window, what the window would say is unknown.
WITH events AS (
  SELECT
    season_year,
    player_id,
    game_date,
    CAST(NULL AS STRING) AS game_id,
    1 AS games,
    seconds,
    second_nights
  FROM played_games
  UNION ALL
  SELECT season_year, player_id, game_date, game_id, 0 AS games, 0 AS seconds, 0 AS second_nights
  FROM rostered_players
),
counted AS (
  SELECT
    season_year,
    player_id,
    game_id,
    SUM(games) OVER (
      PARTITION BY season_year, player_id ORDER BY UNIX_DATE(game_date)
      RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS games_before,
    SUM(games) OVER last_7 AS games_last_7,
    SUM(seconds) OVER last_7 AS seconds_last_7,
    SUM(games) OVER last_14 AS games_last_14,
    SUM(seconds) OVER last_14 AS seconds_last_14,
    -- A pair of dates lies within D-14 .. D-1 where its second date lies within D-13 .. D-1.
    SUM(second_nights) OVER (
      PARTITION BY season_year, player_id ORDER BY UNIX_DATE(game_date)
      RANGE BETWEEN 13 PRECEDING AND 1 PRECEDING
    ) AS back_to_backs_last_14
  FROM events
  WINDOW
    last_7 AS (
      PARTITION BY season_year, player_id ORDER BY UNIX_DATE(game_date)
      RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING
    ),
    last_14 AS (
      PARTITION BY season_year, player_id ORDER BY UNIX_DATE(game_date)
      RANGE BETWEEN 14 PRECEDING AND 1 PRECEDING
    )
),
targets AS (
  SELECT
    rostered_players.game_id AS game_id,
    rostered_players.game_date AS game_date,
    rostered_players.season_year AS season_year,
    rostered_players.team AS team,
    rostered_players.player_id AS player_id,
    COALESCE(counted.games_before, 0) AS games_before,
    COALESCE(counted.games_last_7, 0) AS games_last_7,
    COALESCE(counted.seconds_last_7, 0) AS seconds_last_7,
    COALESCE(counted.games_last_14, 0) AS games_last_14,
    COALESCE(counted.seconds_last_14, 0) AS seconds_last_14,
    COALESCE(counted.back_to_backs_last_14, 0) AS back_to_backs_last_14
  FROM counted
  JOIN rostered_players
    ON rostered_players.game_id = counted.game_id AND rostered_players.player_id = counted.player_id
),
held AS (
  SELECT
    targets.game_id AS game_id,
    targets.game_date AS game_date,
    targets.player_id AS player_id,
    targets.games_before AS games_before,
    targets.games_last_7 AS games_last_7,
    targets.seconds_last_7 AS seconds_last_7,
    targets.games_last_14 AS games_last_14,
    targets.seconds_last_14 AS seconds_last_14,
    targets.back_to_backs_last_14 AS back_to_backs_last_14,
    last_games.game_date AS last_date,
    last_games.seconds AS last_seconds,
    last_games.starter AS last_starter,
    days.holes_last_7 AS holes_last_7,
    days.holes_last_14 AS holes_last_14,
    days.finals_before - last_days.finals_through AS finals_since,
    days.found_before - last_days.found_through AS found_since,
    days.finals_before - COALESCE(first_days.finals_before, 0) AS window_games_expected,
    days.found_before - COALESCE(first_days.found_before, 0) AS window_games_found
  FROM targets
  LEFT JOIN played_games AS last_games
    ON last_games.season_year = targets.season_year
    AND last_games.player_id = targets.player_id
    AND last_games.game_index = targets.games_before
  LEFT JOIN (SELECT season_year, player_id, game_date FROM played_games WHERE game_index = 1) AS first_games
    ON first_games.season_year = last_games.season_year AND first_games.player_id = last_games.player_id
  LEFT JOIN team_days AS days
    ON days.season_year = targets.season_year
    AND days.game_date = targets.game_date
    AND days.team = targets.team
  LEFT JOIN team_days AS last_days
    ON last_days.season_year = targets.season_year
    AND last_days.game_date = last_games.game_date
    AND last_days.team = targets.team
  LEFT JOIN team_days AS first_days
    ON first_days.season_year = targets.season_year
    AND first_days.game_date = first_games.game_date
    AND first_days.team = targets.team
)
SELECT
  game_id,
  player_id,
  CAST(games_before AS INT64) AS games_before,
  CAST(IF(finals_since = found_since, UNIX_DATE(game_date) - UNIX_DATE(last_date) - 1, NULL) AS INT64) AS days_rest,
  CAST(IF(holes_last_7 = 0, games_last_7, NULL) AS INT64) AS games_last_7,
  CAST(IF(holes_last_7 = 0, seconds_last_7, NULL) AS INT64) AS seconds_last_7,
  CAST(IF(holes_last_14 = 0, games_last_14, NULL) AS INT64) AS games_last_14,
  CAST(IF(holes_last_14 = 0, seconds_last_14, NULL) AS INT64) AS seconds_last_14,
  CAST(IF(holes_last_14 = 0, back_to_backs_last_14, NULL) AS INT64) AS back_to_backs_last_14,
  IF(finals_since = found_since, last_seconds, NULL) AS last_seconds,
  IF(finals_since = found_since, last_starter, NULL) AS last_starter,
  CAST(IF(finals_since = found_since, finals_since, NULL) AS INT64) AS team_games_missed,
  CAST(window_games_expected AS INT64) AS window_games_expected,
  CAST(window_games_found AS INT64) AS window_games_found
FROM held
