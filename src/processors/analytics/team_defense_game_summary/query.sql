SELECT
  games.game_id AS game_id,
  games.game_date AS game_date,
  games.season_year AS season_year,
  games.season_type AS season_type,
  games.team AS team,
  games.opponent AS opponent,
  games.site AS site,
  games.opponent_score AS points_allowed,
  games.minutes AS minutes,
  games.opponent_fgm AS opponent_fgm,
  games.opponent_fga AS opponent_fga,
  games.opponent_fg3m AS opponent_fg3m,
  games.opponent_fg3a AS opponent_fg3a,
  games.opponent_ftm AS opponent_ftm,
  games.opponent_fta AS opponent_fta,
  games.opponent_oreb AS opponent_oreb,
  games.opponent_dreb AS opponent_dreb,
  games.oreb AS oreb,
  games.dreb AS dreb,
  games.opponent_tov AS turnovers_forced,
  games.stl AS steals,
  games.blk AS blocks,
  IF(has_zones AND games.has_blocks, COALESCE(shots.paint_blocked, 0), NULL) AS paint_blocks,
  IF(has_zones AND games.has_blocks, COALESCE(shots.mid_range_blocked, 0), NULL) AS mid_range_blocks,
  IF(has_zones AND games.has_blocks, COALESCE(shots.three_blocked, 0), NULL) AS three_blocks,
  IF(has_zones, COALESCE(shots.paint_fga, 0), NULL) AS opponent_paint_fga,
  IF(has_zones, COALESCE(shots.paint_fgm, 0), NULL) AS opponent_paint_fgm,
  IF(has_zones, COALESCE(shots.mid_range_fga, 0), NULL) AS opponent_mid_range_fga,
  IF(has_zones, COALESCE(shots.mid_range_fgm, 0), NULL) AS opponent_mid_range_fgm,
  IF(has_zones, COALESCE(shots.three_fga, 0), NULL) AS opponent_three_fga,
  IF(has_zones, COALESCE(shots.three_fgm, 0), NULL) AS opponent_three_fgm,
  IF(has_zones, games.zone_method, NULL) AS zone_method,
  games.zones_missing_reason AS zones_missing_reason,
  CAST(FLOOR(games.possessions * 1e4 + 0.5e0) AS INT64) AS possessions_e4,
  CAST(FLOOR(games.possessions * 1e4 + 0.5e0) AS INT64) AS opponent_possessions_e4,
  FLOOR(SAFE_DIVIDE(240 * games.possessions, games.minutes) * 1e9 + 0.5e0) / 1e9 AS pace,
  FLOOR(SAFE_DIVIDE(100 * games.opponent_score, games.possessions) * 1e9 + 0.5e0) / 1e9 AS defensive_rating,
  FLOOR(SAFE_DIVIDE(games.dreb, games.dreb + games.opponent_oreb) * 1e9 + 0.5e0) / 1e9 AS dreb_rate,
  FLOOR(SAFE_DIVIDE(games.opponent_fgm + 0.5e0 * games.opponent_fg3m, games.opponent_fga) * 1e9 + 0.5e0) / 1e9
    AS opponent_efg_pct,
  FLOOR(SAFE_DIVIDE(games.opponent_score, 2 * (games.opponent_fga + 0.44e0 * games.opponent_fta)) * 1e9 + 0.5e0)
    / 1e9 AS opponent_ts_pct,
  FLOOR(SAFE_DIVIDE(games.opponent_fta, games.opponent_fga) * 1e9 + 0.5e0) / 1e9 AS opponent_ft_rate,
  FLOOR(SAFE_DIVIDE(games.opponent_tov, games.possessions) * 1e9 + 0.5e0) / 1e9 AS opponent_tov_rate,
  FLOOR(SAFE_DIVIDE(games.opponent_oreb, games.opponent_oreb + games.dreb) * 1e9 + 0.5e0) / 1e9
    AS opponent_oreb_rate
FROM (
  SELECT
    game_id, game_date, season_year, season_type, team, opponent, site, opponent_score, minutes, possessions,
    opponent_fgm, opponent_fga, opponent_fg3m, opponent_fg3a, opponent_ftm, opponent_fta, opponent_oreb,
    opponent_dreb, opponent_tov, oreb, dreb, stl, blk, has_blocks, zone_method, zones_missing_reason,
    zones_missing_reason IS NULL AS has_zones
  FROM team_games_of_date
) AS games
LEFT JOIN shots_by_team AS shots ON shots.game_id = games.game_id AND shots.team = games.opponent
