import { addDays, type GameDate } from "../../src/dates.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";

/** A player's row in the summary of a game of `finalOf`; he played 20 minutes and did nothing unless told otherwise. */
export function listing(game: Row, team: string, player: string, more: Row = {}): Row {
  const { game_id, game_date, season_year, season_type, home_team, away_team } = game;
  const played = more.played !== false;
  const count = played ? 0 : null;
  return {
    game_id: game_id!,
    game_date: game_date!,
    season_year: season_year!,
    season_type: season_type!,
    team,
    opponent: (team === home_team ? away_team : home_team)!,
    player_id: player,
    status: played ? "active" : "dnp",
    played,
    lists_nonplayers: true,
    seconds: played ? 1200 : 0,
    pts: count,
    fgm: count,
    fga: count,
    fg3a: count,
    ftm: count,
    fta: count,
    tov: count,
    team_seconds: 14_400,
    team_used: 10_000,
    ...more,
  };
}

/** That many dates from a first one on, so many days apart. */
export function datesFrom(first: string, count: number, apart = 1): string[] {
  return Array.from({ length: count }, (_, index) => addDays(first as GameDate, index * apart));
}
