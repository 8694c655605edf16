import type { Table } from "../tables.ts";

/**
 * The player behind each name of a source that gives no ids: an alias of the user's, else the one player known by that
 * name before the date of the row, from `players` or from box scores that have ids themselves. Nothing, or more than
 * one: the name itself, never a guess. Where two names at one key mean the same player, or his id is there already,
 * the first name in the alphabet has him.
 */
export function playerNames({ id, key, partitionBy }: Table): string {
  const others = key.filter((column) => column !== "player_id");
  const of = (alias: string, columns: readonly string[]) =>
    columns.map((column) => `${alias}.${column} AS ${column}`).join(", ");
  const keys = key.join(", ");
  return `WITH people AS (
  SELECT normalised_name(player_name) AS name, player_id, DATE '0001-01-01' AS first_date
  FROM nba_raw.players
  WHERE player_name IS NOT NULL
  UNION ALL
  SELECT normalised_name(player_name) AS name, player_id, MIN(game_date) AS first_date
  FROM nba_raw.player_boxscores
  WHERE player_name IS NOT NULL AND NOT from_name
  GROUP BY name, player_id
),
named AS (
  SELECT ${keys}, ${partitionBy} AS as_of, normalised_name(player_name) AS name
  FROM ${id}
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
    ${of("named", key)},
    named.name AS name,
    COALESCE(aliases.player_id, answered.player_id) AS resolved_id
  FROM named
  LEFT JOIN nba_raw.player_aliases AS aliases ON aliases.alias = named.name
  LEFT JOIN answered ON answered.name = named.name AND answered.as_of = named.as_of
),
given AS (
  SELECT ${keys} FROM ${id} WHERE NOT from_name
),
placed AS (
  SELECT
    ${of("resolved", key)},
    resolved.name AS name,
    resolved.resolved_id AS resolved_id,
    given.player_id AS given_id,
    ROW_NUMBER() OVER (
      PARTITION BY ${others.map((column) => `resolved.${column}`).join(", ")}, resolved.resolved_id ORDER BY resolved.name
    ) AS place
  FROM resolved
  LEFT JOIN given
    ON given.player_id = resolved.resolved_id
    AND ${others.map((column) => `given.${column} = resolved.${column}`).join(" AND ")}
),
decided AS (
  SELECT
    ${keys},
    CASE
      WHEN resolved_id IS NOT NULL AND given_id IS NULL AND place = 1 THEN resolved_id
      ELSE 'name:' || name
    END AS new_player_id
  FROM placed
)
SELECT ${keys}, new_player_id
FROM decided
WHERE player_id <> new_player_id`;
}
