-- What each team allowed from each zone before each target date, one row per target date, team and zone: sums over
-- those of its last 15 games of the season that have zones, the league's rates, and the shrunk percentage and share.
WITH games AS (
  SELECT
    team_results.season_year AS season_year,
    team_results.season_type AS season_type,
    team_results.game_date AS game_date,
    team_results.team AS team,
    team_results.game_index AS game_index,
    team_defense.opponent_paint_fga AS paint_fga,
    team_defense.opponent_paint_fgm AS paint_fgm,
    team_defense.opponent_mid_range_fga AS mid_range_fga,
    team_defense.opponent_mid_range_fgm AS mid_range_fgm,
    team_defense.opponent_three_fga AS three_fga,
    team_defense.opponent_three_fgm AS three_fgm,
    team_defense.opponent_paint_fga + team_defense.opponent_mid_range_fga + team_defense.opponent_three_fga AS all_fga
  FROM team_results
  LEFT JOIN team_defense
    ON team_defense.game_id = team_results.game_id
    AND team_defense.team = team_results.team
    AND team_defense.zone_method IN ('official', 'xy')
),
by_zone AS (
  SELECT
    'paint' AS shot_zone, season_year, season_type, game_date, team, game_index,
    paint_fga AS fga, paint_fgm AS fgm, all_fga
  FROM games
  UNION ALL
  SELECT
    'mid_range' AS shot_zone, season_year, season_type, game_date, team, game_index,
    mid_range_fga AS fga, mid_range_fgm AS fgm, all_fga
  FROM games
  UNION ALL
  SELECT
    'three' AS shot_zone, season_year, season_type, game_date, team, game_index,
    three_fga AS fga, three_fgm AS fgm, all_fga
  FROM games
),
windows AS (
  SELECT
    shot_zone,
    season_year,
    team,
    game_index,
    COUNT(fga) OVER last_15 AS games,
    SUM(fga) OVER last_15 AS fga,
    SUM(fgm) OVER last_15 AS fgm,
    SUM(all_fga) OVER last_15 AS all_fga
  FROM by_zone
  WINDOW last_15 AS (
    PARTITION BY shot_zone, season_year, team
    ORDER BY game_index
    ROWS BETWEEN 14 PRECEDING AND CURRENT ROW
  )
),
previous AS (
  SELECT shot_zone, season_year + 1 AS season_year, team, SUM(fga) AS fga, SUM(fgm) AS fgm
  FROM by_zone
  WHERE season_type = 'regular'
  GROUP BY shot_zone, season_year, team
),
league_previous AS (
  SELECT
    shot_zone,
    season_year + 1 AS season_year,
    COUNT(fga) AS games,
    SUM(fga) AS fga,
    SUM(fgm) AS fgm,
    SUM(all_fga) AS all_fga
  FROM by_zone
  WHERE season_type = 'regular'
  GROUP BY shot_zone, season_year
),
targets AS (
  SELECT
    shrinkage.estimate AS shot_zone,
    target_seasons.game_date AS game_date,
    target_seasons.season_year AS season_year
  FROM (SELECT game_date, season_year, 'team_zone_pct' AS family FROM target_seasons) AS target_seasons
  JOIN shrinkage ON shrinkage.family = target_seasons.family
),
league_events AS (
  SELECT shot_zone, season_year, game_date, TRUE AS is_target, 0 AS fga, 0 AS fgm, 0 AS all_fga
  FROM targets
  UNION ALL
  SELECT
    shot_zone,
    season_year,
    game_date,
    FALSE AS is_target,
    SUM(fga) AS fga,
    SUM(fgm) AS fgm,
    SUM(all_fga) AS all_fga
  FROM by_zone
  GROUP BY shot_zone, season_year, game_date
),
league_before AS (
  SELECT
    shot_zone,
    season_year,
    game_date,
    is_target,
    SUM(fga) OVER before_date AS fga,
    SUM(fgm) OVER before_date AS fgm,
    SUM(all_fga) OVER before_date AS all_fga
  FROM league_events
  WINDOW before_date AS (
    PARTITION BY shot_zone, season_year
    ORDER BY UNIX_DATE(game_date)
    RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
weighed AS (
  SELECT
    league_before.shot_zone AS shot_zone,
    league_before.game_date AS game_date,
    pct.k AS pct_k,
    pct.j AS pct_j,
    shares.k AS share_k,
    COALESCE(league_before.fga, 0) + COALESCE(
      SAFE_DIVIDE(pct.baseline_games, league_previous.games) * league_previous.fga, 0e0
    ) AS fga,
    COALESCE(league_before.fgm, 0) + COALESCE(
      SAFE_DIVIDE(pct.baseline_games, league_previous.games) * league_previous.fgm, 0e0
    ) AS fgm,
    COALESCE(league_before.all_fga, 0) + COALESCE(
      SAFE_DIVIDE(pct.baseline_games, league_previous.games) * league_previous.all_fga, 0e0
    ) AS all_fga
  FROM league_before
  JOIN shrinkage AS pct ON pct.estimate = league_before.shot_zone
  JOIN shrinkage AS shares ON shares.estimate = league_before.shot_zone
  LEFT JOIN league_previous
    ON league_previous.shot_zone = league_before.shot_zone
    AND league_previous.season_year = league_before.season_year
  WHERE league_before.is_target AND pct.family = 'team_zone_pct' AND shares.family = 'team_zone_share'
),
league AS (
  SELECT
    shot_zone,
    game_date,
    pct_k,
    pct_j,
    share_k,
    SAFE_DIVIDE(fgm, fga) AS pct,
    SAFE_DIVIDE(fga, all_fga) AS attempt_share
  FROM weighed
)
-- Where the league has no rate, no team has a game with zones either: the estimates are unknown.
SELECT
  team_targets.game_date AS game_date,
  team_targets.team AS team,
  league.shot_zone AS shot_zone,
  COALESCE(windows.games, 0) AS games,
  windows.fga AS fga,
  windows.fgm AS fgm,
  windows.all_fga AS all_fga,
  league.pct AS league_pct,
  SAFE_DIVIDE(
    COALESCE(windows.fgm, 0) + league.pct_k * SAFE_DIVIDE(
      COALESCE(previous.fgm, 0) + league.pct_j * league.pct,
      COALESCE(previous.fga, 0) + league.pct_j
    ),
    COALESCE(windows.fga, 0) + league.pct_k
  ) AS pct_estimate,
  SAFE_DIVIDE(
    COALESCE(windows.fga, 0) + league.share_k * league.attempt_share,
    COALESCE(windows.all_fga, 0) + league.share_k
  ) AS share_estimate
FROM team_targets
JOIN league ON league.game_date = team_targets.game_date
LEFT JOIN windows
  ON windows.shot_zone = league.shot_zone
  AND windows.season_year = team_targets.season_year
  AND windows.team = team_targets.team
  AND windows.game_index = team_targets.games_before
LEFT JOIN previous
  ON previous.shot_zone = league.shot_zone
  AND previous.season_year = team_targets.season_year
  AND previous.team = team_targets.team
