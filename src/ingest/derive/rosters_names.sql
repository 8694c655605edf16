-- The player behind each name of a source that gives no ids: an alias of the user's, else the one player known by that
-- name before the date of the roster. Nothing, or more than one: the name itself, never a guess. Where two names of one
-- roster mean the same player, or his id is there already, the first name in the alphabet has him.
WITH people AS (
  SELECT normalised_name(player_name) AS name, player_id, DATE '0001-01-01' AS first_date
  FROM nba_raw.players
  WHERE player_name IS NOT NULL
  UNION ALL
  SELECT normalised_name(player_name) AS name, player_id, MIN(game_date) AS first_date
  FROM nba_raw.player_boxscores
  WHERE player_name IS NOT NULL
  GROUP BY name, player_id
),
named AS (
  SELECT team, player_id, as_of_at, as_of_date AS as_of, normalised_name(player_name) AS name
  FROM nba_raw.rosters
  WHERE from_name
),
asked AS (
  SELECT DISTINCT name, as_of FROM named
),
answered AS (
  SELECT asked.name AS name, asked.as_of AS as_of, MIN(people.player_id) AS player_id
  FROM asked
  JOIN people ON people.name = asked.name
  WHERE people.first_date < asked.as_of
  GROUP BY asked.name, asked.as_of
  HAVING COUNT(DISTINCT people.player_id) = 1
),
resolved AS (
  SELECT
    named.team AS team, named.player_id AS player_id, named.as_of_at AS as_of_at,
    named.name AS name,
    COALESCE(aliases.player_id, answered.player_id) AS resolved_id
  FROM named
  LEFT JOIN nba_raw.player_aliases AS aliases ON aliases.alias = named.name
  LEFT JOIN answered ON answered.name = named.name AND answered.as_of = named.as_of
),
given AS (
  SELECT team, player_id, as_of_at FROM nba_raw.rosters WHERE NOT from_name
),
placed AS (
  SELECT
    resolved.team AS team, resolved.player_id AS player_id, resolved.as_of_at AS as_of_at,
    resolved.name AS name,
    resolved.resolved_id AS resolved_id,
    given.player_id AS given_id,
    ROW_NUMBER() OVER (PARTITION BY resolved.team, resolved.as_of_at, resolved.resolved_id ORDER BY resolved.name) AS place
  FROM resolved
  LEFT JOIN given ON given.player_id = resolved.resolved_id AND given.team = resolved.team AND given.as_of_at = resolved.as_of_at
),
decided AS (
  SELECT
    team, player_id, as_of_at,
    CASE
      WHEN resolved_id IS NOT NULL AND given_id IS NULL AND place = 1 THEN resolved_id
      ELSE 'name:' || name
    END AS new_player_id
  FROM placed
)
SELECT team, player_id, as_of_at, new_player_id
FROM decided
WHERE player_id <> new_player_id
