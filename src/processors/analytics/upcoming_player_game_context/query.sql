WITH joined AS (
  SELECT
    rostered_players.game_id AS game_id,
    rostered_players.game_date AS game_date,
    rostered_players.season_year AS season_year,
    rostered_players.season_type AS season_type,
    rostered_players.team AS team,
    rostered_players.opponent AS opponent,
    rostered_players.player_id AS player_id,
    roster_people.player_name AS player_name,
    roster_people.age_years AS age_years,
    player_load.days_rest AS days_rest,
    player_load.games_last_7 AS games_last_7,
    player_load.games_last_14 AS games_last_14,
    player_load.seconds_last_7 AS seconds_last_7,
    player_load.seconds_last_14 AS seconds_last_14,
    player_load.back_to_backs_last_14 AS back_to_backs_last_14,
    player_load.last_seconds AS last_seconds,
    player_load.last_starter AS last_starter,
    player_load.team_games_missed AS team_games_missed,
    player_load.games_before AS n,
    IF(player_load.games_before < 10, player_load.games_before, 10) AS n_10,
    IF(player_load.games_before < 5, player_load.games_before, 5) AS n_5,
    player_load.window_games_expected AS window_games_expected,
    player_load.window_games_found AS window_games_found,
    player_team_history.games_with_team AS games_with_team,
    player_team_history.games_not_played AS games_not_played,
    player_team_history.listing_games AS listing_games,
    player_form.points_5 AS points_5,
    player_form.points_10 AS points_10,
    player_form.points_season AS points_season,
    player_form.squares_10 AS squares_10,
    player_form.products_10 AS products_10,
    player_form.seconds_5 AS seconds_5,
    player_form.seconds_10 AS seconds_10,
    player_form.seconds_season AS seconds_season,
    player_form.used_5 AS used_5,
    player_form.used_10 AS used_10,
    player_form.used_season AS used_season,
    player_form.team_seconds_5 AS team_seconds_5,
    player_form.team_seconds_10 AS team_seconds_10,
    player_form.team_seconds_season AS team_seconds_season,
    player_form.timed_seconds_5 AS timed_seconds_5,
    player_form.timed_seconds_10 AS timed_seconds_10,
    player_form.timed_seconds_season AS timed_seconds_season,
    player_form.team_used_5 AS team_used_5,
    player_form.team_used_10 AS team_used_10,
    player_form.team_used_season AS team_used_season,
    player_form.chances_5 AS chances_5,
    player_form.chances_10 AS chances_10,
    player_form.chances_season AS chances_season,
    player_form.starts_10 AS starts_10,
    player_form.known_starters_10 AS known_starters_10,
    player_opponents.games AS games_vs_opponent,
    player_opponents.points AS points_vs_opponent,
    opponents.defensive_rating_estimate AS opponent_defensive_rating,
    opponents.pace_estimate AS opponent_pace,
    own.pace_estimate + opponents.pace_estimate - own.league_pace AS expected_pace,
    own.league_pace AS league_pace,
    opponent_form.opponent_ft_rate_last_10 AS opponent_ft_rate_allowed,
    team_injury_reports.injuries_known AS injuries_known,
    COALESCE(player_injuries.status, 'available') AS status,
    -- A star, who has played in one of the team's last 10 games: one gone for longer is in the team's form already.
    COALESCE(
      player_injuries.status IN ('out', 'doubtful')
        AND player_load.games_before >= 10
        AND (
          player_form.points_season >= 18 * player_load.games_before
          OR (
            player_form.seconds_season >= 1680 * player_load.games_before
            AND player_form.points_season >= 12 * player_load.games_before
          )
        )
        AND own_days.finals_before - player_team_history.played_final < 10,
      FALSE
    ) AS is_star_out,
    points_lines.line AS points_line,
    points_lines.opening_line AS opening_line,
    points_lines.movement AS line_movement,
    points_lines.books AS books,
    points_lines.over_probability AS over_probability,
    points_line_streaks.streak AS streak
  FROM rostered_players
  JOIN player_load
    ON player_load.game_id = rostered_players.game_id AND player_load.player_id = rostered_players.player_id
  JOIN player_team_history
    ON player_team_history.game_id = rostered_players.game_id
    AND player_team_history.player_id = rostered_players.player_id
  JOIN player_opponents
    ON player_opponents.game_id = rostered_players.game_id
    AND player_opponents.player_id = rostered_players.player_id
  JOIN roster_people
    ON roster_people.game_id = rostered_players.game_id AND roster_people.player_id = rostered_players.player_id
  LEFT JOIN player_form
    ON player_form.season_year = rostered_players.season_year
    AND player_form.player_id = rostered_players.player_id
    AND player_form.game_index = player_load.games_before
  LEFT JOIN team_days AS own_days
    ON own_days.season_year = rostered_players.season_year
    AND own_days.game_date = rostered_players.game_date
    AND own_days.team = rostered_players.team
  LEFT JOIN team_estimates AS own
    ON own.game_date = rostered_players.game_date AND own.team = rostered_players.team
  LEFT JOIN team_estimates AS opponents
    ON opponents.game_date = rostered_players.game_date AND opponents.team = rostered_players.opponent
  LEFT JOIN team_form AS opponent_form
    ON opponent_form.game_date = rostered_players.game_date AND opponent_form.team = rostered_players.opponent
  LEFT JOIN team_injury_reports
    ON team_injury_reports.game_date = rostered_players.game_date
    AND team_injury_reports.team = rostered_players.team
  LEFT JOIN player_injuries
    ON player_injuries.game_date = rostered_players.game_date
    AND player_injuries.team = rostered_players.team
    AND player_injuries.player_id = rostered_players.player_id
  LEFT JOIN points_lines
    ON points_lines.game_id = rostered_players.game_id AND points_lines.player_id = rostered_players.player_id
  LEFT JOIN points_line_streaks
    ON points_line_streaks.game_id = rostered_players.game_id
    AND points_line_streaks.player_id = rostered_players.player_id
),
stars_out AS (
  SELECT game_id, team, COUNTIF(is_star_out) AS players
  FROM joined
  GROUP BY game_id, team
)
SELECT
  joined.game_id AS game_id,
  game_date,
  season_year,
  season_type,
  joined.team AS team,
  opponent,
  player_id,
  player_name,
  days_rest,
  games_last_7,
  games_last_14,
  FLOOR(seconds_last_7 / 60 * 1e9 + 0.5e0) / 1e9 AS minutes_last_7,
  FLOOR(seconds_last_14 / 60 * 1e9 + 0.5e0) / 1e9 AS minutes_last_14,
  back_to_backs_last_14,
  FLOOR(last_seconds / 60 * 1e9 + 0.5e0) / 1e9 AS minutes_last_game,
  last_starter AS started_last_game,
  IF(known_starters_10 >= 3, FLOOR(SAFE_DIVIDE(starts_10, known_starters_10) * 1e9 + 0.5e0) / 1e9, NULL)
    AS start_rate_last_10,
  team_games_missed,
  games_with_team,
  n AS games_in_sample,
  CAST(n_5 AS INT64) AS games_in_sample_last_5,
  CAST(n_10 AS INT64) AS games_in_sample_last_10,
  FLOOR(SAFE_DIVIDE(points_5, n_5) * 1e9 + 0.5e0) / 1e9 AS points_mean_last_5,
  FLOOR(SAFE_DIVIDE(points_10, n_10) * 1e9 + 0.5e0) / 1e9 AS points_mean_last_10,
  FLOOR(SAFE_DIVIDE(points_season, n) * 1e9 + 0.5e0) / 1e9 AS points_mean_season,
  FLOOR(SAFE_DIVIDE(seconds_5, 60 * n_5) * 1e9 + 0.5e0) / 1e9 AS minutes_mean_last_5,
  FLOOR(SAFE_DIVIDE(seconds_10, 60 * n_10) * 1e9 + 0.5e0) / 1e9 AS minutes_mean_last_10,
  FLOOR(SAFE_DIVIDE(seconds_season, 60 * n) * 1e9 + 0.5e0) / 1e9 AS minutes_mean_season,
  FLOOR(SAFE_DIVIDE(used_5 * team_seconds_5, 5 * timed_seconds_5 * team_used_5) * 1e9 + 0.5e0) / 1e9
    AS usage_rate_last_5,
  FLOOR(SAFE_DIVIDE(used_10 * team_seconds_10, 5 * timed_seconds_10 * team_used_10) * 1e9 + 0.5e0) / 1e9
    AS usage_rate_last_10,
  FLOOR(
    SAFE_DIVIDE(used_season * team_seconds_season, 5 * timed_seconds_season * team_used_season) * 1e9 + 0.5e0
  ) / 1e9 AS usage_rate_season,
  FLOOR(SAFE_DIVIDE(50 * points_5, chances_5) * 1e9 + 0.5e0) / 1e9 AS ts_pct_last_5,
  FLOOR(SAFE_DIVIDE(50 * points_10, chances_10) * 1e9 + 0.5e0) / 1e9 AS ts_pct_last_10,
  FLOOR(SAFE_DIVIDE(50 * points_season, chances_season) * 1e9 + 0.5e0) / 1e9 AS ts_pct_season,
  IF(
    n >= 3,
    FLOOR(
      SQRT(SAFE_DIVIDE(n_10 * squares_10 - points_10 * points_10, n_10 * (n_10 - 1))) * 1e9 + 0.5e0
    ) / 1e9,
    NULL
  ) AS points_sd_last_10,
  -- Least squares over m games numbered n - m + 1 .. n, whose numbers have the mean (2n - m + 1) / 2 and, squared about
  -- it, the sum m (m^2 - 1) / 12.
  IF(
    n >= 5,
    FLOOR(
      SAFE_DIVIDE(
        6 * (2 * products_10 - (2 * n - n_10 + 1) * points_10),
        n_10 * (n_10 * n_10 - 1)
      ) * 1e9 + 0.5e0
    ) / 1e9,
    NULL
  ) AS points_slope_last_10,
  FLOOR(SAFE_DIVIDE(games_not_played, listing_games) * 1e9 + 0.5e0) / 1e9 AS dnp_rate_last_10,
  age_years,
  games_vs_opponent,
  FLOOR(SAFE_DIVIDE(points_vs_opponent, games_vs_opponent) * 1e9 + 0.5e0) / 1e9 AS points_mean_vs_opponent,
  opponent_defensive_rating AS opponent_defensive_rating_estimate,
  opponent_pace AS opponent_pace_estimate,
  opponent_ft_rate_allowed AS opponent_ft_rate_allowed_last_10,
  FLOOR(expected_pace * 1e9 + 0.5e0) / 1e9 AS expected_pace,
  FLOOR((expected_pace - league_pace) * 1e9 + 0.5e0) / 1e9 AS pace_differential,
  IF(injuries_known, status, NULL) AS injury_status,
  CAST(
    CASE
      WHEN NOT injuries_known THEN NULL
      WHEN status IN ('out', 'doubtful') THEN 3
      WHEN status = 'questionable' THEN 2
      WHEN status = 'probable' THEN 1
      ELSE 0
    END AS INT64
  ) AS injury_risk,
  CAST(IF(injuries_known, stars_out.players - IF(is_star_out, 1, 0), NULL) AS INT64) AS star_teammates_out,
  FLOOR(points_line * 1e9 + 0.5e0) / 1e9 AS points_line,
  FLOOR(opening_line * 1e9 + 0.5e0) / 1e9 AS points_line_opening,
  FLOOR(line_movement * 1e9 + 0.5e0) / 1e9 AS points_line_movement,
  COALESCE(books, 0) AS points_line_books,
  FLOOR(over_probability * 1e9 + 0.5e0) / 1e9 AS points_line_over_probability,
  streak AS points_line_streak,
  window_games_expected,
  window_games_found,
  n < 5 AS early_season,
  CASE WHEN n >= 10 THEN 'high' WHEN n >= 5 THEN 'medium' WHEN n >= 1 THEN 'low' ELSE 'prior' END
    AS data_quality_tier
FROM joined
JOIN stars_out ON stars_out.game_id = joined.game_id AND stars_out.team = joined.team
