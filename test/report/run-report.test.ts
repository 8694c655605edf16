import { expect, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import type { PartitionRecord } from "../../src/progress/partition.ts";
import { renderRun } from "../../src/report/run-report.ts";
import type { RunResult } from "../../src/run/run.ts";

function record(game_date: string, status: PartitionRecord["status"]): PartitionRecord {
  return {
    processor: "ml_feature_store",
    game_date: game_date as GameDate,
    season_year: 2022,
    status,
    reason: status === "failed" ? "statement_failed" : status === "blocked" ? "upstream_missing" : null,
    reason_detail: status === "blocked" ? '{"processors":["team_defense_zone_analysis"]}' : null,
    row_count: 0,
    expected_rows: null,
    exceptions: 0,
    content_fingerprint: null,
    input_hash: null,
    inputs: null,
    engine: "duckdb test",
    processor_version: "v1",
    run_id: "r",
    attempt: 1,
    error: status === "failed" ? "out of range" : null,
    started_at: "",
    committed_at: "",
    duration_ms: 1,
    bytes_billed: null,
  };
}

function result(more: Partial<RunResult>): RunResult {
  return {
    runId: "r",
    status: "partial",
    planned: 0,
    warmUp: 0,
    forced: false,
    looked: true,
    records: [],
    unchanged: 0,
    notStarted: 0,
    heldBack: [],
    milliseconds: 1200,
    ...more,
  };
}

test("every planned partition is in one of the counts of the headline, and none of what is not done counts as built", () => {
  const records = [
    record("2023-01-01", "complete"),
    record("2023-01-02", "complete_with_exceptions"),
    record("2023-01-03", "failed"),
    record("2023-01-04", "blocked"),
    record("2023-01-05", "blocked"),
    record("2023-01-06", "not_final"),
  ];
  // 2 + 1 + 2 + 1 + 3 + 4 = 13.
  const text = renderRun(result({ planned: 13, records, unchanged: 3, notStarted: 4, warmUp: 1 }));
  expect(text.split("\n")[0]).toBe(
    "Run r: 2 of 13 planned partitions built in 1.2 s, 1 failed, 2 blocked, 1 not final, 3 unchanged, 4 not started (1 planned as warm-up before history)",
  );
});

test("running again goes on, but of a forced run it builds everything again", () => {
  const stopped = { planned: 2, records: [record("2023-01-01", "complete")], notStarted: 1 };
  expect(renderRun(result(stopped))).toMatch(/\nRun again to go on\.$/);
  const forced = renderRun(result({ ...stopped, forced: true }));
  expect(forced).not.toContain("to go on");
  expect(forced).toMatch(
    /\nNot started is as it was before: with --force again, all that is selected is built/,
  );
});

test("nothing to do names --deep where the rows were not compared", () => {
  expect(renderRun(result({}))).toBe("Nothing to do: every selected partition is done.");
  expect(renderRun(result({ looked: false }))).toMatch(
    /^Nothing to do: every selected partition is done\. .*--deep/,
  );
});

test("one that is held back is told in the singular", () => {
  const held = {
    processor: "ml_feature_store",
    game_date: "2023-01-01" as GameDate,
    status: "not_final",
  } as const;
  expect(renderRun(result({ heldBack: [held] }))).toContain(
    "1 selected partition held back by its inputs as before: 1 not final",
  );
});
