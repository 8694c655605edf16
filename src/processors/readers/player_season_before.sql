-- What each player had been listed for and played this season before each target date: one row per target date and
-- player with a listing this season before it.
WITH first_listings AS (
  SELECT season_year, player_id, MIN(game_date) AS first_date
  FROM player_listings
  GROUP BY season_year, player_id
),
listings_and_targets AS (
  SELECT
    season_year,
    player_id,
    game_date,
    1 AS listings,
    IF(played, 1, 0) AS games,
    seconds,
    FALSE AS is_target
  FROM player_listings
  UNION ALL
  SELECT
    first_listings.season_year,
    first_listings.player_id,
    target_seasons.game_date,
    0 AS listings,
    0 AS games,
    0 AS seconds,
    TRUE AS is_target
  FROM first_listings
  JOIN target_seasons ON target_seasons.season_year = first_listings.season_year
  WHERE first_listings.first_date < target_seasons.game_date
),
counted AS (
  SELECT
    game_date,
    season_year,
    player_id,
    is_target,
    SUM(listings) OVER before_date AS listings,
    SUM(games) OVER before_date AS games,
    SUM(seconds) OVER before_date AS seconds
  FROM listings_and_targets
  WINDOW before_date AS (
    PARTITION BY season_year, player_id ORDER BY UNIX_DATE(game_date)
    RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
)
SELECT
  game_date,
  season_year,
  player_id,
  CAST(listings AS INT64) AS listings,
  CAST(games AS INT64) AS games,
  CAST(seconds AS INT64) AS seconds
FROM counted
WHERE is_target
