import type { GameKind } from "./game.ts";
import type { LeagueAverages } from "./league-averages.ts";
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

/** The rates a game is played at: a season's averages, turned into chances of what happens next. */
export interface Conditions {
  /** Half the mean length of a first attempt, in seconds. */
  readonly halfLength: number;
  readonly turnover: number;
  readonly freeThrows: number;
  /** Factors on the weights of the zones. */
  readonly zones: readonly [paint: number, midRange: number, three: number];
  readonly shooting: readonly [paint: number, midRange: number, three: number];
  readonly freeThrowPct: number;
  readonly offensiveRebound: number;
  readonly assist: readonly [paint: number, midRange: number, three: number];
  readonly block: readonly [paint: number, midRange: number, three: number];
  readonly steal: number;
  readonly commonFoul: number;
  /** End-of-quarter heaves count for the team alone. */
  readonly teamHeaves: boolean;
}

/** Chances of a possession that were measured over the whole demo against the published averages. */
const tuning = {
  lengthPerPace: 1391,
  turnover: 0.975,
  freeThrows: 0.435,
  shooting: [0.004, 0.005, 0.005],
  offensiveRebound: 0.92,
} as const;

export function conditionsOf(
  season: LeagueAverages,
  kind: GameKind,
  tempo: number,
  random: Random,
): Conditions {
  const pace = Math.exp(tempo + random.normal(0, 0.028)) * (kind.postseason ? 0.965 : 1);
  const attempts = season.pace + season.offensiveRebounds;
  const twoPct =
    (season.fieldGoalPct * season.fieldGoalAttempts - season.threePointPct * season.threePointAttempts) /
    (season.fieldGoalAttempts - season.threePointAttempts);
  const three = season.threePointAttempts / season.fieldGoalAttempts;
  const misses = season.fieldGoalAttempts * (1 - season.fieldGoalPct);
  const tough = kind.postseason ? -0.012 : 0;
  return {
    halfLength: tuning.lengthPerPace / season.pace / pace,
    turnover: (tuning.turnover * (season.turnovers - 0.7)) / attempts,
    freeThrows: (tuning.freeThrows * season.freeThrowAttempts) / attempts,
    zones: [1, 1, three / (1 - three) / (0.4 / 0.6)],
    shooting: [
      twoPct + 0.03 + tuning.shooting[PAINT] + tough,
      0.41 + tuning.shooting[MID_RANGE] + tough,
      season.threePointPct + tuning.shooting[THREE] + tough,
    ],
    freeThrowPct: season.freeThrowPct,
    offensiveRebound: (tuning.offensiveRebound * season.offensiveRebounds) / season.totalRebounds,
    assist: [0.85, 0.75, 1.36].map(
      (factor) => (factor * season.assists) / (season.fieldGoalPct * season.fieldGoalAttempts),
    ) as unknown as [number, number, number],
    block: [2.05, 0.83, 0.19].map((factor) => (factor * season.blocks) / misses) as unknown as [
      number,
      number,
      number,
    ],
    steal: season.steals / (season.turnovers - 0.7),
    commonFoul: (season.fouls - 13.2) / season.pace,
    teamHeaves: kind.seasonYear >= 2025,
  };
}

interface Play {
  readonly conditions: Conditions;
  readonly shots: Shot[];
  readonly random: Random;
}

/** One possession; returns the seconds it took, at most those left. */
export function playPossession(
  offence: Side,
  defence: Side,
  period: number,
  clock: number,
  play: Play,
): number {
  const { conditions, random } = play;
  const lead = offence.pts - defence.pts;
  offence.possessions++;
  if (random.chance(conditions.commonFoul)) foul(defence, random);
  let left = clock;
  for (let attempt = 0; ; attempt++) {
    let length = attempt === 0 ? lengthOf(clock, period, lead, conditions, random) : random.whole(1, 8);
    if (length >= left) {
      if (left < 4) {
        if (random.chance(0.3)) heave(offence, period, left, lead, play);
        return clock;
      }
      // The last attempt comes with the buzzer, if at all.
      if (random.chance(0.2)) return clock;
      length = left - random.whole(0, 1);
    }
    left -= length;
    const again = tryToScore(offence, defence, period, left, play);
    if (!again || left <= 0) return Math.max(1, clock - left);
  }
}

function lengthOf(
  clock: number,
  period: number,
  lead: number,
  { halfLength }: Conditions,
  random: Random,
): number {
  if (period >= 4 && clock <= 40) {
    // Ahead: fouled soon. Level or a possession behind: the last shot. Further behind: in a hurry.
    if (lead > 0 && lead <= 8 && clock < 30) return random.whole(2, 5);
    if (lead <= 0 && lead >= -3 && clock <= 24) return Math.max(1, clock - random.whole(0, 4));
    if (lead < -3) return random.whole(3, 8);
  }
  return Math.max(2, Math.min(24, Math.round(halfLength * (random.next() + random.next()))));
}

