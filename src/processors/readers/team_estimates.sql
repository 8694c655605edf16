-- Shrunk ratings and pace of each team before each target date: its last 15 games of the season, drawn towards its
-- season before, which is drawn towards the league. Made and attempts are integers times 10,000: 100 x points over
-- possessions, 48 x the mean of both teams' possessions over game minutes.
WITH games AS (
  SELECT
    team_results.season_year AS season_year,
    team_results.season_type AS season_type,
    team_results.game_date AS game_date,
    team_results.team AS team,
    team_results.game_index AS game_index,
    team_offense.pts AS pts,
    team_offense.opponent_pts AS opponent_pts,
    team_offense.possessions_e4 AS possessions_e4,
    team_offense.opponent_possessions_e4 AS opponent_possessions_e4,
    team_offense.possessions_e4 + team_offense.opponent_possessions_e4 AS both_possessions_e4,
    team_offense.minutes AS minutes
  FROM team_results
  LEFT JOIN team_offense ON team_offense.game_id = team_results.game_id AND team_offense.team = team_results.team
),
measured AS (
  SELECT
    'offensive_rating' AS estimate,
    season_year,
    season_type,
    game_date,
    team,
    game_index,
    CASE WHEN possessions_e4 IS NOT NULL THEN pts * 1000000 END AS made,
    CASE WHEN pts IS NOT NULL THEN possessions_e4 END AS attempts
  FROM games
  UNION ALL
  SELECT
    'defensive_rating' AS estimate,
    season_year,
    season_type,
    game_date,
    team,
    game_index,
    CASE WHEN opponent_possessions_e4 IS NOT NULL THEN opponent_pts * 1000000 END AS made,
    CASE WHEN opponent_pts IS NOT NULL THEN opponent_possessions_e4 END AS attempts
  FROM games
  UNION ALL
  SELECT
    'pace' AS estimate,
    season_year,
    season_type,
    game_date,
    team,
    game_index,
    CASE WHEN minutes IS NOT NULL THEN both_possessions_e4 * 24 END AS made,
    CASE WHEN both_possessions_e4 IS NOT NULL THEN minutes * 2000 END AS attempts
  FROM games
),
windows AS (
  SELECT
    estimate,
    season_year,
    team,
    game_index,
    SUM(made) OVER last_15 AS made,
    SUM(attempts) OVER last_15 AS attempts
  FROM measured
  WINDOW last_15 AS (
    PARTITION BY estimate, season_year, team
    ORDER BY game_index
    ROWS BETWEEN 14 PRECEDING AND CURRENT ROW
  )
),
previous AS (
  SELECT estimate, season_year + 1 AS season_year, team, SUM(made) AS made, SUM(attempts) AS attempts
  FROM measured
  WHERE season_type = 'regular'
  GROUP BY estimate, season_year, team
),
league_previous AS (
  SELECT
    estimate,
    season_year + 1 AS season_year,
    SUM(made) AS made,
    SUM(attempts) AS attempts,
    COUNT(attempts) AS games
  FROM measured
  WHERE season_type = 'regular'
  GROUP BY estimate, season_year
),
targets AS (
  SELECT
    shrinkage.estimate AS estimate,
    target_seasons.game_date AS game_date,
    target_seasons.season_year AS season_year
  FROM (SELECT game_date, season_year, 'team_rating' AS family FROM target_seasons) AS target_seasons
  JOIN shrinkage ON shrinkage.family = target_seasons.family
),
league_events AS (
  SELECT estimate, season_year, game_date, TRUE AS is_target, 0 AS made, 0 AS attempts
  FROM targets
  UNION ALL
  SELECT estimate, season_year, game_date, FALSE AS is_target, SUM(made) AS made, SUM(attempts) AS attempts
  FROM measured
  GROUP BY estimate, season_year, game_date
),
league_before AS (
  SELECT
    estimate,
    season_year,
    game_date,
    is_target,
    SUM(made) OVER before_date AS made,
    SUM(attempts) OVER before_date AS attempts
  FROM league_events
  WINDOW before_date AS (
    PARTITION BY estimate, season_year
    ORDER BY UNIX_DATE(game_date)
    RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
league AS (
  SELECT
    league_before.estimate AS estimate,
    league_before.season_year AS season_year,
    league_before.game_date AS game_date,
    shrinkage.k * 1e4 AS k,
    shrinkage.j * 1e4 AS j,
    SAFE_DIVIDE(
      COALESCE(league_before.made, 0)
        + COALESCE(SAFE_DIVIDE(shrinkage.baseline_games, league_previous.games) * league_previous.made, 0e0),
      COALESCE(league_before.attempts, 0)
        + COALESCE(SAFE_DIVIDE(shrinkage.baseline_games, league_previous.games) * league_previous.attempts, 0e0)
    ) AS rate
  FROM league_before
  JOIN shrinkage ON shrinkage.estimate = league_before.estimate
  LEFT JOIN league_previous
    ON league_previous.estimate = league_before.estimate AND league_previous.season_year = league_before.season_year
  WHERE league_before.is_target AND shrinkage.family = 'team_rating'
),
-- Where the league has no rate, no team has a game either: the estimate is unknown.
estimates AS (
  SELECT
    team_targets.game_date AS game_date,
    team_targets.team AS team,
    league.estimate AS estimate,
    league.rate AS league_rate,
    SAFE_DIVIDE(
      COALESCE(windows.made, 0)
        + league.k * SAFE_DIVIDE(
          COALESCE(previous.made, 0) + league.j * league.rate,
          COALESCE(previous.attempts, 0) + league.j
        ),
      COALESCE(windows.attempts, 0) + league.k
    ) AS rate
  FROM team_targets
  JOIN league ON league.game_date = team_targets.game_date
  LEFT JOIN windows
    ON windows.estimate = league.estimate
    AND windows.season_year = team_targets.season_year
    AND windows.team = team_targets.team
    AND windows.game_index = team_targets.games_before
  LEFT JOIN previous
    ON previous.estimate = league.estimate
    AND previous.season_year = team_targets.season_year
    AND previous.team = team_targets.team
),
sided AS (
  SELECT
    game_date,
    team,
    MAX(CASE WHEN estimate = 'offensive_rating' THEN rate END) AS offensive_rating,
    MAX(CASE WHEN estimate = 'defensive_rating' THEN rate END) AS defensive_rating,
    MAX(CASE WHEN estimate = 'pace' THEN rate END) AS pace,
    MAX(CASE WHEN estimate = 'pace' THEN league_rate END) AS league_pace
  FROM estimates
  GROUP BY game_date, team
)
SELECT
  game_date,
  team,
  FLOOR(offensive_rating * 1e9 + 0.5e0) / 1e9 AS offensive_rating_estimate,
  FLOOR(defensive_rating * 1e9 + 0.5e0) / 1e9 AS defensive_rating_estimate,
  FLOOR((offensive_rating - defensive_rating) * 1e9 + 0.5e0) / 1e9 AS net_rating_estimate,
  FLOOR(pace * 1e9 + 0.5e0) / 1e9 AS pace_estimate,
  FLOOR(league_pace * 1e9 + 0.5e0) / 1e9 AS league_pace
FROM sided
