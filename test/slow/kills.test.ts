import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { finished, withRoomFor } from "../kills/command.ts";
import { contentsOf, differences } from "../kills/contents.ts";
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

test("a disk that is full stops a run with what it has committed; the next one goes on from there", async () => {
  const [full, roomy] = ["full", "roomy"].map((name) => join(folder, `${name}.duckdb`)) as [string, string];
  const events = join(folder, "full.jsonl");
  for (const warehouse of [full, roomy]) copyFileSync(world.halfBuilt, warehouse);
  const before = await contentsOf(full);
  // DuckDB's log holds a run's commits until the run ends: about 3 MB for this one.
  const { code, output } = await withRoomFor(1500, "run", "--warehouse", full, "--events", events);
  expect(output).toMatch(/^nba-backfill: .*File too large$/m);
  expect(code).toBe(3);
  expect(readFileSync(events, "utf8")).not.toContain("chunk-retried");
  const left = await contentsOf(full);
  expect(left.runs[0]).toMatchObject({ status: "failed", exit_code: 3 });

  await finished("run", "--warehouse", full);
  await finished("run", "--warehouse", roomy);
  const found = await contentsOf(full);
  expect(left.committed.size).toBeGreaterThan(before.committed.size);
  expect(left.committed.size).toBeLessThan(found.committed.size);
  for (const [partition, by] of left.committed) expect(found.committed.get(partition)).toBe(by);
  expect(differences(found, await contentsOf(roomy))).toEqual([]);
});
