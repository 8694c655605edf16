-- The teams of each target date: with a final game this season before it, or in the season before, or with a fixture
-- on it; and how many final games of this season each had before it.
WITH season_teams AS (
  SELECT season_year, season_year + 1 AS next_season_year, team
  FROM team_results
  GROUP BY season_year, team
),
candidates AS (
  SELECT
    target_seasons.game_date AS game_date,
    target_seasons.season_year AS season_year,
    season_teams.team AS team,
    FALSE AS is_certain
  FROM target_seasons
  JOIN season_teams ON season_teams.season_year = target_seasons.season_year
  UNION ALL
  SELECT
    target_seasons.game_date AS game_date,
    target_seasons.season_year AS season_year,
    season_teams.team AS team,
    TRUE AS is_certain
  FROM target_seasons
  JOIN season_teams ON season_teams.next_season_year = target_seasons.season_year
  UNION ALL
  SELECT game_date, season_year, team, TRUE AS is_certain
  FROM team_fixtures
),
events AS (
  SELECT game_date, season_year, team, TRUE AS is_target, LOGICAL_OR(is_certain) AS is_certain, 0 AS games
  FROM candidates
  GROUP BY game_date, season_year, team
  UNION ALL
  SELECT game_date, season_year, team, FALSE AS is_target, FALSE AS is_certain, 1 AS games
  FROM team_results
),
counted AS (
  SELECT
    game_date,
    season_year,
    team,
    is_target,
    is_certain,
    SUM(games) OVER (
      PARTITION BY season_year, team
      ORDER BY UNIX_DATE(game_date)
      RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS games_before
  FROM events
)
SELECT game_date, season_year, team, CAST(COALESCE(games_before, 0) AS INT64) AS games_before
FROM counted
WHERE is_target AND (is_certain OR games_before > 0)
