import { expect } from "vitest";
import { type KnownBy, nextDay } from "./known-by.ts";
import type { Files } from "./league-files.ts";

/** A warehouse as its keeper has it: at any time he loads what there is, and runs. */
export interface Keeper {
  readonly load: (files: Files, now: string) => Promise<void>;
  readonly run: (now: string) => Promise<void>;
  /** The as-of partitions of a date that are not done. */
  readonly undoneBeforehand: (date: string, now: string) => Promise<readonly string[]>;
}

/**
 * Lives through the game dates from one on: a run the second before a date's last cut-off, with all that is known by
 * then, and one on the morning after, with its results. Between the two no as-of partition of the date may be stale.
 */
export async function live(keeper: Keeper, raw: KnownBy, first: string): Promise<void> {
  let known = "";
  await keeper.load(raw.before(first), morningOf(first));
  await keeper.run(morningOf(first));
  for (const { date, eve } of raw.eves().filter((of) => of.date >= first)) {
    await keeper.load(raw.snapshots(known, eve), eve);
    await keeper.run(eve);
    known = eve;
    const morning = morningOf(nextDay(date));
    await keeper.load(raw.resultsOf(date), morning);
    expect([date, ...(await keeper.undoneBeforehand(date, morning))]).toEqual([date]);
    await keeper.run(morning);
  }
  // Rosters that were seen after the last cut-off.
  await keeper.load(raw.snapshots(known, "9999"), "2026-01-17T12:00:00Z");
}

const morningOf = (date: string) => `${date}T12:00:00Z`;
