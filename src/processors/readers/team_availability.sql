-- Who is missing for each team's fixture, where the injury reports are known. Out is out or doubtful; a player with the
-- G League team is no loss. In the rotation: a season mean of at least 15 minutes over at least 5 played games.
WITH reported AS (
  SELECT
    player_injuries.game_date AS game_date,
    player_injuries.team AS team,
    player_injuries.status IN ('out', 'doubtful') AS is_out,
    player_injuries.status = 'questionable' AS is_questionable,
    CASE
      WHEN player_season_before.games >= 5 AND player_season_before.seconds >= 900 * player_season_before.games
        THEN CAST(FLOOR(SAFE_DIVIDE(player_season_before.seconds, player_season_before.games) + 0.5e0) AS INT64)
    END AS rotation_seconds
  FROM player_injuries
  LEFT JOIN player_season_before
    ON player_season_before.game_date = player_injuries.game_date
    AND player_season_before.player_id = player_injuries.player_id
  WHERE player_injuries.reason_category IS DISTINCT FROM 'g_league'
),
missing AS (
  SELECT
    game_date,
    team,
    COUNTIF(is_out) AS players_out,
    COUNTIF(is_questionable) AS players_questionable,
    COUNTIF(is_out AND rotation_seconds IS NOT NULL) AS rotation_players_out,
    SUM(CASE WHEN is_out THEN rotation_seconds END) AS rotation_seconds_out
  FROM reported
  GROUP BY game_date, team
)
SELECT
  team_injury_reports.game_date AS game_date,
  team_injury_reports.team AS team,
  team_injury_reports.injuries_known AS injuries_known,
  CASE WHEN team_injury_reports.injuries_known THEN CAST(COALESCE(missing.players_out, 0) AS INT64) END AS players_out,
  CASE WHEN team_injury_reports.injuries_known THEN CAST(COALESCE(missing.players_questionable, 0) AS INT64) END
    AS players_questionable,
  CASE WHEN team_injury_reports.injuries_known THEN CAST(COALESCE(missing.rotation_players_out, 0) AS INT64) END
    AS rotation_players_out,
  CASE WHEN team_injury_reports.injuries_known THEN CAST(COALESCE(missing.rotation_seconds_out, 0) AS INT64) END
    AS rotation_seconds_out
FROM team_injury_reports
LEFT JOIN missing
  ON missing.game_date = team_injury_reports.game_date AND missing.team = team_injury_reports.team
