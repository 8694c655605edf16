import { beforeEach, expect, test } from "vitest";
import { planBackfill } from "../../src/plan/plan.ts";
import { takeLease } from "../../src/progress/lease.ts";
import { closeKilledRuns, readRuns } from "../../src/progress/runs.ts";
import type { RunEffects, RunEvent } from "../../src/run/events.ts";
import { executeRun, type RunResult } from "../../src/run/run.ts";
import type { Warehouse } from "../../src/warehouse/warehouse.ts";
import type { Fixture } from "../fixture.ts";
import { leagueWarehouse, worldOf } from "./league-runs.ts";

const now = "2023-03-01T12:00:00Z";
let fixture: Fixture;
beforeEach(async () => {
  fixture = await leagueWarehouse();
  return () => fixture[Symbol.asyncDispose]();
});

/** A run of the first dates, a chunk each, that does something at each event. */
async function runWith(
  onEvent: (event: RunEvent) => void,
  effects: Partial<RunEffects> = {},
  warehouse: Warehouse = fixture.warehouse,
): Promise<RunResult> {
  const world = await worldOf(fixture);
  const dates = world.calendar.dates.slice(0, 3).map(({ date }) => date);
  const plan = planBackfill(world, { dates, phase: 3 }, { chunk: "day", force: false });
  return executeRun(
    warehouse,
    world,
    plan,
    { claim: { runId: "slow", host: "host", pid: 1 }, command: "run", selection: "{}" },
    {
      now: () => new Date(now),
      elapsedMs: () => performance.now(),
      sleep: async () => undefined,
      stop: new AbortController().signal,
      ...effects,
      onEvent,
    },
  );
}

/** A warehouse with one verb of its own. */
function insteadOf<Verb extends keyof Warehouse>(
  warehouse: Warehouse,
  verb: Verb,
  own: Warehouse[Verb],
): Warehouse {
  return new Proxy(warehouse, {
    get: (target, name) => {
      if (name === verb) return own;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** Processor and date of every partition that is recorded, and of every one that has rows. */
async function recorded(): Promise<{ states: string[]; rows: string[] }> {
  const read = async (sql: string) =>
    (await fixture.warehouse.read<{ of: string }>(`${sql} ORDER BY 1`)).map((row) => row.of);
  return {
    states: await read("SELECT CONCAT(processor, ' ', game_date) AS of FROM nba_backfill.partitions"),
    rows: await read(
      "SELECT DISTINCT CONCAT('player_game_summary ', game_date) AS of FROM nba_analytics.player_game_summary",
    ),
  };
}

test("a holder that is only slow cannot commit once another has taken over", async () => {
  let staged = 0;
  // Between its second chunk's computing and writing, the other comes.
  const slow = insteadOf(fixture.warehouse, "stage", async (table, statement, parameters) => {
    const staging = await fixture.warehouse.stage(table, statement, parameters);
    // Its checks are staged, too.
    if (table.id === "nba_analytics.player_game_summary" && ++staged === 2) {
      const next = { runId: "next", host: "other", pid: 2 };
      expect(await takeLease(fixture.warehouse, next, now)).toEqual({ holder: "next", fence: 2 });
    }
    return staging;
  });
  await expect(runWith(() => undefined, {}, slow)).rejects.toMatchObject({ code: "lease-held", exitCode: 4 });
  // The first chunk stands, nothing of the second: neither its rows nor its state.
  const first = `player_game_summary ${(await fixture.calendar()).dates[0]!.date}`;
  expect(await recorded()).toEqual({ states: [first], rows: [first] });
  // And the one that took over keeps the lease.
  expect(await fixture.warehouse.read("SELECT holder, fence FROM nba_backfill.lease")).toEqual([
    { holder: "next", fence: 2 },
  ]);
});

test("what a killed run had committed shows while it runs, after the kill, and in the record that the next run closes", async () => {
  let chunks = 0;
  const died = runWith((event) => {
    if (event.type === "chunk-committed" && ++chunks === 4) throw new Error("the machine is gone");
  });
  await expect(died).rejects.toThrow("the machine is gone");
  // Written by a run that died of an error, not of a kill, the record has an end: a kill would have left this.
  await fixture.warehouse.execute(
    "UPDATE nba_backfill.runs SET status = 'running', complete = 0, not_done = 0, finished_at = NULL, error = NULL",
  );
  // The first processor's three dates, and the second's first, of which one game has no team rows.
  const counts = { complete: 3, not_done: 1 };
  const [alive] = await readRuns(fixture.warehouse, "slow");
  expect(alive).toMatchObject({ status: "running", ...counts });
  const [dead] = await readRuns(fixture.warehouse);
  expect(dead).toMatchObject({ status: "interrupted", ...counts, error: "ended without a word (killed)" });

  await closeKilledRuns(fixture.warehouse);
  expect(
    await fixture.warehouse.read(
      "SELECT status, complete, not_done FROM nba_backfill.runs WHERE run_id = 'slow'",
    ),
  ).toEqual([{ status: "interrupted", ...counts }]);
});

test.each(["step-started", "chunk-committing"] as const)(
  "an abort at %s, where no statement is under way, rolls the chunk back",
  async (type) => {
    const stop = new AbortController();
    const abort = new AbortController();
    let seen = 0;
    const result = await runWith(
      (event) => {
        // The second step; the first has three chunks of its own.
        if (event.type !== type || ++seen < (type === "step-started" ? 2 : 4)) return;
        stop.abort();
        abort.abort();
      },
      { stop: stop.signal, abort: abort.signal },
    );
    expect(result).toMatchObject({ status: "interrupted", planned: 15, notStarted: 12 });
    const dates = (await fixture.calendar()).dates.slice(0, 3).map(({ date }) => date);
    expect((await recorded()).states).toEqual(dates.map((date) => `player_game_summary ${date}`));
    expect(await fixture.warehouse.read("SELECT status, complete FROM nba_backfill.runs")).toEqual([
      { status: "interrupted", complete: 3 },
    ]);
    expect(await fixture.warehouse.read("SELECT holder FROM nba_backfill.lease")).toEqual([{ holder: "" }]);
  },
);

test("an abort interrupts the engine, once, and nothing of the chunk is there", async () => {
  const stop = new AbortController();
  const abort = new AbortController();
  let interrupts = 0;
  const counted = insteadOf(fixture.warehouse, "interrupt", () => {
    interrupts++;
    fixture.warehouse.interrupt();
  });
  const result = await runWith(
    (event) => {
      if (event.type !== "step-started") return;
      // By then its statement is under way.
      setImmediate(() => {
        stop.abort();
        abort.abort();
      });
    },
    { stop: stop.signal, abort: abort.signal },
    counted,
  );
  expect(result).toMatchObject({ status: "interrupted", notStarted: 15 });
  expect(interrupts).toBe(1);
  expect(await recorded()).toEqual({ states: [], rows: [] });
});
