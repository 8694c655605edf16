-- What each rostered player did in his team's games of this season before the date: games he played for it, the last
-- of its finals that he played in, and among its last 10 listed games those in which he did not play, of those whose
-- source lists players who do not.
WITH listings AS (
  SELECT
    player_games.season_year AS season_year,
    player_games.team AS team,
    player_games.player_id AS player_id,
    team_days.listed_games_before + 1 AS team_game,
    IF(player_games.played, 1, 0) AS games,
    IF(player_games.played, team_days.finals_through, NULL) AS played_final,
    IF(player_games.lists_nonplayers AND NOT player_games.played, 1, 0) AS games_not_played
  FROM player_games
  JOIN team_days
    ON team_days.season_year = player_games.season_year
    AND team_days.game_date = player_games.game_date
    AND team_days.team = player_games.team
),
team_games AS (
  SELECT season_year, team, team_game, MAX(lists_nonplayers) AS lists_nonplayers
  FROM (
    SELECT
      player_games.season_year AS season_year,
      player_games.team AS team,
      team_days.listed_games_before + 1 AS team_game,
      IF(player_games.lists_nonplayers, 1, 0) AS lists_nonplayers
    FROM player_games
    JOIN team_days
      ON team_days.season_year = player_games.season_year
      AND team_days.game_date = player_games.game_date
      AND team_days.team = player_games.team
  ) AS flagged
  GROUP BY season_year, team, team_game
),
listing_games AS (
  SELECT
    season_year,
    team,
    team_game,
    SUM(lists_nonplayers) OVER (
      PARTITION BY season_year, team ORDER BY team_game ROWS BETWEEN 9 PRECEDING AND CURRENT ROW
    ) AS last_10
  FROM team_games
),
events AS (
  SELECT
    season_year, team, player_id, CAST(NULL AS STRING) AS game_id, team_game, games, played_final, games_not_played
  FROM listings
  UNION ALL
  SELECT
    rostered_players.season_year,
    rostered_players.team,
    rostered_players.player_id,
    rostered_players.game_id,
    team_days.listed_games_before AS team_game,
    0 AS games,
    NULL AS played_final,
    0 AS games_not_played
  FROM rostered_players
  JOIN team_days
    ON team_days.season_year = rostered_players.season_year
    AND team_days.game_date = rostered_players.game_date
    AND team_days.team = rostered_players.team
),
-- A target row stands at the number of the team's last listed game before the date, so its frames end there.
counted AS (
  SELECT
    season_year,
    team,
    player_id,
    game_id,
    team_game,
    SUM(games) OVER so_far AS games,
    MAX(played_final) OVER so_far AS played_final,
    SUM(games_not_played) OVER (
      PARTITION BY season_year, team, player_id ORDER BY team_game RANGE BETWEEN 9 PRECEDING AND CURRENT ROW
    ) AS games_not_played
  FROM events
  WINDOW so_far AS (
    PARTITION BY season_year, team, player_id ORDER BY team_game
    RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  )
)
SELECT
  counted.game_id AS game_id,
  counted.player_id AS player_id,
  CAST(counted.games AS INT64) AS games_with_team,
  CAST(counted.played_final AS INT64) AS played_final,
  CAST(counted.games_not_played AS INT64) AS games_not_played,
  CAST(listing_games.last_10 AS INT64) AS listing_games
FROM counted
LEFT JOIN listing_games
  ON listing_games.season_year = counted.season_year
  AND listing_games.team = counted.team
  AND listing_games.team_game = counted.team_game
WHERE counted.game_id IS NOT NULL
