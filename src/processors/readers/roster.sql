-- The team of each player before each target date, one row per date and player. A roster snapshot goes before the
-- latest injury or prop row, and that before the latest listing.
WITH new_teams AS (
  SELECT target_seasons.game_date AS game_date, target_seasons.season_year AS season_year, team_days.team AS team
  FROM target_seasons
  JOIN team_days
    ON team_days.game_date = target_seasons.game_date AND team_days.season_year = target_seasons.season_year
  WHERE team_days.listed_games_before < 5
),
claims AS (
  SELECT
    snapshot_members.game_date AS game_date,
    snapshot_members.player_id AS player_id,
    snapshot_members.team AS team,
    1 AS precedence,
    snapshot_members.as_of_at AS claimed_at,
    'snapshot' AS claimed_by
  FROM snapshot_members
  JOIN target_seasons ON target_seasons.game_date = snapshot_members.game_date
  LEFT JOIN latest_listings
    ON latest_listings.game_date = snapshot_members.game_date
    AND latest_listings.player_id = snapshot_members.player_id
  LEFT JOIN last_season_listings
    ON last_season_listings.season_year = target_seasons.season_year
    AND last_season_listings.player_id = snapshot_members.player_id
  WHERE COALESCE(
    snapshot_members.as_of_date > COALESCE(latest_listings.listing_date, last_season_listings.listing_date),
    TRUE
  )
  UNION ALL
  SELECT game_date, player_id, team, 2, reported_at, 'injury'
  FROM injuries
  WHERE status <> 'not_submitted'
  UNION ALL
  SELECT game_date, player_id, team, 2, named_at, 'prop'
  FROM named_in_props
  WHERE team IS NOT NULL
  UNION ALL
  -- A prop that names no team counts for the team of his latest listing, if that team plays in its game.
  SELECT named_in_props.game_date, named_in_props.player_id, team_fixtures.team, 2, named_in_props.named_at, 'prop'
  FROM named_in_props
  JOIN team_fixtures ON team_fixtures.game_id = named_in_props.game_id
  LEFT JOIN latest_listings
    ON latest_listings.game_date = named_in_props.game_date
    AND latest_listings.player_id = named_in_props.player_id
  LEFT JOIN last_season_listings
    ON last_season_listings.season_year = team_fixtures.season_year
    AND last_season_listings.player_id = named_in_props.player_id
  WHERE named_in_props.team IS NULL
    AND team_fixtures.team = COALESCE(latest_listings.team, last_season_listings.team)
  UNION ALL
  SELECT game_date, player_id, team, 3, CAST(NULL AS TIMESTAMP), 'listing'
  FROM latest_listings
  WHERE is_member
  UNION ALL
  SELECT
    new_teams.game_date,
    last_season_listings.player_id,
    last_season_listings.team,
    3,
    CAST(NULL AS TIMESTAMP),
    'listing'
  FROM last_season_listings
  JOIN new_teams
    ON new_teams.season_year = last_season_listings.season_year AND new_teams.team = last_season_listings.team
  LEFT JOIN latest_listings
    ON latest_listings.game_date = new_teams.game_date
    AND latest_listings.player_id = last_season_listings.player_id
  WHERE last_season_listings.is_member
    AND latest_listings.player_id IS NULL
)
SELECT
  claims.game_date AS game_date,
  target_seasons.season_year AS season_year,
  claims.team AS team,
  claims.player_id AS player_id
FROM claims
JOIN target_seasons ON target_seasons.game_date = claims.game_date
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY claims.game_date, claims.player_id
  ORDER BY claims.precedence, claims.claimed_at DESC, claims.claimed_by, claims.team
) = 1
