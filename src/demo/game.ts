import { conditionsOf, type GameKind } from "./conditions.ts";
import { averagesToPlay } from "./league-averages.ts";
import { type Play, playPossession, type Shot } from "./possession.ts";
import type { Random } from "./random.ts";
import { type Lineup, Side } from "./side.ts";
import { substitute } from "./substitution.ts";

export interface GameResult {
  readonly home: Side;
  readonly away: Side;
  /** 4, and one more for each overtime. */
  readonly periods: number;
  readonly shots: readonly Shot[];
}

/** Plays a game possession by possession, to the end of as many overtimes as it takes. */
export function playGame(home: Lineup, away: Lineup, kind: GameKind, random: Random): GameResult {
  const sides: readonly [Side, Side] = [new Side(home, random), new Side(away, random)];
  const conditions = conditionsOf(
    averagesToPlay(kind.seasonYear),
    kind,
    home.style.tempo + away.style.tempo,
    random,
  );
  const shots: Shot[] = [];
  const openingTip = random.whole(0, 1);
  let period = 1;
  for (; period <= 4 || sides[0].pts === sides[1].pts; period++) {
    // Who did not win the opening tip begins the second and third quarter.
    const first =
      period === 2 || period === 3 ? 1 - openingTip : period > 4 ? random.whole(0, 1) : openingTip;
    playPeriod(sides, period, first, { conditions, shots, random });
  }
  const lead = sides[0].pts - sides[1].pts;
  for (const line of sides[0].floor) line.plusMinus += lead - line.leadAtEntry;
  for (const line of sides[1].floor) line.plusMinus += -lead - line.leadAtEntry;
  return { home: sides[0], away: sides[1], periods: period - 1, shots };
}

/** Seconds between two looks at the bench. */
const LOOK = 140;

function playPeriod(sides: readonly [Side, Side], period: number, first: number, play: Play): void {
  const length = period <= 4 ? 720 : 300;
  const before = period <= 4 ? 720 * (period - 1) : 2880 + 300 * (period - 5);
  let clock = length;
  let nextLook = clock;
  let offence = first;
  while (clock > 0) {
    if (clock <= nextLook || sides[0].needsSubstitution || sides[1].needsSubstitution) {
      const lead = sides[0].pts - sides[1].pts;
      const moment = { period, clock, elapsed: before + length - clock, lead };
      substitute(sides[0], moment, lead);
      substitute(sides[1], moment, -lead);
      sides[0].needsSubstitution = false;
      sides[1].needsSubstitution = false;
      nextLook = clock - LOOK;
    }
    const used = playPossession(sides[offence]!, sides[1 - offence]!, period, clock, play);
    for (const side of sides) for (const line of side.floor) line.seconds += used;
    clock -= used;
    offence = 1 - offence;
  }
}
