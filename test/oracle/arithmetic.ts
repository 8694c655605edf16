import type { Row } from "../../src/warehouse/warehouse.ts";

/** The quotient, or null where an operand is unknown or the denominator is not positive. */
export function ratio(numerator: number | null, denominator: number | null): number | null {
  return numerator === null || denominator === null || denominator <= 0 ? null : numerator / denominator;
}

/** Sum of a column over rows; an unknown value counts 0, so rows without it are filtered before. */
export function sum<T>(rows: readonly T[], value: (row: T) => number | null): number {
  let total = 0;
  for (const row of rows) total += value(row) ?? 0;
  return total;
}

export function mean<T>(rows: readonly T[], value: (row: T) => number | null): number | null {
  return ratio(sum(rows, value), rows.length);
}

/** The lower of the two middle numbers for an even count. */
export function lowerMiddle(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

/** Sample standard deviation. */
export function deviation(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 2) return null;
  const total = sum(values, (x) => x);
  const squares = sum(values, (x) => x * x);
  return Math.sqrt((n * squares - total * total) / (n * (n - 1)));
}

/** Least-squares slope over x = 1 .. n. */
export function slope(values: readonly number[]): number | null {
  const n = values.length;
  if (n < 2) return null;
  let sx = 0;
  let sxx = 0;
  let sy = 0;
  let sxy = 0;
  values.forEach((y, i) => {
    const x = i + 1;
    sx += x;
    sxx += x * x;
    sy += y;
    sxy += x * y;
  });
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

export function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

export function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

export function times(a: number | null, factor: number): number | null {
  return a === null ? null : a * factor;
}

/** Whole number, halves up. */
export function whole(value: number): number {
  return Math.floor(value + 0.5);
}

export function round9(value: number): number {
  return Number.isInteger(value) ? value : Math.floor(value * 1e9 + 0.5) / 1e9;
}

/** The row as its table holds it, and as later tables therefore read it. */
export function rounded<T extends Row>(row: T): T {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === "number" ? round9(value) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

/** How much there is behind a row: its tier by the number of games. */
export function tierOf(games: number): string {
  return games >= 10 ? "high" : games >= 5 ? "medium" : games >= 1 ? "low" : "prior";
}
