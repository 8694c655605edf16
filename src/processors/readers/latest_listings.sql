-- The latest listing this season before each target date of every player who has one, and whether it makes him a
-- member of that team: it lies in the team's last 10 listed games, or he has played 15 minutes a game.
SELECT
  player_season_before.game_date AS game_date,
  player_season_before.season_year AS season_year,
  player_season_before.player_id AS player_id,
  numbered_listings.team AS team,
  numbered_listings.game_date AS listing_date,
  team_days.listed_games_before - numbered_listings.team_games_before <= 10
    OR (
      player_season_before.games > 0
      AND player_season_before.seconds >= 900 * player_season_before.games
    ) AS is_member
FROM player_season_before
JOIN numbered_listings
  ON numbered_listings.season_year = player_season_before.season_year
  AND numbered_listings.player_id = player_season_before.player_id
  AND numbered_listings.listing_index = player_season_before.listings
LEFT JOIN team_days
  ON team_days.game_date = player_season_before.game_date
  AND team_days.season_year = player_season_before.season_year
  AND team_days.team = numbered_listings.team
