import type { Conditions } from "./conditions.ts";
import type { Random } from "./random.ts";
import {
  type Location,
  locationIn,
  MID_RANGE,
  PAINT,
  SPOT_EDGE,
  type Spot,
  spotIn,
  THREE,
} from "./shot-location.ts";
import type { PlayerLine, Side } from "./side.ts";

export interface Shot {
  readonly side: Side;
  readonly shooter: PlayerLine;
  readonly period: number;
  readonly secondsLeft: number;
  readonly made: boolean;
  readonly zone: number;
  readonly location: Location;
  readonly assist: PlayerLine | undefined;
  readonly block: PlayerLine | undefined;
}

/** What all possessions of a game share. */
export interface Play {
  readonly conditions: Conditions;
  readonly shots: Shot[];
  readonly random: Random;
}

/** A possession under way; `left` are the seconds left in the period. */
interface Attack {
  readonly offence: Side;
  readonly defence: Side;
  readonly period: number;
  left: number;
}

const lead = ({ offence, defence }: Attack) => offence.pts - defence.pts;
const isLate = ({ period, left }: Attack) => period >= 4 && left < 30;

/** One possession; returns the seconds it took, at most those left. */
export function playPossession(
  offence: Side,
  defence: Side,
  period: number,
  clock: number,
  play: Play,
): number {
  const { conditions, random } = play;
  const attack: Attack = { offence, defence, period, left: clock };
  offence.possessions++;
  if (random.chance(conditions.commonFoul)) foul(defence, random);
  for (let first = true; ; first = false) {
    let length = first ? firstLength(attack, play) : random.whole(1, 8);
    if (length >= attack.left) {
      if (attack.left < 4) {
        if (random.chance(0.3)) heave(attack, play);
        return clock;
      }
      // The last attempt comes with the buzzer, if at all.
      if (random.chance(0.2)) return clock;
      length = attack.left - random.whole(0, 1);
    }
    attack.left -= length;
    const again = tryToScore(attack, play);
    if (!again || attack.left <= 0) return Math.max(1, clock - attack.left);
  }
}

function firstLength(attack: Attack, { conditions, random }: Play): number {
  const { period, left } = attack;
  const ahead = lead(attack);
  if (period >= 4 && left <= 40) {
    // Ahead: fouled soon. Level or a possession behind: the last shot. Further behind: in a hurry.
    if (ahead > 0 && ahead <= 8 && left < 30) return random.whole(2, 5);
    if (ahead <= 0 && ahead >= -3 && left <= 24) return Math.max(1, left - random.whole(0, 4));
    if (ahead < -3) return random.whole(3, 8);
  }
  return Math.max(2, Math.min(24, Math.round(conditions.halfLength * (random.next() + random.next()))));
}

const TEAM_TURNOVER = 0.0065;

/** An attempt: turnover, free throws or a shot. True when the offence keeps the ball. */
function tryToScore(attack: Attack, play: Play): boolean {
  const { conditions, random } = play;
  const { offence, defence } = attack;
  const shooter = offence.pick("usage", random);
  const { skills } = shooter.player;
  const ahead = lead(attack);
  if (isLate(attack) && ahead > 0 && ahead <= 8) {
    foul(defence, random);
    return freeThrows(attack, shooter, 2, play);
  }
  let roll = random.next() - conditions.turnover * skills.turnovers;
  if (roll < 0) {
    shooter.tov++;
    if (random.chance(conditions.steal)) defence.pick("stealing", random).stl++;
    else if (random.chance(0.25)) foulBy(shooter, offence);
    return false;
  }
  roll -= TEAM_TURNOVER;
  if (roll < 0) {
    offence.teamTurnovers++;
    return false;
  }
  roll -= conditions.freeThrows * skills.foulDrawing;
  if (roll < 0) {
    foul(defence, random);
    return freeThrows(attack, shooter, random.chance(0.03) ? 3 : 2, play);
  }
  const zone = isLate(attack) && ahead === -3 ? THREE : zoneOf(attack, shooter, play);
  return shoot(attack, shooter, zone, play);
}

function zoneOf({ offence, defence }: Attack, { player }: PlayerLine, { conditions, random }: Play): number {
  const weight = (zone: number) =>
    player.skills.zones[zone]! * conditions.zones[zone]! * offence.zones[zone]! * defence.zonesAllowed[zone]!;
  const paint = weight(PAINT);
  const midRange = weight(MID_RANGE);
  const roll = random.next() * (paint + midRange + weight(THREE));
  return roll < paint ? PAINT : roll < paint + midRange ? MID_RANGE : THREE;
}

