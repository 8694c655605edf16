-- Name and age of each rostered player. Where players has no name it is that of the latest listing before the date, of
-- this season and the one before, that has one.
WITH names AS (
  SELECT
    season_year,
    player_id,
    game_date,
    LAST_VALUE(player_name IGNORE NULLS) OVER (
      PARTITION BY season_year, player_id ORDER BY game_date, game_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS player_name
  FROM player_names
  QUALIFY ROW_NUMBER() OVER (PARTITION BY season_year, player_id, game_date ORDER BY game_id DESC) = 1
),
last_season_names AS (
  SELECT season_year + 1 AS season_year, player_id, player_name
  FROM names
  QUALIFY ROW_NUMBER() OVER (PARTITION BY season_year, player_id ORDER BY game_date DESC) = 1
),
born AS (
  SELECT
    player_id,
    player_name,
    EXTRACT(YEAR FROM birth_date) AS birth_year,
    100 * EXTRACT(MONTH FROM birth_date) + EXTRACT(DAY FROM birth_date) AS birthday
  FROM people
)
SELECT
  rostered_players.game_id AS game_id,
  rostered_players.player_id AS player_id,
  COALESCE(born.player_name, names.player_name, last_season_names.player_name) AS player_name,
  CAST(
    EXTRACT(YEAR FROM rostered_players.game_date) - born.birth_year
    - IF(
      100 * EXTRACT(MONTH FROM rostered_players.game_date) + EXTRACT(DAY FROM rostered_players.game_date)
        < born.birthday,
      1,
      0
    ) AS INT64
  ) AS age_years
FROM rostered_players
LEFT JOIN born ON born.player_id = rostered_players.player_id
LEFT JOIN latest_listings
  ON latest_listings.game_date = rostered_players.game_date
  AND latest_listings.player_id = rostered_players.player_id
LEFT JOIN names
  ON names.season_year = latest_listings.season_year
  AND names.player_id = latest_listings.player_id
  AND names.game_date = latest_listings.listing_date
LEFT JOIN last_season_names
  ON last_season_names.season_year = rostered_players.season_year
  AND last_season_names.player_id = rostered_players.player_id
