import { dayNumber, fromDayNumber, type GameDate } from "../dates.ts";
import type { Names } from "./names.ts";
import type { Random } from "./random.ts";
import { type ByZone, byZone } from "./shot-location.ts";

/** What stays with a player for life, each about normal with deviation 1. */
interface Traits {
  readonly usage: number;
  readonly finishing: number;
  readonly midRange: number;
  readonly three: number;
  readonly freeThrow: number;
  readonly foulDrawing: number;
  readonly carelessness: number;
  readonly passing: number;
  readonly rebounding: number;
  readonly hands: number;
  readonly defence: number;
  readonly range: number;
  readonly frailty: number;
}

/** What a player is in a season: weights are relative to the average man on the floor, shooting is added to the league's rate. */
export interface Skills {
  readonly usage: number;
  /** Weights of the zones among his attempts. */
  readonly zones: ByZone;
  readonly shooting: ByZone;
  readonly freeThrow: number;
  readonly foulDrawing: number;
  readonly turnovers: number;
  readonly passing: number;
  readonly offensiveRebounding: number;
  readonly defensiveRebounding: number;
  readonly stealing: number;
  readonly blocking: number;
  readonly fouling: number;
  /** Taken off the opponents' shooting while he is on the floor. */
  readonly defence: ByZone;
}

export interface Player {
  readonly id: string;
  readonly name: string;
  readonly birthDate: GameDate;
  /** 0: point guard, 1: centre. */
  readonly size: number;
  readonly traits: Traits;
  /** Standing among the league's players, about normal with deviation 1; changes from season to season. */
  talent: number;
  skills: Skills;
}

export function newPlayer(
  id: string,
  age: number,
  seasonYear: number,
  talent: number,
  names: Names,
  random: Random,
): Player {
  const trait = () => Math.max(-2.5, Math.min(2.5, random.normal(0, 1)));
  const birthDate = fromDayNumber(dayNumber(`${seasonYear - age}-10-01` as GameDate) - random.whole(0, 364));
  const player: Omit<Player, "skills"> = {
    id,
    name: names.next(),
    birthDate,
    size: random.next(),
    traits: {
      usage: trait(),
      finishing: trait(),
      midRange: trait(),
      three: trait(),
      freeThrow: trait(),
      foulDrawing: trait(),
      carelessness: trait(),
      passing: trait(),
      rebounding: trait(),
      hands: trait(),
      defence: trait(),
      range: trait(),
      frailty: trait(),
    },
    talent,
  };
  return { ...player, skills: skillsOf(player) };
}

/** Age on the first of October of the season. */
export function ageIn(player: Player, seasonYear: number): number {
  return seasonYear - Number(player.birthDate.slice(0, 4)) - (player.birthDate.slice(5) > "10-01" ? 1 : 0);
}

/** A year older: talent rises to the middle twenties, falls after thirty, and moves a little by chance. */
export function grow(player: Player, seasonYear: number, random: Random): void {
  const age = ageIn(player, seasonYear);
  const course = age < 24 ? 0.22 : age < 27 ? 0.08 : age < 31 ? -0.02 : age < 34 ? -0.16 : -0.32;
  player.talent += course + random.normal(0, 0.2);
}

/** How good a team thinks he is: decides minutes. */
export function worth(player: Player): number {
  return player.talent + 0.35 * player.traits.defence;
}

export function skillsOf({ talent, size, traits }: Pick<Player, "talent" | "size" | "traits">): Skills {
  const tall = size - 0.5;
  const outside = 0.46 - 0.36 * Math.max(0, size - 0.55) * 2 + 0.09 * traits.range;
  const three = Math.max(0.02, Math.min(0.75, outside));
  const midRange = Math.max(0.03, 0.125 + 0.035 * traits.midRange);
  const paint = Math.max(0.12, 1 - three - midRange);
  const general = 0.018 * talent;
  return {
    usage: Math.min(2.6, Math.exp(0.34 * talent + 0.2 * traits.usage)),
    zones: [paint, midRange, three],
    shooting: [
      general + 0.024 * traits.finishing + 0.06 * tall,
      general + 0.028 * traits.midRange,
      general + 0.02 * traits.three - 0.02 * tall,
    ],
    freeThrow: 0.055 * traits.freeThrow - 0.09 * tall,
    foulDrawing: Math.exp(0.28 * traits.foulDrawing + 0.15 * talent),
    turnovers: Math.exp(0.2 * traits.carelessness),
    passing: Math.exp(0.45 * traits.passing + 0.2 * talent - 1.1 * tall),
    offensiveRebounding: Math.exp(0.3 * traits.rebounding + 2.4 * tall),
    defensiveRebounding: Math.exp(0.3 * traits.rebounding + 1.3 * tall),
    stealing: Math.exp(0.3 * traits.hands - 0.4 * tall),
    blocking: Math.exp(0.4 * traits.defence + 2.2 * tall),
    fouling: Math.exp(0.25 * traits.carelessness + 0.5 * tall),
    defence: [
      0.013 * traits.defence * (0.7 + 0.6 * size),
      0.008 * traits.defence,
      0.007 * traits.defence * (1.3 - 0.6 * size),
    ],
  };
}

/** A player and how many minutes and plays are expected of him, as a weight. */
export interface Weighted {
  readonly player: Player;
  readonly weight: number;
}

/**
 * Makes the skills relative to the league they are met in: over all plays, shooting and free throws deviate by 0 and
 * the zones have their usual shares, whoever happens to be the stars.
 */
export function centreSkills(league: readonly Weighted[]): void {
  const total = league.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (part: (skills: Skills) => number) =>
    league.reduce((sum, { player, weight }) => sum + weight * part(player.skills), 0) / total;
  const shooting = [0, 1, 2].map((zone) => mean(({ zones, shooting }) => zones[zone]! * shooting[zone]!));
  const shares = [0, 1, 2].map((zone) => mean(({ zones }) => zones[zone]!));
  const freeThrow =
    mean((skills) => skills.freeThrow * skills.foulDrawing) / mean((skills) => skills.foulDrawing);
  const foulDrawing = mean((skills) => skills.foulDrawing);
  const turnovers = mean((skills) => skills.turnovers);
  const defence = [0, 1, 2].map((zone) => mean((skills) => skills.defence[zone]!));
  for (const { player } of league) {
    const { skills } = player;
    player.skills = {
      ...skills,
      zones: byZone((zone) => (skills.zones[zone]! * usualShares[zone]!) / shares[zone]!),
      shooting: byZone((zone) => skills.shooting[zone]! - shooting[zone]! / shares[zone]!),
      defence: byZone((zone) => skills.defence[zone]! - defence[zone]!),
      freeThrow: skills.freeThrow - freeThrow,
      foulDrawing: skills.foulDrawing / foulDrawing,
      turnovers: skills.turnovers / turnovers,
    };
  }
}

const usualShares = [0.486, 0.114, 0.4];
