import { addDays, dayNumber, type GameDate } from "../../src/dates.ts";
import { ratio } from "./arithmetic.ts";
import { finalsBefore } from "./history.ts";
import type { Raw, ScheduledGame } from "./raw.ts";
import { arenaOf, milesBetween, siteOf, zonesBetween } from "./site.ts";

/** Days between the team's last final of the season and D, minus 1. */
function daysRestOf(visible: Raw, team: string, fixture: ScheduledGame): number | null {
  const last = finalsBefore(visible, team, fixture.season_year).at(-1);
  return last ? dayNumber(fixture.game_date) - dayNumber(last.game_date) - 1 : null;
}

/** Rest, load and travel of a team before a fixture, all from the schedule's finals. */
export function restAndTravel(visible: Raw, fixture: ScheduledGame, team: string, opponent: string) {
  const date = fixture.game_date;
  const finals = finalsBefore(visible, team, fixture.season_year);
  const last = finals.at(-1);
  const since = (days: number) => finals.filter((game) => game.game_date >= addDays(date, -days)).length;
  const here = arenaOf(visible, fixture);
  const there = last && arenaOf(visible, last);
  const daysRest = daysRestOf(visible, team, fixture);
  const opponentDaysRest = daysRestOf(visible, opponent, fixture);
  return {
    days_rest: daysRest,
    is_back_to_back: daysRest === 0,
    games_last_4: since(4),
    games_last_7: since(7),
    games_last_14: since(14),
    miles_travelled: here && there ? milesBetween(there, here) : null,
    time_zones_crossed: here && there ? zonesBetween(there, here, date) : null,
    altitude_feet: here?.altitude_feet ?? null,
    opponent_days_rest: opponentDaysRest,
    rest_advantage: daysRest === null || opponentDaysRest === null ? null : daysRest - opponentDaysRest,
    road_trip_game_number: roadTrip(visible, [...finals, fixture], team),
  };
}

/** Consecutive games away from home up to and including the last of the list. */
function roadTrip(visible: Raw, games: readonly ScheduledGame[], team: string): number {
  let length = 0;
  for (const game of [...games].reverse()) {
    if (siteOf(visible, game, team) === "home") break;
    length += 1;
  }
  return length;
}

function marginOf(game: ScheduledGame, team: string): number {
  const homeMargin = game.home_score! - game.away_score!;
  return game.home_team === team ? homeMargin : -homeMargin;
}

/** Record (regular season alone), streak (every official game) and playoff series before a fixture. */
export function standing(visible: Raw, fixture: ScheduledGame, team: string, opponent: string) {
  const finals = finalsBefore(visible, team, fixture.season_year);
  const regular = finals.filter((game) => game.season_type === "regular");
  const wins = regular.filter((game) => marginOf(game, team) > 0).length;
  const last = finals.at(-1);
  const lastMargin = last ? marginOf(last, team) : null;
  const series =
    fixture.season_type === "playoffs"
      ? finals.filter(
          (game) =>
            game.season_type === "playoffs" && (game.home_team === opponent || game.away_team === opponent),
        )
      : null;
  return {
    game_number: fixture.season_type === "regular" ? regular.length + 1 : null,
    wins,
    losses: regular.length - wins,
    win_pct: ratio(wins, regular.length),
    streak: streakOf(finals.map((game) => marginOf(game, team) > 0)),
    last_result: lastMargin === null ? null : lastMargin > 0 ? "W" : "L",
    last_margin: lastMargin,
    series_game_number: series ? series.length + 1 : null,
    series_wins: series ? series.filter((game) => marginOf(game, team) > 0).length : null,
    series_losses: series ? series.filter((game) => marginOf(game, team) < 0).length : null,
  };
}

/** n for n wins in a row, -n for n losses, 0 without games. */
function streakOf(won: readonly boolean[]): number {
  let length = 0;
  for (const result of [...won].reverse()) {
    if (result !== won.at(-1)) break;
    length += 1;
  }
  return won.at(-1) === false ? -length : length;
}

/** Expected and found games of the 15-game window that the team tables share. */
export function teamWindow(finals: readonly ScheduledGame[], found: number, date: GameDate) {
  const before = finals.filter((game) => game.game_date < date).length;
  return {
    games_in_sample: found,
    window_games_expected: Math.min(15, before),
    window_games_found: found,
    early_season: before < 10,
  };
}
