-- Every listing of a player, numbered within his season, with how many listed games his team had had before it.
SELECT
  player_listings.season_year AS season_year,
  player_listings.player_id AS player_id,
  player_listings.game_date AS game_date,
  player_listings.team AS team,
  team_days.listed_games_before AS team_games_before,
  ROW_NUMBER() OVER (
    PARTITION BY player_listings.season_year, player_listings.player_id
    ORDER BY player_listings.game_date, player_listings.game_id
  ) AS listing_index
FROM player_listings
JOIN team_days
  ON team_days.season_year = player_listings.season_year
  AND team_days.game_date = player_listings.game_date
  AND team_days.team = player_listings.team
