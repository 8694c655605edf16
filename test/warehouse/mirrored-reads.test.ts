import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readScheduleFindings } from "../../src/progress/raw-findings.ts";
import { readBuiltChunks, readRuns } from "../../src/progress/runs.ts";
import { readCalendar } from "../../src/progress/schedule.ts";
import {
  readInfo,
  readPartitions,
  readReadings,
  readSourceChanges,
  readSourceDates,
  writeInfo,
} from "../../src/progress/store.ts";
import { type RecordedState, readSideFile } from "../../src/warehouse/duckdb/recorded-state.ts";
import { SideFile } from "../../src/warehouse/duckdb/side-file.ts";
import type { Reader } from "../../src/warehouse/warehouse.ts";
import type { Fixture } from "../fixture.ts";
import { leagueWarehouse, run } from "../run/league-runs.ts";

const folder = mkdtempSync(join(tmpdir(), "nba-backfill-mirrored-"));
const path = join(folder, "w.duckdb");
let fixture: Fixture;
let state: RecordedState;

/** A league of which some dates are published with the state, and one is told by a run's commits. */
beforeAll(async () => {
  fixture = await leagueWarehouse();
  const file = new SideFile(path, {
    now: () => new Date("2026-01-17T12:00:00Z"),
    onFailure: (error) => {
      throw error;
    },
  });
  file.hold({ command: "run", host: "here", pid: 1 }, "");
  fixture.warehouse.showIn(file);
  const dates = (await fixture.calendar()).dates.map(({ date }) => date);
  await writeInfo(fixture.warehouse, { history_start: dates[0]! });
  await run(fixture, {}, dates.slice(0, 1));
  expect(file.inStep).toBe(true);
  await run(fixture, {}, dates.slice(1, 2));
  await fixture.insert("nba_raw.schedule", [
    { game_id: "0010000001", game_date: "2021-10-05", season_type: "preseason", status: "final" },
  ]);
  state = readSideFile(path)!;
});
afterAll(async () => {
  state.close();
  await fixture.warehouse.close();
  rmSync(folder, { recursive: true });
});

/** Rows have no order of their own. */
function sorted(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

const reads: Readonly<Record<string, (reader: Reader) => Promise<readonly unknown[]>>> = {
  readCalendar: async (reader) => (await readCalendar(reader)).dates,
  readPartitions,
  readSourceDates: async (reader) => (await readSourceDates(reader)).entries(),
  readSourceChanges: async (reader) => [...(await readSourceChanges(reader))],
  readReadings: async (reader) => [...(await readReadings(reader))],
  readInfo: async (reader) => [...(await readInfo(reader))],
  readRuns: (reader) => readRuns(reader),
  readBuiltChunks,
  readScheduleFindings: async (reader) => [...(await readScheduleFindings(reader)).exhibition],
};

test.each(Object.entries(reads))("%s gives the same from the side file as from DuckDB", async (_, read) => {
  const found = await read(state.reader);
  expect(found.length).toBeGreaterThan(0);
  expect(sorted(found)).toEqual(sorted(await read(fixture.warehouse)));
});

test("the engine is the one that made it", () => {
  expect(state.reader.engine).toBe(fixture.warehouse.engine);
});
