import type { Reader, Row } from "../../src/warehouse/warehouse.ts";
import type { Raw } from "./raw.ts";

const BOX = "fgm, fga, fg3m, fg3a, ftm, fta, oreb, dreb, ast, stl, blk, tov, pf, pts";

/** The raw rows of the games of a season and the one before it, and what belongs to no date. */
export async function loadRaw(reader: Reader, season: number): Promise<Raw> {
  const [span] = await reader.read<{ first: string | null; last: string | null }>(
    `SELECT MIN(game_date) AS first, MAX(game_date) AS last FROM nba_raw.schedule
     WHERE season_year BETWEEN @season - 1 AND @season`,
    { season },
  );
  // Roster snapshots are seen up to ten days before the first game.
  const bounds = { first: span?.first ?? "0001-01-01", last: span?.last ?? "0001-01-01" };
  const read = <T extends Row>(columns: string, table: string, date: string | null) =>
    reader.read<T>(
      date === null
        ? `SELECT ${columns} FROM ${table}`
        : `SELECT ${columns} FROM ${table} WHERE ${date} BETWEEN CAST(@first AS DATE) - 10 AND CAST(@last AS DATE)`,
      bounds,
    );
  return {
    schedule: await read(
      `game_id, season_year, season_type, game_date, asof_cutoff_at, home_team, away_team, neutral_site, status,
       home_score, away_score, arena_id`,
      "nba_raw.schedule",
      "game_date",
    ),
    player_boxscores: await read(
      `game_id, player_id, game_date, player_name, team, starter, status, dnp_reason, lists_nonplayers, seconds,
       plus_minus, ${BOX}`,
      "nba_raw.player_boxscores",
      "game_date",
    ),
    team_boxscores: await read(
      `game_id, team, game_date, minutes, team_fga, ${BOX}`,
      "nba_raw.team_boxscores",
      "game_date",
    ),
    shots: await read(
      "game_id, game_date, player_id, team, made, zone, zone_method, assist_player_id, block_player_id",
      "nba_raw.shots",
      "game_date",
    ),
    shot_coverage: await read(
      "game_id, game_date, has_assists, has_blocks",
      "nba_raw.shot_coverage",
      "game_date",
    ),
    game_lines: await read(
      "game_id, game_date, bookmaker, market, side, snapshot_key, snapshot_at, snapshot_kind, point, price",
      "nba_raw.game_lines",
      "game_date",
    ),
    player_props: await read(
      `game_id, game_date, player_id, player_name, bookmaker, market, snapshot_at, snapshot_kind, team, line,
       over_price, under_price`,
      "nba_raw.player_props",
      "game_date",
    ),
    injury_reports: await read(
      "game_date, team, player_id, player_name, reported_at, status, reason_category",
      "nba_raw.injury_reports",
      "game_date",
    ),
    rosters: await read(
      "team, player_id, player_name, as_of_at, as_of_date",
      "nba_raw.rosters",
      "as_of_date",
    ),
    players: await read("player_id, player_name, birth_date", "nba_raw.players", null),
    arenas: await read(
      `arena_id, team, role, first_season_year, last_season_year, latitude, longitude, time_zone, altitude_feet`,
      "nba_raw.arenas",
      null,
    ),
  };
}
