import type { Row } from "../../warehouse/warehouse.ts";
import { type BoxScore, DocumentError, type Schedule } from "./documents.ts";

type ScheduledGame = Schedule["gameDates"][number]["games"][number];

/** The third digit of a game id. */
const seasonTypes: Readonly<Record<string, string>> = {
  "1": "preseason",
  "2": "regular",
  "3": "all_star",
  "4": "playoffs",
  "5": "play_in",
  "6": "cup_final",
};

const finalStatus = 3;

export function isFinal({ gameStatus }: { readonly gameStatus: number }): boolean {
  return gameStatus === finalStatus;
}

/** Whether its box score counts: exhibitions have a place in the schedule only. */
export function isOfficial(gameId: string): boolean {
  return ["regular", "cup_final", "play_in", "playoffs"].includes(seasonType(gameId));
}

/**
 * Rows of nba_raw.schedule; games whose teams are not known yet are none. Of a game that stands on two dates, because
 * it was moved, the date where it is not called off counts.
 */
export function scheduleRows(schedule: Schedule): Row[] {
  const games = new Map<string, ScheduledGame>();
  for (const game of schedule.gameDates.flatMap((date) => date.games)) {
    if (!games.has(game.gameId) || !isOff(statusOf(game))) games.set(game.gameId, game);
  }
  return [...games.values()]
    .filter(({ homeTeam, awayTeam }) => homeTeam.teamTricode && awayTeam.teamTricode)
    .map((game) => {
      const status = statusOf(game);
      const final = status === "final";
      return {
        game_id: game.gameId,
        season_year: seasonOf(schedule),
        season_type: seasonType(game.gameId),
        game_date: game.gameDateEst.slice(0, 10),
        // Without a time the feed puts midnight there.
        tipoff_at: game.gameStatusText.trim() === "TBD" ? null : game.gameDateTimeUTC,
        home_team: game.homeTeam.teamTricode,
        away_team: game.awayTeam.teamTricode,
        neutral_site: game.isNeutral ?? false,
        status,
        home_score: final ? (game.homeTeam.score ?? null) : null,
        away_score: final ? (game.awayTeam.score ?? null) : null,
        arena_id: game.arenaName || null,
        source: "nba-cdn",
      };
    });
}

/** The result that a final box score gives its game. */
export function resultOf({ homeTeam, awayTeam }: BoxScore): Row {
  return { status: "final", home_score: homeTeam.score, away_score: awayTeam.score };
}

/** The row of a game that no schedule has: what its box score says. It says nothing of neutral sites. */
export function scheduleRowOfBoxScore(box: BoxScore): Row {
  const year = Number(box.gameId.slice(3, 5));
  return {
    game_id: box.gameId,
    // Game ids have two digits for the season; the league is of 1946.
    season_year: year >= 46 ? 1900 + year : 2000 + year,
    season_type: seasonType(box.gameId),
    game_date: box.gameEt.slice(0, 10),
    tipoff_at: box.gameTimeUTC,
    home_team: box.homeTeam.teamTricode,
    away_team: box.awayTeam.teamTricode,
    neutral_site: false,
    ...resultOf(box),
    arena_id: box.arena.arenaName || null,
    source: "nba-cdn",
  };
}

function seasonType(gameId: string): string {
  const type = seasonTypes[gameId.charAt(2)];
  if (!/^\d{10}$/.test(gameId) || !type) throw new DocumentError(`${gameId} is no game id`);
  return type;
}

/** The year in which the season of a text like 2025-26 starts. */
export function seasonOf({ seasonYear }: Schedule): number {
  if (!/^\d{4}-\d\d$/.test(seasonYear)) throw new DocumentError(`${seasonYear} is no season like 2025-26`);
  return Number(seasonYear.slice(0, 4));
}

/** Whether a game of that status will not be played on its date. */
export function isOff(status: string): boolean {
  return status === "postponed" || status === "cancelled";
}

/** The text decides: the feed's own flag for postponed games has stood on games that were none. */
function statusOf({ gameStatus, gameStatusText }: ScheduledGame): string {
  const text = gameStatusText.trim();
  if (/^cancel/i.test(text)) return "cancelled";
  if (/^(ppd|postponed)/i.test(text)) return "postponed";
  return isFinal({ gameStatus }) ? "final" : "scheduled";
}
