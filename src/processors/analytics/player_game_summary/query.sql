WITH boxes AS (
  SELECT
    player_boxes.game_id AS game_id,
    player_boxes.player_id AS player_id,
    player_boxes.team AS team,
    player_boxes.player_name AS player_name,
    player_boxes.starter AS starter,
    player_boxes.status AS status,
    player_boxes.dnp_reason AS dnp_reason,
    player_boxes.lists_nonplayers AS lists_nonplayers,
    player_boxes.status = 'active' AND (
      player_boxes.seconds > 0
      OR COALESCE(fgm, 0) + COALESCE(fga, 0) + COALESCE(fg3m, 0) + COALESCE(fg3a, 0) + COALESCE(ftm, 0)
        + COALESCE(fta, 0) + COALESCE(oreb, 0) + COALESCE(dreb, 0) + COALESCE(ast, 0) + COALESCE(stl, 0)
        + COALESCE(blk, 0) + COALESCE(tov, 0) + COALESCE(pf, 0) + COALESCE(pts, 0) > 0
    ) AS played,
    player_boxes.seconds AS seconds,
    fgm, fga, fg3m, fg3a, ftm, fta, oreb, dreb, ast, stl, blk, tov, pf, pts, plus_minus
  FROM player_boxes
  JOIN complete_boxes ON complete_boxes.game_id = player_boxes.game_id
  WHERE complete_boxes.problem IS NULL
),
-- Someone who did not play has no line of statistics, whatever zeros the source serves.
lines_of_players AS (
  SELECT
    game_id, player_id, team, player_name, starter, status, dnp_reason, lists_nonplayers, played,
    IF(played, seconds, 0) AS seconds,
    IF(played, fgm, NULL) AS fgm,
    IF(played, fga, NULL) AS fga,
    IF(played, fg3m, NULL) AS fg3m,
    IF(played, fg3a, NULL) AS fg3a,
    IF(played, ftm, NULL) AS ftm,
    IF(played, fta, NULL) AS fta,
    IF(played, oreb, NULL) AS oreb,
    IF(played, dreb, NULL) AS dreb,
    IF(played, oreb + dreb, NULL) AS reb,
    IF(played, ast, NULL) AS ast,
    IF(played, stl, NULL) AS stl,
    IF(played, blk, NULL) AS blk,
    IF(played, tov, NULL) AS tov,
    IF(played, pf, NULL) AS pf,
    IF(played, pts, NULL) AS pts,
    IF(played, plus_minus, NULL) AS plus_minus,
    IF(played, 100 * fga + 44 * fta + 100 * tov, NULL) AS used
  FROM boxes
),
used_by_team AS (
  SELECT game_id, team, CAST(SUM(used) AS INT64) AS team_used
  FROM lines_of_players
  GROUP BY game_id, team
),
books AS (
  SELECT
    game_id,
    player_id,
    snapshot_kind,
    line,
    ROW_NUMBER() OVER (PARTITION BY game_id, player_id ORDER BY line, bookmaker) AS place,
    COUNT(*) OVER (PARTITION BY game_id, player_id) AS book_count,
    COUNTIF(snapshot_kind = 'timed') OVER (PARTITION BY game_id, player_id) AS timed_count
  FROM closing_props
),
consensus AS (
  SELECT
    game_id,
    player_id,
    line,
    CASE
      WHEN timed_count = book_count THEN 'timed'
      WHEN timed_count = 0 THEN 'closing_unknown_time'
      ELSE 'mixed'
    END AS line_source
  FROM books
  WHERE place = DIV(book_count + 1, 2)
),
joined AS (
  SELECT
    finals.game_id AS game_id,
    finals.game_date AS game_date,
    finals.season_year AS season_year,
    finals.season_type AS season_type,
    finals.opponent AS opponent,
    finals.is_home AS is_home,
    finals.site AS site,
    finals.score > finals.opponent_score AS win,
    lines_of_players.player_id AS player_id,
    lines_of_players.team AS team,
    player_name, starter, status, dnp_reason, lists_nonplayers, played,
    lines_of_players.seconds AS seconds,
    lines_of_players.fgm AS fgm,
    lines_of_players.fga AS fga,
    lines_of_players.fg3m AS fg3m,
    lines_of_players.fg3a AS fg3a,
    lines_of_players.ftm AS ftm,
    lines_of_players.fta AS fta,
    lines_of_players.oreb AS oreb,
    lines_of_players.dreb AS dreb,
    lines_of_players.reb AS reb,
    lines_of_players.ast AS ast,
    lines_of_players.stl AS stl,
    lines_of_players.blk AS blk,
    lines_of_players.tov AS tov,
    lines_of_players.pf AS pf,
    lines_of_players.pts AS pts,
    lines_of_players.plus_minus AS plus_minus,
    lines_of_players.used AS used,
    used_by_team.team_used AS team_used,
    team_boxes.minutes * 60 AS team_seconds,
    DIV(team_boxes.minutes - 240, 25) AS overtime_periods,
    zone_games.zones_missing_reason AS zones_missing_reason,
    zone_games.zone_method AS zone_method,
    played AND zone_games.zones_missing_reason IS NULL AS has_zones,
    zone_games.has_assists AS has_assists,
    COALESCE(shots_by_player.paint_fga, 0) AS paint_fga,
    COALESCE(shots_by_player.paint_fgm, 0) AS paint_fgm,
    COALESCE(shots_by_player.mid_range_fga, 0) AS mid_range_fga,
    COALESCE(shots_by_player.mid_range_fgm, 0) AS mid_range_fgm,
    COALESCE(shots_by_player.three_fga, 0) AS three_fga,
    COALESCE(shots_by_player.three_fgm, 0) AS three_fgm,
    COALESCE(shots_by_player.assisted_fgm, 0) AS assisted_fgm,
    COALESCE(shots_by_player.unassisted_fgm, 0) AS unassisted_fgm,
    consensus.line AS points_line,
    consensus.line_source AS points_line_source
  FROM lines_of_players
  JOIN finals ON finals.game_id = lines_of_players.game_id AND finals.team = lines_of_players.team
  JOIN used_by_team
    ON used_by_team.game_id = lines_of_players.game_id AND used_by_team.team = lines_of_players.team
  JOIN zone_games ON zone_games.game_id = lines_of_players.game_id
  LEFT JOIN team_boxes
    ON team_boxes.game_id = lines_of_players.game_id AND team_boxes.team = lines_of_players.team
  LEFT JOIN shots_by_player
    ON shots_by_player.game_id = lines_of_players.game_id
    AND shots_by_player.player_id = lines_of_players.player_id
    AND shots_by_player.team = lines_of_players.team
  LEFT JOIN consensus
    ON consensus.game_id = lines_of_players.game_id AND consensus.player_id = lines_of_players.player_id
)
SELECT
  game_id,
  game_date,
  season_year,
  season_type,
  team,
  opponent,
  player_id,
  player_name,
  is_home,
  site,
  status,
  played,
  lists_nonplayers,
  dnp_reason,
  starter,
  win,
  overtime_periods,
  seconds,
  FLOOR(seconds / 60 * 1e9 + 0.5e0) / 1e9 AS minutes,
  fgm, fga, fg3m, fg3a, ftm, fta, oreb, dreb, reb, ast, stl, blk, tov, pf, pts, plus_minus,
  team_seconds,
  team_used,
  FLOOR(SAFE_DIVIDE(fgm + 0.5e0 * fg3m, fga) * 1e9 + 0.5e0) / 1e9 AS efg_pct,
  FLOOR(SAFE_DIVIDE(pts, 2 * (fga + 0.44e0 * fta)) * 1e9 + 0.5e0) / 1e9 AS ts_pct,
  IF(
    seconds >= 60,
    FLOOR(SAFE_DIVIDE(used * team_seconds, 5 * seconds * team_used) * 1e9 + 0.5e0) / 1e9,
    NULL
  ) AS usage_rate,
  IF(has_zones, paint_fga, NULL) AS paint_fga,
  IF(has_zones, paint_fgm, NULL) AS paint_fgm,
  IF(has_zones, mid_range_fga, NULL) AS mid_range_fga,
  IF(has_zones, mid_range_fgm, NULL) AS mid_range_fgm,
  IF(has_zones, three_fga, NULL) AS three_fga,
  IF(has_zones, three_fgm, NULL) AS three_fgm,
  IF(zones_missing_reason IS NULL, zone_method, NULL) AS zone_method,
  zones_missing_reason,
  IF(has_zones AND has_assists, assisted_fgm, NULL) AS assisted_fgm,
  IF(has_zones AND has_assists, unassisted_fgm, NULL) AS unassisted_fgm,
  points_line,
  points_line_source,
  CASE
    WHEN NOT played OR points_line IS NULL THEN NULL
    WHEN pts > points_line THEN 'over'
    WHEN pts < points_line THEN 'under'
    ELSE 'push'
  END AS over_under_result,
  IF(played, FLOOR((pts - points_line) * 1e9 + 0.5e0) / 1e9, NULL) AS points_margin
FROM joined