/** How much a lead dulls a team, per point up to twenty. */
const COMPLACENCY = 0.0013;
/** The best play is kept for the shot that can level the game: it makes for as many overtimes as the league has. */
const LAST_SHOT = 0.3;
/** Chance of a foul with a made shot, by zone. */
const AND_ONE = [0.062, 0.02, 0.006] as const;

function shoot(attack: Attack, shooter: PlayerLine, zone: number, play: Play): boolean {
  const { conditions, random } = play;
  const { offence, defence } = attack;
  const spot = spotIn(zone, random);
  const ahead = lead(attack);
  const probability =
    conditions.shooting[zone]! +
    SPOT_EDGE[spot] +
    shooter.player.skills.shooting[zone]! +
    offence.lineup.style.offence +
    offence.lineup.edge -
    defence.defence[zone]! -
    COMPLACENCY * Math.max(-20, Math.min(20, ahead)) +
    (isLate(attack) && (ahead === -2 || ahead === -3) ? LAST_SHOT : 0);
  const made = random.chance(probability);
  const assist =
    made && random.chance(conditions.assist[zone]!) ? offence.pick("passing", random, shooter) : undefined;
  const block =
    !made && random.chance(conditions.block[zone]! * defence.mean("blocking"))
      ? defence.pick("blocking", random)
      : undefined;
  if (assist) assist.ast++;
  if (block) block.blk++;
  record(attack, { shooter, made, zone, assist, block }, spot, play);
  if (!made) return rebound(attack, play);
  if (random.chance(AND_ONE[zone]!)) {
    foul(defence, random);
    return freeThrows(attack, shooter, 1, play);
  }
  return false;
}

function record(
  { offence, period, left }: Attack,
  shot: Pick<Shot, "shooter" | "made" | "zone" | "assist" | "block">,
  spot: Spot,
  { shots, random }: Play,
): void {
  const { shooter, made, zone } = shot;
  shooter.fga++;
  if (zone === THREE) shooter.fg3a++;
  if (made) {
    shooter.fgm++;
    if (zone === THREE) shooter.fg3m++;
    offence.score(shooter, zone === THREE ? 3 : 2, period > 4);
  }
  shots.push({ ...shot, side: offence, period, secondsLeft: left, location: locationIn(spot, random) });
}

/** A desperate shot from the other half; a team's own since 2025-26, so that players need not fear for their percentages. */
function heave(attack: Attack, play: Play): void {
  const { conditions, random } = play;
  const { offence, period } = attack;
  if (conditions.teamHeaves && period < 4) {
    offence.heaves++;
    return;
  }
  if (period >= 4 && lead(attack) > 0) return;
  const shooter = offence.pick("usage", random);
  const made = random.chance(0.02);
  record(attack, { shooter, made, zone: THREE, assist: undefined, block: undefined }, "backcourt", play);
}

function freeThrows(attack: Attack, shooter: PlayerLine, count: number, play: Play): boolean {
  const { conditions, random } = play;
  const probability = Math.max(
    0.45,
    Math.min(0.95, conditions.freeThrowPct + shooter.player.skills.freeThrow),
  );
  let made = false;
  for (let i = 0; i < count; i++) {
    made = random.chance(probability);
    shooter.fta++;
    if (made) {
      shooter.ftm++;
      attack.offence.score(shooter, 1, attack.period > 4);
    }
  }
  return made ? false : rebound(attack, play, 0.5);
}

/** Whose the ball is after a miss; some go out of bounds and are nobody's rebound. */
function rebound({ offence, defence }: Attack, { conditions, random }: Play, factor = 1): boolean {
  if (random.chance(0.12)) return random.chance(0.3);
  const strength = Math.sqrt(offence.mean("offensiveRebounding"));
  if (random.chance(conditions.offensiveRebound * factor * strength)) {
    offence.pick("offensiveRebounding", random).oreb++;
    return true;
  }
  defence.pick("defensiveRebounding", random).dreb++;
  return false;
}

function foul(side: Side, random: Random): void {
  foulBy(side.pick("fouling", random), side);
}

function foulBy(line: PlayerLine, side: Side): void {
  line.pf++;
  if (line.pf >= 6) side.needsSubstitution = true;
}
