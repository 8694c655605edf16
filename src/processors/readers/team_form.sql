-- Ratings, pace and the four factors of every team over its last 10 games of the season before each target date, as
-- ratios of sums over those games that have summaries, and their ranks among all teams with games this season.
WITH games AS (
  SELECT
    team_results.season_year AS season_year,
    team_results.team AS team,
    team_results.game_index AS game_index,
    CASE WHEN team_offense.possessions_e4 IS NOT NULL THEN team_offense.pts END AS rated_pts,
    CASE WHEN team_offense.possessions_e4 IS NOT NULL THEN team_offense.tov END AS rated_tov,
    team_offense.possessions_e4 AS possessions_e4,
    CASE WHEN team_defense.opponent_possessions_e4 IS NOT NULL THEN team_defense.points_allowed END
      AS rated_points_allowed,
    CASE WHEN team_defense.opponent_possessions_e4 IS NOT NULL THEN team_defense.turnovers_forced END
      AS rated_turnovers_forced,
    team_defense.opponent_possessions_e4 AS opponent_possessions_e4,
    CASE
      WHEN team_offense.minutes IS NOT NULL THEN team_offense.possessions_e4 + team_offense.opponent_possessions_e4
    END AS paced_possessions_e4,
    CASE
      WHEN team_offense.possessions_e4 + team_offense.opponent_possessions_e4 IS NOT NULL THEN team_offense.minutes
    END AS paced_minutes,
    2 * team_offense.fgm + team_offense.fg3m AS weighted_fgm,
    team_offense.fga AS fga,
    team_offense.fta AS fta,
    team_offense.oreb AS oreb,
    team_offense.oreb + team_offense.opponent_dreb AS oreb_chances,
    2 * team_defense.opponent_fgm + team_defense.opponent_fg3m AS opponent_weighted_fgm,
    team_defense.opponent_fga AS opponent_fga,
    team_defense.opponent_fta AS opponent_fta,
    team_defense.opponent_oreb AS opponent_oreb,
    team_defense.opponent_oreb + team_defense.dreb AS opponent_oreb_chances
  FROM team_results
  LEFT JOIN team_offense ON team_offense.game_id = team_results.game_id AND team_offense.team = team_results.team
  LEFT JOIN team_defense ON team_defense.game_id = team_results.game_id AND team_defense.team = team_results.team
),
windows AS (
  SELECT
    season_year,
    team,
    game_index,
    SAFE_DIVIDE(1000000 * SUM(rated_pts) OVER last_10, SUM(possessions_e4) OVER last_10) AS offensive_rating,
    SAFE_DIVIDE(1000000 * SUM(rated_points_allowed) OVER last_10, SUM(opponent_possessions_e4) OVER last_10)
      AS defensive_rating,
    SAFE_DIVIDE(24 * SUM(paced_possessions_e4) OVER last_10, 2000 * SUM(paced_minutes) OVER last_10) AS pace,
    SAFE_DIVIDE(SUM(weighted_fgm) OVER last_10, 2 * SUM(fga) OVER last_10) AS efg_pct,
    SAFE_DIVIDE(10000 * SUM(rated_tov) OVER last_10, SUM(possessions_e4) OVER last_10) AS tov_rate,
    SAFE_DIVIDE(SUM(oreb) OVER last_10, SUM(oreb_chances) OVER last_10) AS oreb_rate,
    SAFE_DIVIDE(SUM(fta) OVER last_10, SUM(fga) OVER last_10) AS ft_rate,
    SAFE_DIVIDE(SUM(opponent_weighted_fgm) OVER last_10, 2 * SUM(opponent_fga) OVER last_10) AS opponent_efg_pct,
    SAFE_DIVIDE(10000 * SUM(rated_turnovers_forced) OVER last_10, SUM(opponent_possessions_e4) OVER last_10)
      AS opponent_tov_rate,
    SAFE_DIVIDE(SUM(opponent_oreb) OVER last_10, SUM(opponent_oreb_chances) OVER last_10) AS opponent_oreb_rate,
    SAFE_DIVIDE(SUM(opponent_fta) OVER last_10, SUM(opponent_fga) OVER last_10) AS opponent_ft_rate
  FROM games
  WINDOW last_10 AS (
    PARTITION BY season_year, team ORDER BY game_index ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
  )
),
rates AS (
  SELECT
    team_targets.game_date AS game_date,
    team_targets.team AS team,
    FLOOR(windows.offensive_rating * 1e9 + 0.5e0) / 1e9 AS offensive_rating,
    FLOOR(windows.defensive_rating * 1e9 + 0.5e0) / 1e9 AS defensive_rating,
    FLOOR((windows.offensive_rating - windows.defensive_rating) * 1e9 + 0.5e0) / 1e9 AS net_rating,
    FLOOR(windows.pace * 1e9 + 0.5e0) / 1e9 AS pace,
    FLOOR(windows.efg_pct * 1e9 + 0.5e0) / 1e9 AS efg_pct,
    FLOOR(windows.tov_rate * 1e9 + 0.5e0) / 1e9 AS tov_rate,
    FLOOR(windows.oreb_rate * 1e9 + 0.5e0) / 1e9 AS oreb_rate,
    FLOOR(windows.ft_rate * 1e9 + 0.5e0) / 1e9 AS ft_rate,
    FLOOR(windows.opponent_efg_pct * 1e9 + 0.5e0) / 1e9 AS opponent_efg_pct,
    FLOOR(windows.opponent_tov_rate * 1e9 + 0.5e0) / 1e9 AS opponent_tov_rate,
    FLOOR(windows.opponent_oreb_rate * 1e9 + 0.5e0) / 1e9 AS opponent_oreb_rate,
    FLOOR(windows.opponent_ft_rate * 1e9 + 0.5e0) / 1e9 AS opponent_ft_rate
  FROM team_targets
  LEFT JOIN windows
    ON windows.season_year = team_targets.season_year
    AND windows.team = team_targets.team
    AND windows.game_index = team_targets.games_before
)
SELECT
  game_date,
  team,
  offensive_rating AS offensive_rating_last_10,
  defensive_rating AS defensive_rating_last_10,
  net_rating AS net_rating_last_10,
  pace AS pace_last_10,
  efg_pct AS efg_pct_last_10,
  tov_rate AS tov_rate_last_10,
  oreb_rate AS oreb_rate_last_10,
  ft_rate AS ft_rate_last_10,
  opponent_efg_pct AS opponent_efg_pct_last_10,
  opponent_tov_rate AS opponent_tov_rate_last_10,
  opponent_oreb_rate AS opponent_oreb_rate_last_10,
  opponent_ft_rate AS opponent_ft_rate_last_10,
  CASE
    WHEN offensive_rating IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, offensive_rating IS NULL ORDER BY offensive_rating DESC) AS INT64)
  END AS offensive_rating_rank,
  CASE
    WHEN defensive_rating IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, defensive_rating IS NULL ORDER BY defensive_rating) AS INT64)
  END AS defensive_rating_rank,
  CASE
    WHEN net_rating IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, net_rating IS NULL ORDER BY net_rating DESC) AS INT64)
  END AS net_rating_rank,
  CASE
    WHEN pace IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, pace IS NULL ORDER BY pace DESC) AS INT64)
  END AS pace_rank,
  CASE
    WHEN efg_pct IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, efg_pct IS NULL ORDER BY efg_pct DESC) AS INT64)
  END AS efg_pct_rank,
  CASE
    WHEN tov_rate IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, tov_rate IS NULL ORDER BY tov_rate) AS INT64)
  END AS tov_rate_rank,
  CASE
    WHEN oreb_rate IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, oreb_rate IS NULL ORDER BY oreb_rate DESC) AS INT64)
  END AS oreb_rate_rank,
  CASE
    WHEN ft_rate IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, ft_rate IS NULL ORDER BY ft_rate DESC) AS INT64)
  END AS ft_rate_rank,
  CASE
    WHEN opponent_efg_pct IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, opponent_efg_pct IS NULL ORDER BY opponent_efg_pct) AS INT64)
  END AS opponent_efg_pct_rank,
  CASE
    WHEN opponent_tov_rate IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, opponent_tov_rate IS NULL ORDER BY opponent_tov_rate DESC) AS INT64)
  END AS opponent_tov_rate_rank,
  CASE
    WHEN opponent_oreb_rate IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, opponent_oreb_rate IS NULL ORDER BY opponent_oreb_rate) AS INT64)
  END AS opponent_oreb_rate_rank,
  CASE
    WHEN opponent_ft_rate IS NOT NULL
      THEN CAST(RANK() OVER (PARTITION BY game_date, opponent_ft_rate IS NULL ORDER BY opponent_ft_rate) AS INT64)
  END AS opponent_ft_rate_rank
FROM rates
