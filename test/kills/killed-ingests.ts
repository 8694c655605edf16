import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../../src/demo/random.ts";
import { finished, killed, millisecondsFrom } from "./command.ts";
import { type Contents, contentsOf, differences } from "./contents.ts";
import type { SmallWorld } from "./small-world.ts";

/** What became of kills during `ingest`: how many warehouses were as before, how many as after, and what else was seen. */
export interface KilledIngests {
  readonly before: number;
  readonly after: number;
  readonly faults: readonly string[];
}

/** Kills ingests, half of them into a file that is not there yet, half into a warehouse with data; then ingests again. */
export async function killIngests(
  folder: string,
  { files, lastDate, oneDateShort }: SmallWorld,
  { seed, kills }: { readonly seed: number; readonly kills: number },
): Promise<KilledIngests> {
  mkdirSync(folder, { recursive: true });
  const random = new Random(seed, "ingests");
  const half = Math.ceil(kills / 2);
  const first = await killedInto(folder, undefined, files, random, half);
  const second = await killedInto(folder, oneDateShort, lastDate, random, kills - half);
  return {
    before: first.before + second.before,
    after: first.after + second.after,
    faults: [...first.faults, ...second.faults],
  };
}

async function killedInto(
  folder: string,
  from: string | undefined,
  files: string,
  random: Random,
  kills: number,
): Promise<KilledIngests> {
  const warehouse = join(folder, "ingested.duckdb");
  const line = ["ingest", files, "--warehouse", warehouse];
  const afresh = () => {
    for (const suffix of ["", ".wal", ".state.sqlite", ".state.sqlite-wal", ".state.sqlite-shm"]) {
      rmSync(`${warehouse}${suffix}`, { force: true });
    }
    if (from !== undefined) copyFileSync(from, warehouse);
  };
  afresh();
  const before = await contentsOf(warehouse);
  let ingestMs = await millisecondsFrom(reading, line);
  const after = await contentsOf(warehouse);
  const seen = { before: 0, after: 0 };
  const faults: string[] = [];
  for (let kill = 1; kill <= kills; ) {
    afresh();
    const ms = random.between(0, ingestMs);
    const endedAfter = await killed(reading, ms, line);
    if (endedAfter !== undefined) {
      ingestMs = endedAfter;
      continue;
    }
    const left = await contentsOf(warehouse);
    const state = stateOf(left, before, after);
    if (state) seen[state]++;
    else
      faults.push(`kill ${kill} of an ingest, ${ms.toFixed(0)} ms: ${differences(left, before).join(", ")}`);
    await finished(...line);
    faults.push(...differences(await contentsOf(warehouse), after).map((what) => `ingested again: ${what}`));
    kill++;
  }
  return { ...seen, faults };
}

/** `ingest` tells what it reads as soon as it has the warehouse. */
function reading(output: string): boolean {
  return output.includes("reading ");
}

function stateOf(left: Contents, before: Contents, after: Contents): "before" | "after" | undefined {
  if (differences(left, after).length === 0) return "after";
  // A new warehouse has its empty tables before it has anything in them.
  const isNew = before.fingerprints.size === 0;
  const held = isNew ? [...left.fingerprints.keys()].filter((key) => !/warehouse_info/.test(key)) : undefined;
  return (held ?? differences(left, before)).length === 0 ? "before" : undefined;
}
