import { expect, test } from "vitest";
import { Calendar } from "../../src/calendar.ts";
import type { World } from "../../src/coverage/coverage.ts";
import type { GameDate } from "../../src/dates.ts";
import { type PlanOptions, planBackfill } from "../../src/plan/plan.ts";
import type { Selection } from "../../src/plan/selection.ts";
import { playerGameSummary } from "../../src/processors/analytics/player_game_summary/processor.ts";
import { teamDefenseGameSummary } from "../../src/processors/analytics/team_defense_game_summary/processor.ts";
import { teamOffenseGameSummary } from "../../src/processors/analytics/team_offense_game_summary/processor.ts";
import { teamDefenseZoneAnalysis } from "../../src/processors/precompute/team_defense_zone_analysis/processor.ts";
import { type PartitionSummary, partitionKey } from "../../src/progress/partition.ts";
import { SourceDates } from "../../src/progress/source-dates.ts";
import { completePartition } from "../coverage/complete-partition.ts";

const processors = [
  playerGameSummary,
  teamOffenseGameSummary,
  teamDefenseGameSummary,
  teamDefenseZoneAnalysis,
];
const all: PlanOptions = { chunk: "all", force: false };

/** Five dates of one season, the first before history. */
const dates = ["2021-10-31", "2021-11-01", "2021-11-02", "2021-12-01", "2022-01-03"] as GameDate[];

function world(recorded: "nothing" | "everything"): World {
  const empty: World = {
    calendar: new Calendar(
      dates.map((date) => ({ date, seasonYear: 2021, seasonType: "regular", games: 1 })),
    ),
    historyStart: "2021-11-01" as GameDate,
    today: "2022-01-03" as GameDate,
    processors,
    versions: new Map(processors.map(({ name }) => [name, "v1"])),
    engine: "duckdb test",
    partitions: new Map(),
    sourceDates: new SourceDates([]),
  };
  if (recorded === "nothing") return empty;
  const partitions = processors.flatMap((processor) =>
    empty.calendar.dates.map((entry): [string, PartitionSummary] => [
      partitionKey(processor.name, entry.date),
      { ...completePartition(empty, processor, entry), content_fingerprint: null },
    ]),
  );
  return { ...empty, partitions: new Map(partitions) };
}

/** Each step as `processor: date reason, date reason | next chunk`. */
function stepsOf(of: World, selection: Selection = {}, options: PlanOptions = all): string[] {
  return planBackfill(of, selection, options).steps.map((step) => {
    const chunks = step.chunks.map((chunk) =>
      chunk.map(({ date, reason }) => `${date} ${reason}`).join(", "),
    );
    return `${step.processor}: ${chunks.join(" | ")}`;
  });
}

const changed = (of: World, view: string, date: string): World => {
  of.sourceDates.set({ view_name: view, source_date: date as GameDate, fingerprint: "1:7" });
  return of;
};

test("from nothing, everything is planned in dependency order, with the warm-up summaries that windows reach", () => {
  const plan = planBackfill(world("nothing"), {}, all);
  expect(plan.steps.map((step) => [step.processor, step.chunks.flat().length])).toEqual([
    ["player_game_summary", 4],
    ["team_offense_game_summary", 5],
    ["team_defense_game_summary", 5],
    ["team_defense_zone_analysis", 4],
  ]);
  expect(plan).toMatchObject({ partitions: 18, warmUp: 2, selected: 16, heldBack: [] });
});

test("when all is done and nothing changed there is nothing to do", () => {
  expect(stepsOf(world("everything"))).toEqual([]);
});

test("a changed box score makes its date and what looks back on it stale, and nothing before", () => {
  expect(stepsOf(changed(world("everything"), "team_boxes", "2021-11-02"))).toEqual([
    "player_game_summary: 2021-11-02 input_changed",
    "team_offense_game_summary: 2021-11-02 input_changed",
    "team_defense_game_summary: 2021-11-02 input_changed",
    "team_defense_zone_analysis: 2021-12-01 upstream_stale, 2022-01-03 upstream_stale",
  ]);
});

test("players' box scores are no input of team tables", () => {
  expect(stepsOf(changed(world("everything"), "player_boxes", "2021-11-02"))).toEqual([
    "player_game_summary: 2021-11-02 input_changed",
  ]);
});

