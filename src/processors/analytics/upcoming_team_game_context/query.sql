-- What was known of each team before its game of the date; each part is a reader of its own.
SELECT
  team_fixtures.game_id AS game_id,
  team_fixtures.game_date AS game_date,
  team_fixtures.season_year AS season_year,
  team_fixtures.season_type AS season_type,
  team_fixtures.team AS team,
  team_fixtures.opponent AS opponent,
  team_fixtures.site AS site,
  team_calendar.days_rest AS days_rest,
  team_calendar.is_back_to_back AS is_back_to_back,
  team_calendar.games_last_4 AS games_last_4,
  team_calendar.games_last_7 AS games_last_7,
  team_calendar.games_last_14 AS games_last_14,
  team_calendar.miles_travelled AS miles_travelled,
  team_calendar.time_zones_crossed AS time_zones_crossed,
  team_calendar.altitude_feet AS altitude_feet,
  team_calendar.opponent_days_rest AS opponent_days_rest,
  team_calendar.rest_advantage AS rest_advantage,
  team_calendar.road_trip_game_number AS road_trip_game_number,
  team_calendar.game_number AS game_number,
  team_calendar.wins AS wins,
  team_calendar.losses AS losses,
  team_calendar.win_pct AS win_pct,
  team_calendar.streak AS streak,
  team_calendar.last_result AS last_result,
  team_calendar.last_margin AS last_margin,
  team_calendar.series_game_number AS series_game_number,
  team_calendar.series_wins AS series_wins,
  team_calendar.series_losses AS series_losses,
  team_form.offensive_rating_last_10 AS offensive_rating_last_10,
  team_form.defensive_rating_last_10 AS defensive_rating_last_10,
  team_form.net_rating_last_10 AS net_rating_last_10,
  team_form.pace_last_10 AS pace_last_10,
  team_form.efg_pct_last_10 AS efg_pct_last_10,
  team_form.tov_rate_last_10 AS tov_rate_last_10,
  team_form.oreb_rate_last_10 AS oreb_rate_last_10,
  team_form.ft_rate_last_10 AS ft_rate_last_10,
  team_form.opponent_efg_pct_last_10 AS opponent_efg_pct_last_10,
  team_form.opponent_tov_rate_last_10 AS opponent_tov_rate_last_10,
  team_form.opponent_oreb_rate_last_10 AS opponent_oreb_rate_last_10,
  team_form.opponent_ft_rate_last_10 AS opponent_ft_rate_last_10,
  team_form.offensive_rating_rank AS offensive_rating_rank,
  team_form.defensive_rating_rank AS defensive_rating_rank,
  team_form.net_rating_rank AS net_rating_rank,
  team_form.pace_rank AS pace_rank,
  team_form.efg_pct_rank AS efg_pct_rank,
  team_form.tov_rate_rank AS tov_rate_rank,
  team_form.oreb_rate_rank AS oreb_rate_rank,
  team_form.ft_rate_rank AS ft_rate_rank,
  team_form.opponent_efg_pct_rank AS opponent_efg_pct_rank,
  team_form.opponent_tov_rate_rank AS opponent_tov_rate_rank,
  team_form.opponent_oreb_rate_rank AS opponent_oreb_rate_rank,
  team_form.opponent_ft_rate_rank AS opponent_ft_rate_rank,
  team_estimates.offensive_rating_estimate AS offensive_rating_estimate,
  team_estimates.defensive_rating_estimate AS defensive_rating_estimate,
  team_estimates.net_rating_estimate AS net_rating_estimate,
  team_estimates.pace_estimate AS pace_estimate,
  team_estimates.league_pace AS league_pace,
  FLOOR(IF(team_fixtures.is_home, game_market.home_spread, -game_market.home_spread) * 1e9 + 0.5e0) / 1e9 AS spread,
  FLOOR(game_market.total * 1e9 + 0.5e0) / 1e9 AS total,
  FLOOR(
    (game_market.total - IF(team_fixtures.is_home, game_market.home_spread, -game_market.home_spread)) / 2e0
      * 1e9 + 0.5e0
  ) / 1e9 AS implied_team_total,
  FLOOR(
    IF(team_fixtures.is_home, game_market.home_spread_movement, -game_market.home_spread_movement) * 1e9 + 0.5e0
  ) / 1e9 AS spread_movement,
  FLOOR(game_market.total_movement * 1e9 + 0.5e0) / 1e9 AS total_movement,
  FLOOR(
    IF(team_fixtures.is_home, game_market.home_win_probability, 1e0 - game_market.home_win_probability) * 1e9 + 0.5e0
  ) / 1e9 AS win_probability,
  team_availability.injuries_known AS injuries_known,
  team_availability.players_out AS players_out,
  team_availability.players_questionable AS players_questionable,
  team_availability.rotation_players_out AS rotation_players_out,
  FLOOR(team_availability.rotation_seconds_out / 60e0 * 1e9 + 0.5e0) / 1e9 AS rotation_minutes_out,
  team_samples.window_games_found AS games_in_sample,
  team_samples.window_games_expected AS window_games_expected,
  team_samples.window_games_found AS window_games_found,
  team_samples.early_season AS early_season,
  team_samples.data_quality_tier AS data_quality_tier
FROM team_fixtures
JOIN team_calendar ON team_calendar.game_id = team_fixtures.game_id AND team_calendar.team = team_fixtures.team
JOIN team_form ON team_form.game_date = team_fixtures.game_date AND team_form.team = team_fixtures.team
JOIN team_samples ON team_samples.game_date = team_fixtures.game_date AND team_samples.team = team_fixtures.team
JOIN team_estimates ON team_estimates.game_date = team_fixtures.game_date AND team_estimates.team = team_fixtures.team
JOIN team_availability
  ON team_availability.game_date = team_fixtures.game_date AND team_availability.team = team_fixtures.team
LEFT JOIN game_market ON game_market.game_id = team_fixtures.game_id
