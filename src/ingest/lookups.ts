import type { Warehouse } from "../warehouse/warehouse.ts";
import { literal } from "./expression.ts";
import { TEAMS } from "./teams.ts";

/** `team_names`: tricodes, NBA team ids and names as text of our normal form, to tricodes. */
export async function createTeamNames(warehouse: Warehouse): Promise<void> {
  const names = TEAMS.flatMap((team) =>
    team.names.map((name) => `(${literal(name)}, ${literal(team.tricode)})`),
  );
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE team_names AS
     SELECT normalised_name(name) AS name, team FROM (VALUES ${names.join(", ")}) AS listed(name, team)`,
  );
}

/** `arena_names`: every name of every arena, those being loaded included; a name of two arenas is nobody's. */
export async function createArenaNames(warehouse: Warehouse): Promise<void> {
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE arena_names AS
     WITH arenas AS (
       SELECT arena_id, name, aliases FROM nba_raw.arenas
       UNION SELECT arena_id, name, aliases FROM staged_arenas WHERE problem IS NULL
     ),
     names AS (
       SELECT arena_id, name FROM arenas
       UNION SELECT arena_id, arena_id FROM arenas
       UNION SELECT arena_id, UNNEST(string_split(aliases, '|')) FROM arenas WHERE aliases IS NOT NULL
     )
     SELECT normalised_name(name) AS name, MIN(arena_id) AS arena_id
     FROM names GROUP BY 1 HAVING COUNT(DISTINCT arena_id) = 1`,
  );
}

/** `known_games` and `games_by_teams`: the schedule as it will be once this ingest is through. */
export async function createKnownGames(warehouse: Warehouse): Promise<void> {
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE known_games AS
     WITH coming AS (
       SELECT game_id, game_date, home_team, away_team, file_number FROM staged_schedule WHERE problem IS NULL
       QUALIFY ROW_NUMBER() OVER (PARTITION BY game_id ORDER BY file_number DESC, source_row DESC) = 1
     ),
     games AS (
       SELECT game_id, game_date, home_team, away_team FROM coming
       WHERE file_number > 0 OR game_id NOT IN (SELECT game_id FROM nba_raw.schedule)
       UNION ALL
       SELECT game_id, game_date, home_team, away_team FROM nba_raw.schedule
       WHERE game_id NOT IN (SELECT game_id FROM coming WHERE file_number > 0)
     )
     SELECT game_id, game_date,
       CASE WHEN home_team < away_team THEN home_team ELSE away_team END AS first_team,
       CASE WHEN home_team < away_team THEN away_team ELSE home_team END AS second_team
     FROM games`,
  );
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE games_by_teams AS
     SELECT game_date, first_team, second_team, MIN(game_id) AS game_id FROM known_games
     GROUP BY game_date, first_team, second_team HAVING COUNT(*) = 1`,
  );
}
