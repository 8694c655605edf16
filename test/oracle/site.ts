import type { GameDate } from "../../src/dates.ts";
import { whole } from "./arithmetic.ts";
import { type Arena, type Raw, rowsOf, type ScheduledGame } from "./raw.ts";
import { noonEastern } from "./visible.ts";

/** Arenas the team calls home in a season, its second homes included. */
function homesOf(raw: Raw, team: string, season: number): Arena[] {
  return rowsOf(raw.arenas, "team", team).filter(
    (arena) =>
      (arena.role === "home" || arena.role === "second_home") &&
      (arena.first_season_year ?? season) <= season &&
      (arena.last_season_year ?? season) >= season,
  );
}

/** Neutral by the flag, or because the arena is no home of the home team. */
export function isNeutral(raw: Raw, game: ScheduledGame): boolean {
  if (game.neutral_site) return true;
  if (game.arena_id === null) return false;
  return !homesOf(raw, game.home_team, game.season_year).some((arena) => arena.arena_id === game.arena_id);
}

export function siteOf(raw: Raw, game: ScheduledGame, team: string): string {
  if (isNeutral(raw, game)) return "neutral";
  return game.home_team === team ? "home" : "away";
}

/** Where the game is played; undefined where nobody says. */
export function arenaOf(raw: Raw, game: ScheduledGame): Arena | undefined {
  if (game.arena_id !== null) return rowsOf(raw.arenas, "arena_id", game.arena_id)[0];
  if (isNeutral(raw, game)) return undefined;
  return homesOf(raw, game.home_team, game.season_year).find((arena) => arena.role === "home");
}

const EARTH_RADIUS_MILES = 6371.0088 / 1.609344;

/** Great circle (haversine, mean earth radius), whole statute miles. */
export function milesBetween(from: Arena, to: Arena): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const dLatitude = radians(to.latitude - from.latitude);
  const dLongitude = radians(to.longitude - from.longitude);
  const h =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * Math.sin(dLongitude / 2) ** 2;
  return whole(2 * EARTH_RADIUS_MILES * Math.asin(Math.min(1, Math.sqrt(h))));
}

/** Hours between the clocks of two arenas at noon US-Eastern of the date. */
export function zonesBetween(from: Arena, to: Arena, date: GameDate): number {
  const noon = noonEastern(date);
  return whole(Math.abs(utcOffset(to.time_zone, noon) - utcOffset(from.time_zone, noon)));
}

function utcOffset(timeZone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(
    instant,
  );
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (!found) return 0;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) + Number(found[3]) / 60);
}
