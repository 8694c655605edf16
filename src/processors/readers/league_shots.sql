-- The league's shooting by zone before each target date, a row per date: percentage and share of attempts over this
-- season's games before it and the regular season before, which weighs baseline_games team-games, with the constants
-- of the players' estimates beside them.
WITH shots AS (
  SELECT
    season_year,
    season_type,
    game_date,
    shrinkage.estimate AS shot_zone,
    CASE shrinkage.estimate WHEN 'paint' THEN paint_fga WHEN 'mid_range' THEN mid_range_fga ELSE three_fga END AS fga,
    CASE shrinkage.estimate WHEN 'paint' THEN paint_fgm WHEN 'mid_range' THEN mid_range_fgm ELSE three_fgm END AS fgm,
    paint_fga + mid_range_fga + three_fga AS all_fga
  FROM (
    SELECT
      season_year,
      season_type,
      game_date,
      'player_zone_pct' AS family,
      SUM(paint_fga) AS paint_fga,
      SUM(paint_fgm) AS paint_fgm,
      SUM(mid_range_fga) AS mid_range_fga,
      SUM(mid_range_fgm) AS mid_range_fgm,
      SUM(three_fga) AS three_fga,
      SUM(three_fgm) AS three_fgm
    FROM zone_attempts
    GROUP BY season_year, season_type, game_date
  ) AS days
  JOIN shrinkage ON shrinkage.family = days.family
),
last_season_games AS (
  SELECT season_year, COUNT(*) AS games
  FROM (
    SELECT season_year, game_id, team
    FROM zone_attempts
    WHERE season_type = 'regular' AND paint_fga IS NOT NULL
    GROUP BY season_year, game_id, team
  ) AS team_games
  GROUP BY season_year
),
last_season AS (
  SELECT
    shots.season_year + 1 AS season_year,
    shots.shot_zone AS shot_zone,
    MAX(last_season_games.games) AS games,
    SUM(shots.fga) AS fga,
    SUM(shots.fgm) AS fgm,
    SUM(shots.all_fga) AS all_fga
  FROM shots
  JOIN last_season_games ON last_season_games.season_year = shots.season_year
  WHERE shots.season_type = 'regular'
  GROUP BY shots.season_year, shots.shot_zone
),
events AS (
  SELECT season_year, game_date, shot_zone, FALSE AS is_target, fga, fgm, all_fga
  FROM shots
  UNION ALL
  SELECT
    target_seasons.season_year,
    target_seasons.game_date,
    shrinkage.estimate AS shot_zone,
    TRUE AS is_target,
    0 AS fga,
    0 AS fgm,
    0 AS all_fga
  FROM (SELECT season_year, game_date, 'player_zone_pct' AS family FROM target_seasons) AS target_seasons
  JOIN shrinkage ON shrinkage.family = target_seasons.family
),
so_far AS (
  SELECT
    season_year,
    game_date,
    shot_zone,
    is_target,
    SUM(fga) OVER before_date AS fga,
    SUM(fgm) OVER before_date AS fgm,
    SUM(all_fga) OVER before_date AS all_fga
  FROM events
  WINDOW before_date AS (
    PARTITION BY season_year, shot_zone ORDER BY UNIX_DATE(game_date)
    RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
weighted AS (
  SELECT
    so_far.game_date AS game_date,
    so_far.shot_zone AS shot_zone,
    percentages.k AS pct_k,
    percentages.j AS pct_j,
    shares.k AS share_k,
    shares.k_new AS share_k_new,
    shares.j AS share_j,
    COALESCE(so_far.fga, 0)
      + COALESCE(SAFE_DIVIDE(shares.baseline_games, last_season.games) * last_season.fga, 0e0) AS fga,
    COALESCE(so_far.fgm, 0)
      + COALESCE(SAFE_DIVIDE(shares.baseline_games, last_season.games) * last_season.fgm, 0e0) AS fgm,
    COALESCE(so_far.all_fga, 0)
      + COALESCE(SAFE_DIVIDE(shares.baseline_games, last_season.games) * last_season.all_fga, 0e0) AS all_fga
  FROM so_far
  JOIN shrinkage AS percentages
    ON percentages.estimate = so_far.shot_zone AND percentages.family = 'player_zone_pct'
  JOIN shrinkage AS shares ON shares.estimate = so_far.shot_zone AND shares.family = 'player_zone_share'
  LEFT JOIN last_season
    ON last_season.season_year = so_far.season_year AND last_season.shot_zone = so_far.shot_zone
  WHERE so_far.is_target
)
SELECT
  game_date,
  MAX(CASE WHEN shot_zone = 'paint' THEN SAFE_DIVIDE(fgm, fga) END) AS paint_pct,
  MAX(CASE WHEN shot_zone = 'mid_range' THEN SAFE_DIVIDE(fgm, fga) END) AS mid_range_pct,
  MAX(CASE WHEN shot_zone = 'three' THEN SAFE_DIVIDE(fgm, fga) END) AS three_pct,
  MAX(CASE WHEN shot_zone = 'paint' THEN SAFE_DIVIDE(fga, all_fga) END) AS paint_share,
  MAX(CASE WHEN shot_zone = 'mid_range' THEN SAFE_DIVIDE(fga, all_fga) END) AS mid_range_share,
  MAX(CASE WHEN shot_zone = 'three' THEN SAFE_DIVIDE(fga, all_fga) END) AS three_share,
  MAX(CASE WHEN shot_zone = 'paint' THEN pct_k END) AS paint_k,
  MAX(CASE WHEN shot_zone = 'mid_range' THEN pct_k END) AS mid_range_k,
  MAX(CASE WHEN shot_zone = 'three' THEN pct_k END) AS three_k,
  MAX(CASE WHEN shot_zone = 'paint' THEN pct_j END) AS paint_j,
  MAX(CASE WHEN shot_zone = 'mid_range' THEN pct_j END) AS mid_range_j,
  MAX(CASE WHEN shot_zone = 'three' THEN pct_j END) AS three_j,
  MAX(share_k) AS share_k,
  MAX(share_k_new) AS share_k_new,
  MAX(share_j) AS share_j
FROM weighted
GROUP BY game_date
