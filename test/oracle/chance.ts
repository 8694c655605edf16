/** Numbers in [0, 1) that a seed decides: the same dates and leagues again when a difference is settled. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  // The first numbers of neighbouring seeds lie close together.
  for (let i = 0; i < 8; i++) next();
  return next;
}

export interface Chance {
  /** True in this share of cases. */
  readonly of: (share: number) => boolean;
  /** A whole number from low to high, both included. */
  readonly between: (low: number, high: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
}

export function chanceFrom(seed: number): Chance {
  const next = randomFrom(seed);
  return {
    of: (share) => next() < share,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (from) => from[Math.floor(next() * from.length)]!,
  };
}
