import { expect, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { executeRun } from "../../src/run/run.ts";
import { readWorld } from "../../src/run/world.ts";
import type { Fixture } from "../fixture.ts";
import { leagueWarehouse } from "../run/league-runs.ts";

/** A run with nothing to build, whose history starts there. */
async function runFrom({ warehouse }: Fixture, historyStart: GameDate | undefined): Promise<void> {
  const world = await readWorld(warehouse, PROCESSORS, { today: "2023-03-01" as GameDate, historyStart });
  const plan = { steps: [], selected: 0, partitions: 0, warmUp: 0, heldBack: [] };
  await executeRun(
    warehouse,
    world,
    plan,
    { claim: { runId: "run", host: "host", pid: 1 }, command: "run", selection: "{}" },
    {
      now: () => new Date("2023-03-01T12:00:00Z"),
      elapsedMs: () => 0,
      sleep: async () => undefined,
      onEvent: () => undefined,
      stop: new AbortController().signal,
    },
  );
}

test("the progress table begins where history begins, wherever that moves", async () => {
  await using fixture = await leagueWarehouse();
  const dates = (await fixture.calendar()).dates.map(({ date }) => date);
  const shown = async () => {
    const rows = await fixture.warehouse.read(
      "SELECT game_date FROM nba_backfill.backfill_progress ORDER BY game_date",
    );
    return rows.map(({ game_date }) => game_date);
  };
  expect(await shown()).toEqual(dates);

  await runFrom(fixture, dates[10]);
  expect(await shown()).toEqual(dates.slice(10));
  // A date without games: history begins with the next that has some.
  await runFrom(fixture, "2022-09-01" as GameDate);
  expect(await shown()).toEqual(dates.filter((date) => date > "2022-09-01"));
  await runFrom(fixture, "2031-01-01" as GameDate);
  expect(await shown()).toEqual([]);
  await runFrom(fixture, undefined);
  expect(await shown()).toEqual(dates);
});
