import type { GameDate } from "../../src/dates.ts";
import { isOfficial, type Raw, rowsOf, type ScheduledGame } from "./raw.ts";

/** The official games of D that are to be played or were: a postponed or cancelled one is no fixture. */
export function fixturesOn(raw: Raw, date: GameDate): ScheduledGame[] {
  return rowsOf(raw.schedule, "game_date", date).filter(
    (game) => isOfficial(game) && game.status !== "postponed" && game.status !== "cancelled",
  );
}

/** 12:00 US-Eastern of a date, as an instant in milliseconds. */
export function noonEastern(date: GameDate): number {
  const winter = Date.parse(`${date}T17:00:00Z`);
  const hour = new Intl.DateTimeFormat("en-US", {
    timeZone: "America/New_York",
    hour: "numeric",
    hourCycle: "h23",
  }).format(winter);
  return hour === "12" ? winter : winter - 3_600_000;
}

/** The instant before which a snapshot of D that names this team (or, without a team, this game) was known. */
function cutoffOf(raw: Raw, date: GameDate, team: string | null, gameId?: string): number {
  const fixture = fixturesOn(raw, date).find((game) =>
    team === null ? game.game_id === gameId : game.home_team === team || game.away_team === team,
  );
  return fixture ? Date.parse(fixture.asof_cutoff_at) : noonEastern(date);
}

/** Strictly before the cut-off; a snapshot of unknown time never is. */
export function isBefore(stamp: string | null, cutoff: number): boolean {
  return stamp !== null && Date.parse(stamp) < cutoff;
}

/**
 * What was there to be seen for an as-of row of D: results before D, of D's own games what was known beforehand,
 * snapshots before the cut-off, nothing of a later date.
 */
export function visibleOn(raw: Raw, date: GameDate): Raw {
  const earlier = (row: { game_date: string }) => row.game_date < date;
  return {
    schedule: raw.schedule.filter((game) => game.game_date <= date).map((game) => asFixture(game, date)),
    player_boxscores: raw.player_boxscores.filter(earlier),
    team_boxscores: raw.team_boxscores.filter(earlier),
    shots: raw.shots.filter(earlier),
    shot_coverage: raw.shot_coverage.filter(earlier),
    game_lines: rowsOf(raw.game_lines, "game_date", date).filter(
      (row) =>
        row.snapshot_kind === "timed" && isBefore(row.snapshot_at, cutoffOf(raw, date, null, row.game_id)),
    ),
    player_props: rowsOf(raw.player_props, "game_date", date).filter(
      (row) =>
        row.snapshot_kind === "timed" &&
        isBefore(row.snapshot_at, cutoffOf(raw, date, row.team, row.game_id)),
    ),
    injury_reports: rowsOf(raw.injury_reports, "game_date", date).filter((row) =>
      isBefore(row.reported_at, cutoffOf(raw, date, row.team)),
    ),
    rosters: raw.rosters.filter((row) => isBefore(row.as_of_at, cutoffOf(raw, date, row.team))),
    players: raw.players,
    arenas: raw.arenas,
  };
}

/** Of a game of D itself the result is taken away; that it is postponed or cancelled was known. */
function asFixture(game: ScheduledGame, date: GameDate): ScheduledGame {
  if (game.game_date < date) return game;
  const off = game.status === "postponed" || game.status === "cancelled";
  return { ...game, status: off ? game.status : "scheduled", home_score: null, away_score: null };
}
