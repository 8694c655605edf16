-- The last listing of every player in a season, under the year of the season that follows, and whether it would make
-- him a member of that team at the next season's start: it lies in the team's last 10 listed games, or he had played
-- 12 minutes a game.
WITH seasons AS (
  SELECT season_year, player_id, COUNTIF(played) AS games, SUM(seconds) AS seconds
  FROM player_listings
  GROUP BY season_year, player_id
),
team_seasons AS (
  SELECT season_year, team, COUNT(*) AS listed_games
  FROM (SELECT season_year, team, game_id FROM player_listings GROUP BY season_year, team, game_id) AS games
  GROUP BY season_year, team
),
last_listings AS (
  SELECT season_year, player_id, team, game_date, team_games_before
  FROM numbered_listings
  QUALIFY ROW_NUMBER() OVER (PARTITION BY season_year, player_id ORDER BY listing_index DESC) = 1
)
SELECT
  last_listings.season_year + 1 AS season_year,
  last_listings.player_id AS player_id,
  last_listings.team AS team,
  last_listings.game_date AS listing_date,
  team_seasons.listed_games - last_listings.team_games_before <= 10
    OR (seasons.games > 0 AND seasons.seconds >= 720 * seasons.games) AS is_member
FROM last_listings
JOIN seasons
  ON seasons.season_year = last_listings.season_year AND seasons.player_id = last_listings.player_id
JOIN team_seasons
  ON team_seasons.season_year = last_listings.season_year AND team_seasons.team = last_listings.team
