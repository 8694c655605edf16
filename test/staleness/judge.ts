import type { World } from "../../src/coverage/coverage.ts";
import { coverageOf } from "../../src/coverage/history.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { readActual } from "../../src/progress/actual.ts";
import { partitionKey } from "../../src/progress/partition.ts";
import { readReadings } from "../../src/progress/store.ts";
import type { RunResult } from "../../src/run/run.ts";
import type { Reader, Warehouse } from "../../src/warehouse/warehouse.ts";

/** What a correction did to one warehouse, seen from another that was built from nothing on the corrected data. */
export interface Verdict {
  /** Partitions whose content differs between the two before the first is mended: what had to be listed. */
  readonly differing: readonly string[];
  /** What coverage said needs work. */
  readonly listed: readonly string[];
  readonly unlisted: readonly string[];
  /** Recomputed by the run that followed, in the first warehouse. */
  readonly recomputed: readonly string[];
  /** Recomputed though the second warehouse's partition read just what the first's had read before. */
  readonly needlessly: readonly string[];
  /** What the two still disagree on after the run: contents and states. */
  readonly left: readonly string[];
}

export interface Hands {
  readonly worldOf: (warehouse: Warehouse) => Promise<World>;
  readonly run: (warehouse: Warehouse) => Promise<RunResult>;
}

/** Corrects the first warehouse and lets it mend itself; the second holds the corrected data and is built. */
export async function judgeCorrection(
  first: Warehouse,
  correct: () => Promise<void>,
  second: Reader,
  { worldOf, run }: Hands,
): Promise<Verdict> {
  const right = await contents(second);
  const read = await readReadings(first);
  const readRight = await readReadings(second);
  await correct();
  const differing = unequal(await contents(first), right);
  const listed = coverageOf(await worldOf(first))
    .filter(({ state }) => ["stale", "missing"].includes(state))
    .map(({ processor, game_date }) => partitionKey(processor, game_date));
  const { records } = await run(first);
  const recomputed = records.map(({ processor, game_date }) => partitionKey(processor, game_date));
  const sameInputs = (key: string) =>
    read.has(key) && JSON.stringify(read.get(key)!.inputs) === JSON.stringify(readRight.get(key)?.inputs);
  return {
    differing,
    listed,
    unlisted: differing.filter((key) => !listed.includes(key)),
    recomputed,
    needlessly: recomputed.filter(sameInputs),
    left: await disagreements(first, second),
  };
}

/** Where two warehouses differ: contents, recomputed from the columns, and states, but for who wrote them when. */
export async function disagreements(first: Reader, second: Reader): Promise<string[]> {
  return [
    ...unequal(await contents(first), await contents(second)),
    ...unequal(await states(first), await states(second)),
  ];
}

/** Partition to the fingerprint of what is in its table, from the columns. */
async function contents(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const actual = await readActual(reader, PROCESSORS);
  return new Map([...actual].map(([key, { fingerprint }]) => [key, fingerprint]));
}

async function states(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const rows = await reader.read<Record<"processor" | "game_date" | "state", string>>(
    `SELECT processor, game_date, CONCAT(status, ' ', COALESCE(reason, ''), ' ', COALESCE(reason_detail, ''), ' ',
       COALESCE(inputs, '')) AS state FROM nba_backfill.partitions`,
  );
  return new Map(rows.map((row) => [`state of ${partitionKey(row.processor, row.game_date)}`, row.state]));
}

/** The keys whose values differ, those that only one has included. */
function unequal(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key)).sort();
}

/** One line for the log of a test. */
export function summaryOf({ differing, listed, recomputed, needlessly }: Verdict): string {
  const equal = listed.filter((key) => !differing.includes(key));
  return `${listed.length} listed, ${recomputed.length} recomputed (${needlessly.length} needlessly), ${differing.length} differ, ${equal.length} listed and equal`;
}
