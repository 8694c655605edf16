import { expect, test } from "vitest";
import type { PartitionCoverage } from "../../src/coverage/coverage.ts";
import type { GameDate } from "../../src/dates.ts";
import { PROCESSOR_NAMES } from "../../src/processors/processor.ts";
import type { RunRecord } from "../../src/progress/runs.ts";
import { monitorReport, renderMonitor } from "../../src/report/monitor-report.ts";

/** The partitions of a date, these missing and the others complete. */
function date(game_date: string, missing: readonly string[]): PartitionCoverage[] {
  return PROCESSOR_NAMES.map((processor, index) => ({
    processor,
    phase: index < 5 ? 3 : 4,
    game_date: game_date as GameDate,
    season_year: 2022,
    ...(missing.includes(processor)
      ? { state: "missing", reason: "never_run" }
      : { state: "complete", reason: null }),
    reason_detail: null,
    expected_rows: 1,
    rows: 1,
    exceptions: 0,
    error: null,
  }));
}

test("incomplete dates are told by phase where all of one is missing", () => {
  const text = renderMonitor(
    monitorReport(
      [
        ...date("2023-01-01", PROCESSOR_NAMES),
        ...date("2023-01-02", PROCESSOR_NAMES.slice(5)),
        ...date("2023-01-03", PROCESSOR_NAMES.slice(0, 5)),
        ...date("2023-01-04", ["ml_feature_store", "player_game_summary"]),
        ...date("2023-01-05", []),
      ],
      undefined,
      5,
      [],
    ),
  );
  expect(text).toMatch(/^1 of 5 game dates complete$/m);
  expect(text.match(/^ {2}2023-.*$/gm)).toEqual([
    "  2023-01-01: all nine processors missing (never_run)",
    "  2023-01-02: all of Phase 4 missing (never_run)",
    "  2023-01-03: all of Phase 3 missing (never_run)",
    "  2023-01-04: player_game_summary, ml_feature_store missing (never_run)",
  ]);
});

test("a phase is told of only where all of it is looked at", () => {
  const one = date("2023-01-01", []).filter(({ processor }) => processor === "player_game_summary");
  const found = monitorReport(one, undefined, 1, []);
  expect(found.by_phase).toEqual({});
  expect(renderMonitor(found)).toMatch(/^1 of 1 game date complete in player_game_summary$/m);
  const phase3 = date("2023-01-01", []).filter(({ phase }) => phase === 3);
  expect(Object.keys(monitorReport(phase3, undefined, 1, []).by_phase)).toEqual(["Phase 3"]);
});

test("a reason that is the state itself is not said twice", () => {
  const found = date("2023-01-01", ["ml_feature_store"]).map((of) =>
    of.state === "missing" ? { ...of, state: "unrecorded" as const, reason: "unrecorded" as const } : of,
  );
  expect(renderMonitor(monitorReport(found, undefined, 1, []))).toContain(
    "  2023-01-01: ml_feature_store unrecorded\n",
  );
});

test("a run that had nothing to do is told so", () => {
  const run = { run_id: "r", status: "complete", planned: 0, started_at: "2023-01-02" } as RunRecord;
  expect(renderMonitor(monitorReport(date("2023-01-01", []), run, 1, []))).toContain(
    "Last run r: complete, nothing to do, begun 2023-01-02",
  );
});

test("the last run has each planned partition in one count, as its own summary had", () => {
  const run: RunRecord = {
    run_id: "r",
    started_date: "2023-01-02",
    started_at: "2023-01-02T00:00:00.000Z",
    finished_at: null,
    status: "interrupted",
    command: "run",
    selection: "{}",
    planned: 13,
    complete: 2,
    not_done: 4,
    unchanged: 3,
    exit_code: null,
    error: null,
    engine: "duckdb test",
  };
  const text = (of: RunRecord) => renderMonitor(monitorReport(date("2023-01-01", []), of, 1, []));
  expect(text(run)).toContain(
    "Last run r: interrupted, 2 of 13 planned partitions built, 4 not done, 3 unchanged, 4 not started, begun 2023-01-02T00:00:00.000Z",
  );
  expect(text({ ...run, status: "running" })).toContain("3 unchanged, 4 to do, begun");
  expect(text({ ...run, planned: 12_013, unchanged: 5003, not_done: 1004 })).toContain(
    "2 of 12,013 planned partitions built, 1,004 not done, 5,003 unchanged, 6,004 not started",
  );
});
