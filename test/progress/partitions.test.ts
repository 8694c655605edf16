import { expect, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import type { PartitionRecord } from "../../src/progress/partition.ts";
import { readPartitions, writePartitions } from "../../src/progress/store.ts";
import { Fixture } from "../fixture.ts";

const complete: PartitionRecord = {
  processor: "player_game_summary",
  game_date: "2022-10-18" as GameDate,
  season_year: 2022,
  status: "complete",
  reason: null,
  reason_detail: null,
  row_count: 40,
  expected_rows: 40,
  exceptions: 0,
  content_fingerprint: "40:17",
  input_hash: "abc",
  inputs: '{"fixtures": "2:5"}',
  engine: "duckdb test",
  processor_version: "v1",
  run_id: "r",
  attempt: 1,
  error: null,
  started_at: "2026-01-01T00:00:00.000Z",
  committed_at: "2026-01-01T00:00:01.000Z",
  duration_ms: 5,
  bytes_billed: null,
};

test("what is recorded is read as it was written, whatever it lacks and whatever its texts hold", async () => {
  await using fixture = await Fixture.open();
  const records: readonly PartitionRecord[] = [
    complete,
    // Differs in its own alone.
    { ...complete, game_date: "2022-10-19" as GameDate, row_count: 0, expected_rows: 0, input_hash: "def" },
    // Waits for another of its date: nothing was expected, computed or read.
    {
      ...complete,
      game_date: "2022-10-20" as GameDate,
      status: "blocked",
      reason: "upstream_missing",
      reason_detail: '{"processors": ["a", "b"]}',
      row_count: 0,
      expected_rows: null,
      content_fingerprint: null,
      input_hash: null,
      inputs: null,
    },
    {
      ...complete,
      game_date: "2022-10-21" as GameDate,
      status: "failed",
      reason: "statement_failed",
      content_fingerprint: null,
      attempt: 2,
      error: "line 1,\nline 2 2022-10-18 1 1, and more",
    },
  ];
  await writePartitions(fixture.warehouse, records);
  const found = await readPartitions(fixture.warehouse);
  const byDate = [...found].sort((a, b) => (a.game_date < b.game_date ? -1 : 1));
  expect(byDate).toEqual(
    records.map(({ inputs, started_at, committed_at, duration_ms, bytes_billed, ...summary }) => summary),
  );
});
