import type { GameDate } from "../../src/dates.ts";
import { type PlayerGame, playerGameSummary } from "./player-game-summary.ts";
import { byDateAndGame, isOfficial, type Raw, rowsOf, type ScheduledGame } from "./raw.ts";
import { type TeamDefense, teamDefenseGameSummary } from "./team-defense-game-summary.ts";
import { type TeamOffense, teamOffenseGameSummary } from "./team-offense-game-summary.ts";
import { fixturesOn } from "./visible.ts";

/** The summaries of the dates before D, oldest first, as the oracle itself computes them. */
export interface History {
  readonly players: readonly PlayerGame[];
  readonly offense: readonly TeamOffense[];
  readonly defense: readonly TeamDefense[];
}

const computed = new WeakMap<Raw, Map<GameDate, History>>();

/** The summaries of one date; they read rows of that date's games alone, so they are kept per date. */
export function summariesOn(raw: Raw, date: GameDate): History {
  const byDate = computed.get(raw) ?? new Map<GameDate, History>();
  computed.set(raw, byDate);
  const held = byDate.get(date);
  if (held) return held;
  const summaries = {
    players: playerGameSummary(raw, date),
    offense: teamOffenseGameSummary(raw, date),
    defense: teamDefenseGameSummary(raw, date),
  };
  byDate.set(date, summaries);
  return summaries;
}

export function summariesBefore(raw: Raw, date: GameDate): History {
  const dates = [...new Set(raw.schedule.map((game) => game.game_date))].filter((d) => d < date).sort();
  const days = dates.map((day) => summariesOn(raw, day));
  return {
    players: days.flatMap((day) => day.players).sort(byDateAndGame),
    offense: days.flatMap((day) => day.offense).sort(byDateAndGame),
    defense: days.flatMap((day) => day.defense).sort(byDateAndGame),
  };
}

/** The season that D's fixtures belong to. */
export function seasonOn(visible: Raw, date: GameDate): number | undefined {
  return fixturesOn(visible, date)[0]?.season_year;
}

/** A team's official finals of a season before D, oldest first: the schedule decides, not the summaries. */
export function finalsBefore(visible: Raw, team: string, season: number): ScheduledGame[] {
  return [...rowsOf(visible.schedule, "home_team", team), ...rowsOf(visible.schedule, "away_team", team)]
    .filter((game) => game.season_year === season && game.status === "final" && isOfficial(game))
    .sort(byDateAndGame);
}

function offenseIn(history: History, gameId: string, team: string): TeamOffense | undefined {
  return rowsOf(history.offense, "game_id", gameId).find((row) => row.team === team);
}

function defenseIn(history: History, gameId: string, team: string): TeamDefense | undefined {
  return rowsOf(history.defense, "game_id", gameId).find((row) => row.team === team);
}

/** The team's listings in a game; none where its box scores are missing or set aside. */
export function listingsIn(history: History, gameId: string, team: string): PlayerGame[] {
  return rowsOf(history.players, "game_id", gameId).filter((row) => row.team === team);
}

/** A player's games of a season that he played, oldest first. */
export function playedGames(history: History, playerId: string, season: number): PlayerGame[] {
  return rowsOf(history.players, "player_id", playerId).filter(
    (row) => row.season_year === season && row.played,
  );
}

/** Both teams' summary rows of a window of finals, where they exist. */
export function summariesOf(history: History, team: string, window: readonly ScheduledGame[]) {
  const offense: TeamOffense[] = [];
  const defense: TeamDefense[] = [];
  for (const game of window) {
    const own = offenseIn(history, game.game_id, team);
    const allowed = defenseIn(history, game.game_id, team);
    if (own && allowed) {
      offense.push(own);
      defense.push(allowed);
    }
  }
  return { offense, defense };
}
