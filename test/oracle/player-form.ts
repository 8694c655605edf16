import { addDays, dayNumber, type GameDate } from "../../src/dates.ts";
import { deviation, mean, ratio, slope, sum } from "./arithmetic.ts";
import { finalsBefore, type History, listingsIn, playedGames } from "./history.ts";
import { type PlayerGame, usedBy } from "./player-game-summary.ts";
import { type Raw, rowsOf, type ScheduledGame } from "./raw.ts";

/** Usage over several games as a ratio of sums; games whose team minutes are unknown are in none of them. */
export function usageOver(games: readonly PlayerGame[]): number | null {
  const counted = games.filter((game) => game.team_seconds !== null);
  return ratio(
    (sum(counted, usedBy) * sum(counted, (game) => game.team_seconds)) / 5,
    sum(counted, (game) => game.seconds) * sum(counted, (game) => game.team_used),
  );
}

function trueShootingOver(games: readonly PlayerGame[]): number | null {
  return ratio(
    sum(games, (game) => game.pts),
    2 * (sum(games, (game) => game.fga) + 0.44 * sum(games, (game) => game.fta)),
  );
}

function meanMinutes(games: readonly PlayerGame[]): number | null {
  const seconds = mean(games, (game) => game.seconds);
  return seconds === null ? null : seconds / 60;
}

/** Points, minutes, usage and shooting of his played games of the season, oldest first. */
export function form(games: readonly PlayerGame[]) {
  const last5 = games.slice(-5);
  const last10 = games.slice(-10);
  const points = (game: PlayerGame) => game.pts;
  const points10 = last10.map((game) => game.pts ?? 0);
  return {
    games_in_sample: games.length,
    games_in_sample_last_5: last5.length,
    games_in_sample_last_10: last10.length,
    points_mean_last_5: mean(last5, points),
    points_mean_last_10: mean(last10, points),
    points_mean_season: mean(games, points),
    minutes_mean_last_5: meanMinutes(last5),
    minutes_mean_last_10: meanMinutes(last10),
    minutes_mean_season: meanMinutes(games),
    usage_rate_last_5: usageOver(last5),
    usage_rate_last_10: usageOver(last10),
    usage_rate_season: usageOver(games),
    ts_pct_last_5: trueShootingOver(last5),
    ts_pct_last_10: trueShootingOver(last10),
    ts_pct_season: trueShootingOver(games),
    points_sd_last_10: last10.length >= 3 ? deviation(points10) : null,
    points_slope_last_10: last10.length >= 5 ? slope(points10) : null,
  };
}

/** Rest and load; a final game of his team without box scores inside a window makes that window unknown. */
export function load(
  games: readonly PlayerGame[],
  finals: readonly ScheduledGame[],
  holes: readonly ScheduledGame[],
  team: string,
  date: GameDate,
) {
  const last = games.at(-1);
  const holeSince = (from: GameDate) => holes.some((game) => game.game_date >= from);
  const within = (days: number) => games.filter((game) => game.game_date >= addDays(date, -days));
  const over = <T>(days: number, value: (window: PlayerGame[]) => T) =>
    holeSince(addDays(date, -days)) ? null : value(within(days));
  const ofLast = <T>(value: (game: PlayerGame) => T) =>
    !last || holeSince(addDays(last.game_date, 1)) ? null : value(last);
  const minutes = (window: PlayerGame[]) => sum(window, (game) => game.seconds) / 60;
  const known = games.slice(-10).filter((game) => game.starter !== null);
  return {
    days_rest: ofLast((game) => dayNumber(date) - dayNumber(game.game_date) - 1),
    games_last_7: over(7, (window) => window.length),
    games_last_14: over(14, (window) => window.length),
    minutes_last_7: over(7, minutes),
    minutes_last_14: over(14, minutes),
    back_to_backs_last_14: over(14, backToBacks),
    minutes_last_game: ofLast((game) => game.seconds / 60),
    started_last_game: ofLast((game) => game.starter),
    start_rate_last_10: known.length >= 3 ? known.filter((game) => game.starter).length / known.length : null,
    team_games_missed: ofLast((game) => finals.filter((final) => final.game_date > game.game_date).length),
    games_with_team: games.filter((game) => game.team === team).length,
  };
}

function backToBacks(window: readonly PlayerGame[]): number {
  const days = window.map((game) => dayNumber(game.game_date as GameDate));
  return days.filter((day) => days.includes(day - 1)).length;
}

/** Of the team's last 10 games with box scores whose source lists non-players: those he is listed in and sat out. */
export function dnpRate(visible: Raw, history: History, playerId: string, team: string, season: number) {
  let listing = 0;
  let satOut = 0;
  const boxed = finalsBefore(visible, team, season)
    .map((game) => listingsIn(history, game.game_id, team))
    .filter((rows) => rows.length > 0);
  for (const rows of boxed.slice(-10)) {
    if (!rows.some((row) => row.lists_nonplayers)) continue;
    listing += 1;
    if (rows.some((row) => row.player_id === playerId && !row.played)) satOut += 1;
  }
  return ratio(satOut, listing);
}

/** Played games against a team on dates D-365 .. D-1, across seasons. */
export function versus(history: History, playerId: string, opponent: string, date: GameDate) {
  const games = rowsOf(history.players, "player_id", playerId).filter(
    (row) => row.played && row.opponent === opponent && row.game_date >= addDays(date, -365),
  );
  return { games_vs_opponent: games.length, points_mean_vs_opponent: mean(games, (game) => game.pts) };
}

/** >= 18 points, or >= 28 minutes and >= 12 points, over >= 10 games, seen in one of the team's last 10. */
export function isStar(visible: Raw, history: History, playerId: string, team: string, season: number) {
  const games = playedGames(history, playerId, season);
  const points = mean(games, (game) => game.pts);
  const seconds = mean(games, (game) => game.seconds);
  if (games.length < 10 || points === null || seconds === null) return false;
  if (points < 18 && (seconds < 28 * 60 || points < 12)) return false;
  const recent = finalsBefore(visible, team, season).slice(-10);
  return recent.some((final) => games.some((game) => game.game_id === final.game_id && game.team === team));
}
