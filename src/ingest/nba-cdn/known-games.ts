import type { Reader, Row } from "../../warehouse/warehouse.ts";

/** A game of the warehouse's schedule, in our own layout. */
export type KnownGame = {
  readonly game_id: string;
  readonly season_year: number;
  readonly season_type: string;
  readonly game_date: string;
  readonly tipoff_at: string | null;
  readonly home_team: string;
  readonly away_team: string;
  readonly neutral_site: boolean;
  readonly status: string;
  readonly arena_id: string | null;
  readonly source: string;
  /** Final, with box scores and shots. */
  readonly whole: boolean;
};

/** The schedule held, by date. */
export function knownGames(warehouse: Reader): Promise<KnownGame[]> {
  return warehouse.read<KnownGame>(
    `SELECT game_id, season_year, season_type, CAST(game_date AS STRING) AS game_date,
       instant_key(tipoff_at) AS tipoff_at, home_team, away_team, neutral_site, status, arena_id, source,
       status = 'final'
         AND game_id IN (SELECT game_id FROM nba_raw.player_boxscores)
         AND game_id IN (SELECT game_id FROM nba_raw.team_boxscores)
         AND game_id IN (SELECT game_id FROM nba_raw.shot_coverage) AS whole
     FROM nba_raw.schedule ORDER BY game_date, game_id`,
  );
}

/** Its row in our own layout; an arena that nobody knows is named as its source names it. */
export function ownRowOf({ whole, arena_id, ...game }: KnownGame): Row {
  return { ...game, arena_id: arena_id?.replace(/^name:/, "") ?? null };
}
