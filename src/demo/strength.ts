import { averagesToPlay } from "./league-averages.ts";
import type { Player } from "./players.ts";
import { type Lineup, ROTATION_MINUTES } from "./side.ts";

/** What one attempt more of a rate is worth in a game, by zone: attempts times points. */
const pointsPerRate = [0.48 * 88 * 2, 0.12 * 88 * 2, 0.4 * 88 * 3];
/** Points that leads melt by: the better team slackens. */
const MELTING = 0.78;
/** Standard deviation of a game's margin around what was expected. */
const MARGIN_DEVIATION = 13;

export interface Expectation {
  /** Home points minus away points. */
  readonly margin: number;
  readonly total: number;
}

/** What a good bookmaker expects of a game between these two lineups. */
export function expectation(home: Lineup, away: Lineup, seasonYear: number): Expectation {
  const { points } = averagesToPlay(seasonYear);
  const gains = [attack(home) - resistance(away), attack(away) - resistance(home)] as const;
  const tempo = Math.exp(home.style.tempo + away.style.tempo);
  return {
    margin: MELTING * (gains[0] - gains[1]),
    total: tempo * (2 * points + MELTING * (gains[0] + gains[1])),
  };
}

/** Chance that the home team wins a game of that expectation. */
export function winChance(margin: number): number {
  // The logistic curve that is closest to the normal one.
  return 1 / (1 + Math.exp((-1.7 * margin) / MARGIN_DEVIATION));
}

/** Points above average that a lineup scores: shooting weighted by minutes and usage. */
function attack({ dressed, style, edge }: Lineup): number {
  let plays = 0;
  let gain = 0;
  dressed.forEach(({ skills }, rank) => {
    const weight = (ROTATION_MINUTES[rank] ?? 0) * skills.usage;
    plays += weight;
    for (let zone = 0; zone < 3; zone++) {
      gain += weight * skills.zones[zone]! * skills.shooting[zone]! * 88 * (zone === 2 ? 3 : 2);
    }
  });
  return gain / plays + (style.offence + edge) * 211;
}

/** Points below average that a lineup lets its opponent score. */
function resistance({ dressed, style }: Lineup): number {
  let minutes = 0;
  let gain = 0;
  dressed.forEach(({ skills }, rank) => {
    const weight = ROTATION_MINUTES[rank] ?? 0;
    minutes += weight;
    for (let zone = 0; zone < 3; zone++) gain += 5 * weight * skills.defence[zone]! * pointsPerRate[zone]!;
  });
  const scheme = style.defence.reduce((sum, value, zone) => sum + value * pointsPerRate[zone]!, 0);
  return gain / minutes + scheme;
}

/** Points expected of each of a lineup's players, given those of the team. */
export function expectedPoints({ dressed }: Lineup, teamPoints: number): Map<Player, number> {
  const plays = dressed.map(({ skills }, rank) => {
    const efficiency =
      1 + skills.zones.reduce((sum, share, zone) => sum + share * skills.shooting[zone]! * 1.8, 0);
    return (ROTATION_MINUTES[rank] ?? 0) * skills.usage * efficiency;
  });
  const total = plays.reduce((sum, value) => sum + value, 0);
  return new Map(dressed.map((player, rank) => [player, (teamPoints * plays[rank]!) / total]));
}