/** An attempt: turnover, free throws or a shot. True when the offence keeps the ball. */
function tryToScore(offence: Side, defence: Side, period: number, left: number, play: Play): boolean {
  const { conditions, random } = play;
  const shooter = offence.pick("usage", random);
  const { skills } = shooter.player;
  const lead = offence.pts - defence.pts;
  const late = period >= 4 && left < 30;
  if (late && lead > 0 && lead <= 8) {
    foul(defence, random);
    return freeThrows(offence, defence, shooter, 2, period, play);
  }
  const roll = random.next();
  const turnover = conditions.turnover * skills.turnovers;
  if (roll < turnover) {
    shooter.tov++;
    if (random.chance(conditions.steal)) defence.pick("stealing", random).stl++;
    else if (random.chance(0.25)) foulBy(shooter, offence);
    return false;
  }
  if (roll < turnover + 0.0065) {
    offence.teamTurnovers++;
    return false;
  }
  const freeThrow = conditions.freeThrows * skills.foulDrawing;
  if (roll < turnover + 0.0065 + freeThrow) {
    foul(defence, random);
    return freeThrows(offence, defence, shooter, random.chance(0.03) ? 3 : 2, period, play);
  }
  const zone = late && lead === -3 ? THREE : zoneOf(offence, defence, shooter, conditions, random);
  return shoot(offence, defence, shooter, zone, period, left, play);
}

function zoneOf(
  offence: Side,
  defence: Side,
  { player }: PlayerLine,
  conditions: Conditions,
  random: Random,
): number {
  const weight = (zone: number) =>
    player.skills.zones[zone]! * conditions.zones[zone]! * offence.zones[zone]! * defence.zonesAllowed[zone]!;
  const paint = weight(PAINT);
  const midRange = weight(MID_RANGE);
  const roll = random.next() * (paint + midRange + weight(THREE));
  return roll < paint ? PAINT : roll < paint + midRange ? MID_RANGE : THREE;
}

/** How much a lead dulls a team, per point. */
const COMPLACENCY = 0.0013;
/** The best play is kept for the shot that can level the game: it makes for as many overtimes as the league has. */
const LAST_SHOT = 0.3;

function shoot(
  offence: Side,
  defence: Side,
  shooter: PlayerLine,
  zone: number,
  period: number,
  left: number,
  play: Play,
): boolean {
  const { conditions, random } = play;
  const spot = spotIn(zone, random);
  const lead = Math.max(-20, Math.min(20, offence.pts - defence.pts));
  const probability =
    conditions.shooting[zone]! +
    SPOT_EDGE[spot] +
    shooter.player.skills.shooting[zone]! +
    offence.lineup.style.offence +
    offence.lineup.edge -
    defence.defence[zone]! -
    COMPLACENCY * lead +
    (period >= 4 && left < 30 && (lead === -2 || lead === -3) ? LAST_SHOT : 0);
  const made = random.chance(probability);
  const assist =
    made && random.chance(conditions.assist[zone]!) ? offence.pick("passing", random, shooter) : undefined;
  const block =
    !made && random.chance(conditions.block[zone]! * defence.mean("blocking") * 0.68)
      ? defence.pick("blocking", random)
      : undefined;
  if (assist) assist.ast++;
  if (block) block.blk++;
  record({ side: offence, shooter, period, secondsLeft: left, made, zone, assist, block }, spot, play);
  if (!made) return rebound(offence, defence, play);
  if (random.chance(zone === PAINT ? 0.062 : zone === THREE ? 0.006 : 0.02)) {
    foul(defence, random);
    return freeThrows(offence, defence, shooter, 1, period, play);
  }
  return false;
}

function record(shot: Omit<Shot, "location">, spot: Spot, { shots, random }: Play): void {
  const { shooter, side, made, zone, period } = shot;
  shooter.fga++;
  if (zone === THREE) shooter.fg3a++;
  if (made) {
    shooter.fgm++;
    if (zone === THREE) shooter.fg3m++;
    side.score(shooter, zone === THREE ? 3 : 2, period > 4);
  }
  shots.push({ ...shot, location: locationIn(spot, random) });
}

/** A desperate shot from the other half; a team's own since 2025-26, so that players need not fear for their percentages. */
function heave(offence: Side, period: number, left: number, lead: number, play: Play): void {
  const { conditions, random } = play;
  if (conditions.teamHeaves && period < 4) {
    offence.heaves++;
    return;
  }
  if (period >= 4 && lead > 0) return;
  const shooter = offence.pick("usage", random);
  const made = random.chance(0.02);
  record(
    {
      side: offence,
      shooter,
      period,
      secondsLeft: Math.min(left, 1),
      made,
      zone: THREE,
      assist: undefined,
      block: undefined,
    },
    "backcourt",
    play,
  );
}

function freeThrows(
  offence: Side,
  defence: Side,
  shooter: PlayerLine,
  count: number,
  period: number,
  play: Play,
): boolean {
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
      offence.score(shooter, 1, period > 4);
    }
  }
  return made ? false : rebound(offence, defence, play, 0.5);
}

/** Whose the ball is after a miss; some go out of bounds and are nobody's rebound. */
function rebound(offence: Side, defence: Side, { conditions, random }: Play, factor = 1): boolean {
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
