import { expect, test } from "vitest";
import type { PartitionCoverage } from "../../src/coverage/coverage.ts";
import type { GameDate } from "../../src/dates.ts";
import { renderStatus, statusReport } from "../../src/report/status-report.ts";

const partition = (game_date: string, state: PartitionCoverage["state"]): PartitionCoverage => ({
  processor: "player_game_summary",
  phase: 3,
  game_date: game_date as GameDate,
  season_year: 2022,
  state,
  reason: null,
  reason_detail: null,
  expected_rows: null,
  rows: 0,
  exceptions: 0,
  error: null,
});

test("states stand in one order, whichever a date comes with first", () => {
  const coverage = [
    partition("2023-01-01", "stale"),
    partition("2023-01-02", "complete"),
    partition("2023-01-03", "stale"),
    partition("2023-01-04", "failed"),
  ];
  const calendar = { dates: coverage.map(({ game_date }) => ({ date: game_date })) };
  const history = { historyStart: "2023-01-01", calendar } as unknown as Parameters<typeof statusReport>[1];
  const report = statusReport(coverage, history, []);
  expect(Object.entries(report.by_state)).toEqual([
    ["complete", 1],
    ["failed", 1],
    ["stale", 2],
  ]);
  expect(renderStatus(report)).toMatch(/^year +dates +complete +failed +stale\n2023 +4 +1 +1 +2$/m);
});
