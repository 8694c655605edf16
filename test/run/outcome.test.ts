import { expect, test } from "vitest";
import type { DateFindings } from "../../src/checks/staged.ts";
import type { Processor } from "../../src/processors/processor.ts";
import { judge } from "../../src/run/outcome.ts";

const clean: DateFindings = {
  rows: 20,
  duplicates: 0,
  expected: 20,
  missing: 0,
  unexpected: 0,
  example: null,
  holes: 0,
  violations: {},
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
  rowChecks: [
    { name: "hard", severity: "block", sql: "pts >= 0" },
    { name: "soft", severity: "warn", sql: "pts < 80" },
  ],
  folder: "",
});

const missing = { game_id: "0022200001", problem: "raw_missing" };
const differs = { game_id: "0022200002", problem: "points_differ" };

test.for<[string, "summary" | "asof", Partial<DateFindings>, string, string | null]>([
  ["all there", "summary", {}, "complete", null],
  ["all there", "asof", {}, "complete", null],
  ["a key twice", "asof", { duplicates: 1 }, "failed", "keys_duplicate"],
  ["1 of 187 players", "asof", { rows: 1, expected: 187, missing: 186 }, "failed", "keys_missing"],
  ["no rows where rows were expected", "asof", { rows: 0, missing: 20 }, "failed", "keys_missing"],
  ["a key nobody expected", "summary", { unexpected: 1 }, "failed", "keys_unexpected"],
  ["a broken contract that blocks", "summary", { violations: { hard: 1 } }, "failed", "check_failed"],
  ["a broken contract that warns", "summary", { violations: { soft: 1 } }, "complete", null],
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
  ["a hole in a window", "asof", { holes: 3 }, "complete_with_exceptions", "window_hole"],
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
    judge(processor("asof"), { ...clean, holes: 5, teamsWithoutListing: ["BOS"] }, ["0022200009"]),
  ).toMatchObject({
    detail: { rows: 5, games: ["0022200009"], teams_without_listing: ["BOS"] },
    exceptions: 2,
  });
});
