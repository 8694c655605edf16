import type { PlayerLine, Side } from "./side.ts";

/** The state of the game when a coach looks at his bench. */
export interface Moment {
  /** 1-4, overtime from 5. */
  readonly period: number;
  /** Seconds left in the period. */
  readonly clock: number;
  /** Seconds played in the game. */
  readonly elapsed: number;
  /** Home points minus away points. */
  readonly lead: number;
}

const REGULATION = 2880;
/** How far ahead a coach plans, in seconds. */
const STINT = 170;

/** Puts the five on the floor whom the coach wants now, and settles plus-minus of those who come and go. */
export function substitute(side: Side, moment: Moment, ownLead: number): void {
  const closing =
    moment.period > 4 || (moment.period === 4 && moment.clock <= 330 && Math.abs(moment.lead) <= 12);
  const decided =
    moment.period === 4 &&
    ((moment.clock < 330 && Math.abs(moment.lead) >= 22) ||
      (moment.clock < 150 && Math.abs(moment.lead) >= 16));
  const deepest = Math.abs(moment.lead) >= 26 ? 11 : 8;
  const share = Math.min(1, (moment.elapsed + STINT) / REGULATION);
  const wanted = side.lines
    .map((line) => ({
      line,
      value: value(line, side, { closing, decided, deepest, share, start: moment.elapsed === 0 }),
    }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 5)
    .map(({ line }) => line);
  const out = side.floor.filter((line) => !wanted.includes(line));
  if (out.length === 0) return;
  for (const line of out) line.plusMinus += ownLead - line.leadAtEntry;
  for (const line of wanted) if (!side.floor.includes(line)) line.leadAtEntry = ownLead;
  side.floor = wanted;
  side.addUpFloor();
}

function value(
  line: PlayerLine,
  side: Side,
  situation: { closing: boolean; decided: boolean; deepest: number; share: number; start: boolean },
): number {
  if (line.pf >= 6) return -1e6 + line.rank;
  if (situation.start) return -line.rank;
  if (situation.decided) return line.rank >= 5 ? 1000 - Math.abs(line.rank - situation.deepest) : -line.rank;
  if (line.target === 0) return -1e5 - line.rank;
  const onFloor = side.floor.includes(line) ? 60 : 0;
  const star = situation.closing && line.rank < 6 ? 900 - 100 * line.rank : 0;
  return line.target * situation.share - line.seconds + onFloor + star;
}
