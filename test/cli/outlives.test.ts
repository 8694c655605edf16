import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunRecord } from "../../src/progress/runs.ts";
import { Process } from "../two-processes/process.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";

/** What a command lives through: nobody who listens, a full disk where it speaks, signals at odd moments. */
let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
}, MAKING_MS);
afterAll(() => world.remove());

const cli = new URL("../../bin/nba-backfill", import.meta.url).pathname;

/** A command line, what it says on one of its streams going to a device that is full. */
function withFull(stream: "stdout" | "stderr", folder: string, line: string) {
  const full = openSync("/dev/full", "w");
  try {
    return spawnSync(cli, line.split(" "), {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", stream === "stdout" ? full : "pipe", stream === "stderr" ? full : "pipe"],
    });
  } finally {
    closeSync(full);
  }
}

const lastRun = async (folder: string) =>
  (JSON.parse((await nbaBackfill(folder, ["runs", "--json"])).stdout) as { runs: RunRecord[] }).runs[0];

test("an answer that cannot be written is one line, and leaves with 1", () => {
  const { status, stderr } = withFull("stdout", world.folder("done"), "status");
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/^nba-backfill: cannot write to stdout: ENOSPC[^\n]*\n$/),
  ]);
});

test("progress that cannot be written stops no run", async () => {
  const folder = world.folder("cold");
  const { status, stdout } = withFull("stderr", folder, "run --chunk day");
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^Run \S+: 45 of 45 planned partitions built/)]);
  expect(await lastRun(folder)).toMatchObject({ status: "complete", complete: 45 });
});

test("events that cannot be written stop no run, which says so once", async () => {
  const folder = world.folder("cold");
  const { code, stderr } = await nbaBackfill(folder, ["run", "--phase", "3", "--events", "/dev/full"]);
  expect(code).toBe(0);
  expect(stderr.match(/--events \/dev\/full: ENOSPC.*: the run goes on/g)).toHaveLength(1);
  expect(await lastRun(folder)).toMatchObject({ status: "complete", complete: 25 });
});

test("with nothing on a terminal, one that is closed stops no run: as nohup means it", async () => {
  const folder = world.folder("cold");
  const warehouse = join(folder, "nba-backfill.duckdb");
  const run = new Process(warehouse, "run --chunk day");
  await run.until(() => run.stderr.includes("1 partition"));
  expect(await run.send("SIGHUP").ended()).toBe(0);
  expect(await lastRun(folder)).toMatchObject({ status: "complete", complete: 45 });
});

test("asked to stop before it has built anything, a run is recorded as interrupted, with nothing begun", async () => {
  const folder = world.folder("cold");
  const warehouse = join(folder, "nba-backfill.duckdb");
  const run = new Process(warehouse, "run --deep", { NBA_BACKFILL_EVENTS: join(folder, "events.jsonl") });
  // The file is made where the run is about to look; before, it is like any process.
  await run.until(() => existsSync(join(folder, "events.jsonl")));
  expect(await run.send("SIGTERM").ended()).toBe(130);
  expect(await lastRun(folder)).toMatchObject({ status: "interrupted" });
  expect((await nbaBackfill(folder, ["run"])).code).toBe(0);
});
