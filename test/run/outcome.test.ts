import { expect, test } from "vitest";
import type { DateFindings } from "../../src/checks/staged.ts";
import type { Processor } from "../../src/processors/processor.ts";
import { judge } from "../../src/run/outcome.ts";

const clean: DateFindings = {
  rows: 20,
  expected: 20,
  failures: {},
  broken: [],
  games: [],
  finalGames: 2,
  unfinished: [],
  teamsWithoutListing: [],
};

const processor = (kind: "summary" | "asof"): Processor => ({
  name: "player_game_summary",
  phase: 3,
  kind,
  table: "nba_analytics.player_game_summary",
  inputs: [],
  readers: [],
  staged: [],
  rowChecks: [
    { name: "hard", severity: "block", sql: "pts >= 0" },
    { name: "soft", severity: "warn", sql: "pts < 80" },
  ],
  references: [
    { name: "hard_key", severity: "block", table: "nba_raw.schedule", columns: { game_id: "game_id" } },
    { name: "soft_key", severity: "warn", table: "nba_raw.schedule", columns: { game_id: "game_id" } },
  ],
  teamTotals: [],
  profiled: [],
  folder: "",
});

const failing = (name: string, found: number): Partial<DateFindings> => ({
  failures: { [name]: { found, example: "0022200001 BOS" } },
});
const broken = (count: number): DateFindings["broken"] =>
  Array.from({ length: count }, (_, index) => ({
    key: `row ${index}`,
    checks: ["hard"],
    values: { pts: -1 },
  }));

const missing = { game_id: "0022200001", problem: "raw_missing" };
const differs = { game_id: "0022200002", problem: "points_differ" };

test.for<[string, "summary" | "asof", Partial<DateFindings>, string, string | null]>([
  ["all there", "summary", {}, "complete", null],
  ["all there", "asof", {}, "complete", null],
  ["a key twice", "asof", failing("keys_duplicate", 1), "failed", "keys_duplicate"],
  [
    "1 of 187 players",
    "asof",
    { rows: 1, expected: 187, ...failing("keys_missing", 186) },
    "failed",
    "keys_missing",
  ],
  [
    "no rows where rows were expected",
    "asof",
    { rows: 0, ...failing("keys_missing", 20) },
    "failed",
    "keys_missing",
  ],
  ["a key nobody expected", "summary", failing("keys_unexpected", 1), "failed", "keys_unexpected"],
  // 2 % of 150 rows are 3.
  [
    "2 % of the rows broken",
    "summary",
    { rows: 150, broken: broken(3) },
    "complete_with_exceptions",
    "rows_set_aside",
  ],
  ["more than 2 % broken", "summary", { rows: 150, broken: broken(4) }, "failed", "check_failed"],
  ["2 % broken", "asof", { rows: 50, broken: broken(1) }, "complete_with_exceptions", "rows_set_aside"],
  ["more than 2 % broken", "asof", { rows: 49, broken: broken(1) }, "failed", "check_failed"],
  [
    "a row set aside beside a game",
    "summary",
    { rows: 50, broken: broken(1), games: [differs] },
    "incomplete",
    "games_set_aside",
  ],
  [
    "a row set aside beside a hole",
    "asof",
    { rows: 50, broken: broken(1), ...failing("window_holes", 3) },
    "complete_with_exceptions",
    "window_hole",
  ],
  ["a broken contract that warns", "summary", failing("soft", 20), "complete", null],
  ["a broken foreign key that blocks", "asof", failing("hard_key", 1), "failed", "check_failed"],
  ["a broken foreign key that warns", "asof", failing("soft_key", 20), "complete", null],
  ["a distribution that warns", "asof", failing("distribution", 2), "complete", null],
  [
    "every final game without box scores",
    "summary",
    { games: [missing], finalGames: 1 },
    "blocked",
    "raw_missing",
  ],
  ["one of two games without", "summary", { games: [missing] }, "incomplete", "raw_missing"],
  ["one of two set aside", "summary", { games: [differs] }, "incomplete", "games_set_aside"],
  ["games not over", "summary", { unfinished: ["0022200003"] }, "not_final", "games_not_over"],
  [
    "not over beats set aside",
    "summary",
    { unfinished: ["0022200003"], games: [missing], finalGames: 1 },
    "not_final",
    "games_not_over",
  ],
  ["a hole in a window", "asof", failing("window_holes", 3), "complete_with_exceptions", "window_hole"],
  [
    "a team nobody is listed for",
    "asof",
    { teamsWithoutListing: ["BOS"] },
    "complete_with_exceptions",
    "no_listing",
  ],
])("%s (%s) %o is %s, %s", ([, kind, findings, status, reason]) => {
  expect(judge(processor(kind), { ...clean, ...findings }, ["0022200009"])).toMatchObject({ status, reason });
});

test("what is missing is named", () => {
  expect(
    judge(processor("summary"), { ...clean, games: [missing, differs], finalGames: 3 }, []),
  ).toMatchObject({
    detail: { games: [missing, differs] },
    exceptions: 2,
  });
  expect(
    judge(processor("asof"), { ...clean, ...failing("window_holes", 5), teamsWithoutListing: ["BOS"] }, [
      "0022200009",
    ]),
  ).toMatchObject({
    detail: { rows: 5, games: ["0022200009"], teams_without_listing: ["BOS"] },
    exceptions: 2,
  });
});

test("rows set aside are counted with the other exceptions, the first twenty named", () => {
  const found = { ...clean, rows: 2000, broken: broken(30), games: [missing], finalGames: 2 };
  expect(judge(processor("summary"), found, [])).toMatchObject({
    detail: { games: [missing], rows_set_aside: { length: 20 }, rows_set_aside_total: 30 },
    exceptions: 31,
  });
});

test("a failure names an example and what is broken", () => {
  expect(judge(processor("asof"), { ...clean, ...failing("hard_key", 1) }, []).error).toBe(
    "1 row breaks hard_key: nba_raw.schedule does not hold what it refers to, such as 0022200001 BOS",
  );
  expect(judge(processor("asof"), { ...clean, ...failing("hard_key", 2) }, []).error).toBe(
    "2 rows break hard_key: nba_raw.schedule does not hold what they refer to, such as 0022200001 BOS",
  );
  expect(judge(processor("asof"), { ...clean, rows: 100, broken: broken(3) }, []).error).toBe(
    "3 of 100 rows break hard, such as row 0: more than 2 %",
  );
});
