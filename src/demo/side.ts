import type { Player } from "./players.ts";
import type { Random } from "./random.ts";
import type { Style } from "./style.ts";

/** What a box score counts, in the order of our tables. */
export const COUNTS = [
  "fgm",
  "fga",
  "fg3m",
  "fg3a",
  "ftm",
  "fta",
  "oreb",
  "dreb",
  "ast",
  "stl",
  "blk",
  "tov",
  "pf",
  "pts",
] as const;

/** A player's box score in the making. */
export class PlayerLine {
  readonly player: Player;
  readonly starter: boolean;
  /** Place in the rotation, 0 the best. */
  readonly rank: number;
  /** Seconds his coach means to give him in a regulation game. */
  readonly target: number;
  seconds = 0;
  fgm = 0;
  fga = 0;
  fg3m = 0;
  fg3a = 0;
  ftm = 0;
  fta = 0;
  oreb = 0;
  dreb = 0;
  ast = 0;
  stl = 0;
  blk = 0;
  tov = 0;
  pf = 0;
  pts = 0;
  plusMinus = 0;
  /** His team's lead when he came in. */
  leadAtEntry = 0;

  constructor(player: Player, rank: number, target: number) {
    this.player = player;
    this.rank = rank;
    this.target = target;
    this.starter = rank < 5;
  }
}

const weightNames = [
  "usage",
  "passing",
  "offensiveRebounding",
  "defensiveRebounding",
  "stealing",
  "blocking",
  "fouling",
] as const;
export type WeightName = (typeof weightNames)[number];

/** What a team brings to one game. */
export interface Lineup {
  readonly code: string;
  readonly style: Style;
  /** Who is dressed, best first. */
  readonly dressed: readonly Player[];
  /** Added to shooting: home floor, tired legs. */
  readonly edge: number;
}

/** A team in a game: its box score, and the five on the floor with what they add up to. */
export class Side {
  readonly lineup: Lineup;
  readonly lines: readonly PlayerLine[];
  floor: PlayerLine[];
  pts = 0;
  overtimePoints = 0;
  possessions = 0;
  teamTurnovers = 0;
  /** End-of-quarter heaves that count for the team alone (since 2025-26). */
  heaves = 0;
  needsSubstitution = false;
  readonly #weights: Record<WeightName, Float64Array>;
  readonly #totals: Record<WeightName, number>;
  /** What the five take off the opponents' shooting, by zone. */
  readonly defence = new Float64Array(3);
  /** By zone: the factor on the opponents' share of attempts. */
  readonly zonesAllowed: readonly number[];
  readonly zones: readonly number[];

  constructor(lineup: Lineup, random: Random) {
    this.lineup = lineup;
    const targets = targetSeconds(lineup.dressed.length, random);
    this.lines = lineup.dressed.map((player, rank) => new PlayerLine(player, rank, targets[rank]!));
    this.floor = this.lines.slice(0, 5);
    this.zonesAllowed = lineup.style.zonesAllowed.map(Math.exp);
    this.zones = lineup.style.zones.map(Math.exp);
    const record = <T>(value: () => T) =>
      Object.fromEntries(weightNames.map((name) => [name, value()])) as Record<WeightName, T>;
    this.#weights = record(() => new Float64Array(5));
    this.#totals = record(() => 0);
    this.addUpFloor();
  }

  addUpFloor(): void {
    for (const name of weightNames) {
      let total = 0;
      for (let i = 0; i < 5; i++) {
        const weight = this.floor[i]!.player.skills[name];
        this.#weights[name][i] = weight;
        total += weight;
      }
      this.#totals[name] = total;
    }
    for (let zone = 0; zone < 3; zone++) {
      let sum = this.lineup.style.defence[zone]!;
      for (const { player } of this.floor) sum += player.skills.defence[zone]!;
      this.defence[zone] = sum;
    }
  }

  /** One of the five, by a weight; never `except`. */
  pick(name: WeightName, random: Random, except?: PlayerLine): PlayerLine {
    const weights = this.#weights[name];
    const skip = except ? this.floor.indexOf(except) : -1;
    let left = random.next() * (this.#totals[name] - (skip < 0 ? 0 : weights[skip]!));
    let last = 0;
    for (let i = 0; i < 5; i++) {
      if (i === skip) continue;
      last = i;
      left -= weights[i]!;
      if (left < 0) break;
    }
    return this.floor[last]!;
  }

  /** The five's mean of a weight: 1 is an average five. */
  mean(name: WeightName): number {
    return this.#totals[name] / 5;
  }

  score(line: PlayerLine, points: number, overtime: boolean): void {
    line.pts += points;
    this.pts += points;
    if (overtime) this.overtimePoints += points;
  }
}

/** Minutes of the rotation, best first; they add up to 240. */
export const ROTATION_MINUTES: readonly number[] = [34.8, 33.2, 31.6, 29.6, 27, 22.5, 19, 16, 12.6, 8.7, 5];

function targetSeconds(dressed: number, random: Random): number[] {
  const deep = random.next();
  const length = Math.min(dressed, deep < 0.3 ? 9 : deep < 0.72 ? 10 : 11);
  const minutes = ROTATION_MINUTES.slice(0, length).map((mean) => Math.max(2, mean + random.normal(0, 2.4)));
  const scale = (240 * 60) / minutes.reduce((sum, value) => sum + value, 0);
  return Array.from({ length: dressed }, (_, rank) => (minutes[rank] ?? 0) * scale);
}
