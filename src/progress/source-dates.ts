import { hash } from "node:crypto";
import type { Calendar } from "../calendar.ts";
import { datesBefore, type GameDate } from "../dates.ts";
import type { Input, Processor } from "../processors/processor.ts";
import { viewNamed } from "../processors/views.ts";
import { type SourceRange, sourceRange } from "../processors/windows.ts";

export interface SourceDate {
  readonly view_name: string;
  readonly source_date: GameDate;
  readonly fingerprint: string;
}

/** A source date as the log has it: with the time of its last change. */
export interface SourceChange extends SourceDate {
  readonly previous_fingerprint: string | null;
  readonly changed_at: string;
}

/** The date under which rows that belong to no date are kept. */
const UNDATED = "0001-01-01" as GameDate;

interface Sums {
  readonly dates: GameDate[];
  readonly rows: bigint[];
  readonly hashes: bigint[];
  /** Fingerprints of ranges already asked for: processors that share a view mostly share its window too. */
  readonly ranges: Map<SourceRange, string>;
}

/**
 * The fingerprints of every view per source date, in memory, so that the inputs of all partitions are hashed without
 * touching a table. A fingerprint is a count and a sum, so a window's is the difference of two running totals.
 */
export class SourceDates {
  readonly #views = new Map<string, Map<GameDate, string>>();
  readonly #sums = new Map<string, Sums>();

  constructor(rows: readonly SourceDate[]) {
    for (const row of rows) this.set(row);
  }

  get(view: string, date: GameDate): string | undefined {
    return this.#views.get(view)?.get(date);
  }

  set(row: SourceDate): void {
    const dates = this.#views.get(row.view_name) ?? new Map<GameDate, string>();
    this.#views.set(row.view_name, dates.set(row.source_date, row.fingerprint));
    this.#sums.delete(row.view_name);
  }

  copy(): SourceDates {
    return new SourceDates(
      this.entries().map(([view_name, source_date, fingerprint]) => ({
        view_name,
        source_date,
        fingerprint,
      })),
    );
  }

  /** View, date and fingerprint of all, in order. */
  entries(): readonly (readonly [string, GameDate, string])[] {
    return [...this.#views]
      .flatMap(([view, dates]) => [...dates].map(([date, fingerprint]) => [view, date, fingerprint] as const))
      .sort(([view, date], [other, otherDate]) => (`${view} ${date}` < `${other} ${otherDate}` ? -1 : 1));
  }

  /** The dates of a view that have rows. */
  datesOf(view: string): readonly GameDate[] {
    return [...(this.#views.get(view) ?? [])]
      .filter(([, fingerprint]) => fingerprint !== "0:0")
      .map(([date]) => date);
  }

  /** View to the fingerprint of exactly the source dates that a partition reads of it, in the order of views' names. */
  inputsOf(processor: Processor, date: GameDate, calendar: Calendar): Record<string, string> {
    const inputs: Record<string, string> = {};
    for (const { view, window } of inOrder(processor)) {
      const range = sourceRange(window, date, calendar);
      if (viewNamed(view).scope === "undated") inputs[view] = this.get(view, UNDATED) ?? "0:0";
      else inputs[view] = range ? this.#within(view, range) : "0:0";
    }
    return inputs;
  }

  #within(view: string, range: SourceRange): string {
    const { first, last } = range;
    if (first === last) return this.get(view, first) ?? "0:0";
    const { dates, rows, hashes, ranges } = this.#sumsOf(view);
    let fingerprint = ranges.get(range);
    if (fingerprint === undefined) {
      const from = datesBefore(dates, first);
      const to = datesBefore(dates, last, true);
      fingerprint = `${rows[to]! - rows[from]!}:${hashes[to]! - hashes[from]!}`;
      ranges.set(range, fingerprint);
    }
    return fingerprint;
  }

  #sumsOf(view: string): Sums {
    let sums = this.#sums.get(view);
    if (!sums) {
      const entries = [...(this.#views.get(view) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      sums = { dates: entries.map(([date]) => date), rows: [0n], hashes: [0n], ranges: new Map() };
      for (const [, fingerprint] of entries) {
        const [rows, hash] = fingerprint.split(":") as [string, string];
        sums.rows.push(sums.rows.at(-1)! + BigInt(rows));
        sums.hashes.push(sums.hashes.at(-1)! + BigInt(hash));
      }
      this.#sums.set(view, sums);
    }
    return sums;
  }
}

/** By the name of the view. */
const ORDERED = new WeakMap<Processor, readonly Input[]>();

function inOrder(processor: Processor): readonly Input[] {
  let inputs = ORDERED.get(processor);
  if (!inputs) {
    inputs = [...processor.inputs].sort((a, b) => (a.view < b.view ? -1 : 1));
    ORDERED.set(processor, inputs);
  }
  return inputs;
}

/** One hash over the fingerprints of all inputs, in the order that {@link SourceDates.inputsOf} gives them. */
export function inputHash(inputs: Readonly<Record<string, string>>): string {
  // JSON of the pairs, by hand: coverage hashes thousands, and no name or fingerprint has a quote in it.
  let pairs = "";
  for (const view in inputs) pairs += `${pairs && ","}["${view}","${inputs[view]}"]`;
  return hash("sha256", `[${pairs}]`, "hex").slice(0, 16);
}
