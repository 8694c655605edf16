-- Every team on every game date of a season: how many of its final games came before the date and up to it, how many
-- of those have player summaries (found), and how many of the last 7 and 14 days lack them. Two such rows give the
-- games between any two dates without a join on an inequality.
WITH dates AS (
  SELECT season_year, game_date FROM target_seasons
  UNION DISTINCT
  SELECT season_year, game_date FROM team_results
  UNION DISTINCT
  SELECT season_year, game_date FROM player_listings
),
teams AS (
  SELECT season_year, team FROM team_fixtures
  UNION DISTINCT
  SELECT season_year, team FROM team_results
  UNION DISTINCT
  SELECT season_year, team FROM player_listings
  UNION DISTINCT
  SELECT season_year + 1 AS season_year, team FROM player_listings
),
listed_games AS (
  SELECT game_id, season_year, game_date, team
  FROM player_listings
  GROUP BY game_id, season_year, game_date, team
),
listed AS (
  SELECT season_year, game_date, team, COUNT(*) AS games
  FROM listed_games
  GROUP BY season_year, game_date, team
),
finals_of_day AS (
  SELECT
    team_results.season_year AS season_year,
    team_results.game_date AS game_date,
    team_results.team AS team,
    COUNT(*) AS games,
    COUNT(listed_games.game_id) AS found
  FROM team_results
  LEFT JOIN listed_games ON listed_games.game_id = team_results.game_id AND listed_games.team = team_results.team
  GROUP BY team_results.season_year, team_results.game_date, team_results.team
),
days AS (
  SELECT
    dates.season_year AS season_year,
    dates.game_date AS game_date,
    teams.team AS team,
    COALESCE(listed.games, 0) AS listed_games,
    COALESCE(finals_of_day.games, 0) AS finals,
    COALESCE(finals_of_day.found, 0) AS found
  FROM dates
  JOIN teams ON teams.season_year = dates.season_year
  LEFT JOIN listed
    ON listed.season_year = dates.season_year AND listed.game_date = dates.game_date AND listed.team = teams.team
  LEFT JOIN finals_of_day
    ON finals_of_day.season_year = dates.season_year
    AND finals_of_day.game_date = dates.game_date
    AND finals_of_day.team = teams.team
),
counted AS (
  SELECT
    season_year,
    game_date,
    team,
    finals,
    found,
    SUM(listed_games) OVER before_date AS listed_games_before,
    SUM(finals) OVER before_date AS finals_before,
    SUM(found) OVER before_date AS found_before,
    SUM(finals - found) OVER (
      PARTITION BY season_year, team ORDER BY UNIX_DATE(game_date) RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING
    ) AS holes_last_7,
    SUM(finals - found) OVER (
      PARTITION BY season_year, team ORDER BY UNIX_DATE(game_date) RANGE BETWEEN 14 PRECEDING AND 1 PRECEDING
    ) AS holes_last_14
  FROM days
  WINDOW before_date AS (
    PARTITION BY season_year, team ORDER BY UNIX_DATE(game_date)
    RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
)
SELECT
  season_year,
  game_date,
  team,
  CAST(COALESCE(listed_games_before, 0) AS INT64) AS listed_games_before,
  CAST(COALESCE(finals_before, 0) AS INT64) AS finals_before,
  CAST(COALESCE(found_before, 0) AS INT64) AS found_before,
  CAST(COALESCE(finals_before, 0) + finals AS INT64) AS finals_through,
  CAST(COALESCE(found_before, 0) + found AS INT64) AS found_through,
  CAST(COALESCE(holes_last_7, 0) AS INT64) AS holes_last_7,
  CAST(COALESCE(holes_last_14, 0) AS INT64) AS holes_last_14
FROM counted
