import { lowerMiddle } from "./arithmetic.ts";
import type { GameLine } from "./raw.ts";

/** A number that a book offered at an instant. */
export interface Quote {
  readonly bookmaker: string;
  readonly at: number;
  readonly value: number;
}

export interface Consensus {
  readonly value: number | null;
  readonly opening: number | null;
  readonly movement: number | null;
  readonly books: number;
}

/** Lower middle over books of the last quote, of the first, and of what lies between them. */
export function consensusOf(quotes: readonly Quote[]): Consensus {
  const first = new Map<string, Quote>();
  const last = new Map<string, Quote>();
  for (const quote of quotes) {
    const earliest = first.get(quote.bookmaker);
    if (!earliest || quote.at < earliest.at) first.set(quote.bookmaker, quote);
    const latest = last.get(quote.bookmaker);
    if (!latest || quote.at > latest.at) last.set(quote.bookmaker, quote);
  }
  const moves: number[] = [];
  for (const [bookmaker, end] of last) {
    const start = first.get(bookmaker)!;
    if (start.at !== end.at) moves.push(end.value - start.value);
  }
  return {
    value: lowerMiddle([...last.values()].map((quote) => quote.value)),
    opening: lowerMiddle([...first.values()].map((quote) => quote.value)),
    movement: lowerMiddle(moves),
    books: last.size,
  };
}

/** Probability of the first price's side without the book's margin. */
export function noVig(price: number, otherPrice: number): number {
  return 1 / price / (1 / price + 1 / otherPrice);
}

/** The points of one market and side as quotes. */
export function pointQuotes(lines: readonly GameLine[], market: string, side: string): Quote[] {
  const quotes: Quote[] = [];
  for (const line of lines) {
    if (line.market !== market || line.side !== side || line.point === null) continue;
    quotes.push({ bookmaker: line.bookmaker, at: Date.parse(line.snapshot_at!), value: line.point });
  }
  return quotes;
}

/** The home side's no-vig probabilities of the moneyline, where a book has both prices in one snapshot. */
export function moneylineQuotes(lines: readonly GameLine[]): Quote[] {
  const quotes: Quote[] = [];
  for (const home of lines) {
    if (home.market !== "moneyline" || home.side !== "home" || home.price === null) continue;
    const away = lines.find(
      (line) =>
        line.market === "moneyline" &&
        line.side === "away" &&
        line.bookmaker === home.bookmaker &&
        line.snapshot_key === home.snapshot_key,
    );
    if (!away || away.price === null) continue;
    quotes.push({
      bookmaker: home.bookmaker,
      at: Date.parse(home.snapshot_at!),
      value: noVig(home.price, away.price),
    });
  }
  return quotes;
}
