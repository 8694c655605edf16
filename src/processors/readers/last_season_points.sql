-- Each player's points in the regular season before, under the year of the season that follows.
SELECT season_year + 1 AS season_year, player_id, COUNT(*) AS games, SUM(pts) AS points
FROM player_points
WHERE season_type = 'regular'
GROUP BY season_year, player_id
