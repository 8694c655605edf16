import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { killIngests } from "../kills/killed-ingests.ts";
import { killRuns, tellKilledRuns } from "../kills/killed-runs.ts";
import { makeSmallWorld, type SmallWorld } from "../kills/small-world.ts";

/** Fixed, so that a failure comes back as far as the machine lets it; `npm run torture` draws a new one. */
const SEED = 20260117;

const folder = mkdtempSync(join(tmpdir(), "nba-backfill-kills-"));
let world: SmallWorld;
beforeAll(async () => {
  world = await makeSmallWorld(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("100 kills at random times, each followed by a run: the undisturbed contents, and nothing done twice", async () => {
  const result = await killRuns(folder, world, { seed: SEED, kills: 100 });
  console.log(tellKilledRuns(result));
  expect(result.faults).toEqual([]);
  // Had all kills come before the first commit or after the last, nothing would have been shown.
  expect(result.left.some).toBeGreaterThanOrEqual(100 / 3);
  expect(result.left.none + result.left.some + result.left.all).toBe(100);
});

test("a killed ingest leaves the warehouse as before or as after", async () => {
  const { before, after, faults } = await killIngests(join(folder, "ingests"), world, {
    seed: SEED,
    kills: 10,
  });
  console.log(`10 kills of ingests, seed ${SEED}: ${before} left the warehouse as before, ${after} as after`);
  expect(faults).toEqual([]);
  expect(before + after).toBe(10);
});