test("another version, another engine, a failure", () => {
  const everything = world("everything");
  const version = {
    ...everything,
    versions: new Map([...everything.versions, ["player_game_summary" as const, "v2"]]),
  };
  expect(stepsOf(version, { year: 2022 })).toEqual(["player_game_summary: 2022-01-03 version_changed"]);
  expect(stepsOf({ ...everything, engine: "duckdb next" }, { year: 2022, phase: 4 })).toEqual([
    "team_offense_game_summary: 2021-10-31 engine_changed",
    "team_defense_game_summary: 2021-10-31 engine_changed",
    "team_defense_zone_analysis: 2022-01-03 engine_changed",
  ]);
  const key = partitionKey("player_game_summary", "2021-12-01");
  const failed = new Map(everything.partitions).set(key, {
    ...everything.partitions.get(key)!,
    status: "failed",
  });
  expect(stepsOf({ ...everything, partitions: failed })).toEqual(["player_game_summary: 2021-12-01 retry"]);
});

test("a block whose inputs are as before is not tried again, and is not forgotten", () => {
  const everything = world("everything");
  const key = partitionKey("player_game_summary", "2021-12-01");
  const blocked = new Map(everything.partitions).set(key, {
    ...everything.partitions.get(key)!,
    status: "blocked",
  });
  const plan = planBackfill({ ...everything, partitions: blocked }, {}, all);
  expect(plan).toMatchObject({
    partitions: 0,
    heldBack: [{ processor: "player_game_summary", game_date: "2021-12-01", status: "blocked" }],
  });
});

test("force, limit and chunks", () => {
  const nothing = world("nothing");
  const pgs: Selection = { processors: ["player_game_summary"] };
  expect(stepsOf(world("everything"), { ...pgs, year: 2022 }, { ...all, force: true })).toEqual([
    "player_game_summary: 2022-01-03 forced",
  ]);
  expect(stepsOf(nothing, pgs, { ...all, limit: 2 })).toEqual([
    "player_game_summary: 2021-11-01 never_run, 2021-11-02 never_run",
  ]);
  const shape = (chunk: PlanOptions["chunk"]) =>
    planBackfill(nothing, pgs, { ...all, chunk }).steps[0]!.chunks.map((dates) => dates.length);
  expect(shape("month")).toEqual([2, 1, 1]);
  expect(shape("season")).toEqual([4]);
  expect(shape("day")).toEqual([1, 1, 1, 1]);
  expect(shape(3)).toEqual([3, 1]);
});

test("a warm-up date that is named has its summaries built where windows of history read them", () => {
  const warmUp: Selection = { dates: ["2021-10-31" as GameDate] };
  // No window reads the player summary: there is no processor here that looks back on it.
  expect(stepsOf(world("nothing"), warmUp)).toEqual([
    "team_offense_game_summary: 2021-10-31 never_run",
    "team_defense_game_summary: 2021-10-31 never_run",
  ]);
  expect(planBackfill(world("nothing"), warmUp, all)).toMatchObject({
    selected: 0,
    warmUp: 2,
    partitions: 2,
  });
  const offense: Selection = { ...warmUp, processors: ["team_offense_game_summary"] };
  expect(stepsOf(world("everything"), offense)).toEqual([]);
  expect(stepsOf(world("everything"), offense, { ...all, force: true })).toEqual([
    "team_offense_game_summary: 2021-10-31 forced",
  ]);
  // Beside a date of history it is built where it needs it, and not forced.
  const both: Selection = { ...offense, dates: ["2021-10-31", "2022-01-03"] as GameDate[] };
  expect(stepsOf(world("nothing"), both)).toEqual([
    "team_offense_game_summary: 2021-10-31 never_run, 2022-01-03 never_run",
  ]);
  expect(stepsOf(world("everything"), both, { ...all, force: true })).toEqual([
    "team_offense_game_summary: 2022-01-03 forced",
  ]);
  // Nothing reads a table of Phase 4 of a warm-up date.
  expect(() => planBackfill(world("nothing"), { ...warmUp, phase: 4 }, all)).toThrow(
    /no game dates in 2021-10-31/,
  );
});

test.for<[string, Selection, RegExp]>([
  [
    "end before start",
    { startDate: "2021-12-01" as GameDate, endDate: "2021-11-01" as GameDate },
    /ends \(2021-11-01\) before it starts/,
  ],
  [
    "no game dates",
    { startDate: "2021-11-05" as GameDate, endDate: "2021-11-09" as GameDate },
    /no game dates in 2021-11-05 .. 2021-11-09; history has 4, from 2021-11-01 to 2022-01-03/,
  ],
  ["a year outside", { year: 1999 }, /no game dates in year 1999/],
  ["a season outside", { seasonYear: 2030 }, /season 2030-31/],
])("%s is refused", ([, selection, message]) => {
  expect(() => planBackfill(world("nothing"), selection, all)).toThrow(message);
});
