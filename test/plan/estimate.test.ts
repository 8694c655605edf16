import { expect, test } from "vitest";
import { Calendar } from "../../src/calendar.ts";
import type { World } from "../../src/coverage/coverage.ts";
import type { GameDate } from "../../src/dates.ts";
import { type Estimate, estimateSteps, runOverStatements } from "../../src/plan/estimate.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { type PartitionSummary, partitionKey } from "../../src/progress/partition.ts";
import type { BuiltChunk, RunRecord } from "../../src/progress/runs.ts";
import { SourceDates } from "../../src/progress/source-dates.ts";

const processor = "player_game_summary";

/** A hundred dates in a row, the first with one game, the others with two. */
const calendar = new Calendar(
  Array.from({ length: 100 }, (_, index) => ({
    date: new Date(Date.UTC(2022, 0, 1 + index)).toISOString().slice(0, 10) as GameDate,
    seasonYear: 2021,
    seasonType: "regular",
    games: index === 0 ? 1 : 2,
  })),
);

type Recorded = Pick<PartitionSummary, "status" | "row_count" | "expected_rows">;

/** What the first dates have recorded. */
function worldWith(...recorded: readonly Recorded[]): World {
  return {
    calendar,
    historyStart: calendar.dates[0]!.date,
    today: calendar.dates.at(-1)!.date,
    processors: [],
    versions: new Map(),
    engine: "duckdb test",
    partitions: new Map(
      recorded.map((of, index) => [
        partitionKey(processor, calendar.dates[index]!.date),
        of as PartitionSummary,
      ]),
    ),
    sourceDates: new SourceDates([]),
  };
}

/** The plan's one step: chunks of these sizes, from the first date on. */
function estimateOf(
  sizes: readonly number[],
  built: readonly (readonly [partitions: number, milliseconds: number])[],
  world = worldWith(),
): Estimate {
  const rest = calendar.dates.map((entry) => ({ ...entry, reason: "forced" as const, warmUp: false }));
  const chunks = sizes.map((size) => rest.splice(0, size));
  const partitions = chunks.flat().length;
  const plan: Plan = {
    steps: [{ processor, chunks }],
    selected: partitions,
    partitions,
    warmUp: 0,
    heldBack: [],
  };
  const others: BuiltChunk = {
    run_id: "one",
    processor: "team_offense_game_summary",
    partitions: 7,
    milliseconds: 7000,
  };
  const own = built.map(
    ([partitions, milliseconds]): BuiltChunk => ({ run_id: "one", processor, partitions, milliseconds }),
  );
  return estimateSteps(world, plan, [others, ...own])[0]!;
}

const time = ({ milliseconds, atMost }: Estimate) => [milliseconds, atMost];

test("without a chunk of the processor nothing is guessed", () => {
  expect(estimateOf([1], [])).toEqual({ rows: null, milliseconds: null, atMost: false });
});

test("two sizes tell what a statement costs and what a date does", () => {
  // 1 date in 204 ms and 51 in 404: 200 for the statement, 4 for each date.
  const built = [
    [1, 204],
    [51, 404],
  ] as const;
  expect(time(estimateOf([1], built))).toEqual([204, false]);
  expect(time(estimateOf([30], built))).toEqual([320, false]);
  // Two statements for the same thirty dates.
  expect(time(estimateOf([15, 15], built))).toEqual([520, false]);
});

test("the line goes between chunks that disagree", () => {
  // Sizes 1, 1, 4: mean 2. Times 100, 140, 180: mean 140. Slope (40 + 0 + 2 x 40) / (1 + 1 + 4) = 20, so 100 + 20 n.
  const built = [
    [1, 100],
    [1, 140],
    [4, 180],
  ] as const;
  expect(time(estimateOf([10], built))).toEqual([300, false]);
});

test("nothing costs less than nothing", () => {
  // Larger and quicker: each costs their mean, whatever its size.
  expect(
    time(
      estimateOf(
        [1, 50],
        [
          [1, 300],
          [10, 100],
        ],
      ),
    ),
  ).toEqual([400, false]);
  // Sizes with mean 5, times with mean 90: slope (-4 x -40 + 4 x 120) / 32 = 20, and 90 - 5 x 20 is less than nothing.
  const built = [
    [1, 50],
    [5, 10],
    [9, 210],
  ] as const;
  expect(time(estimateOf([2], built))).toEqual([40, false]);
});

test("what later runs have left of a large chunk does not pass for a small one", () => {
  // Four for each of 101 dates, and of the 20 as well.
  const built = [
    [101, 404],
    [20, 80],
  ] as const;
  expect(time(estimateOf([1], built))).toEqual([404, true]);
  // With a small one the line is 202 + 2 n.
  expect(time(estimateOf([50], [...built, [1, 204]]))).toEqual([302, false]);
});

test("sizes alike hide what a statement costs: a small chunk takes no longer than theirs, a large one no longer per date", () => {
  const built = [
    [20, 300],
    [30, 500],
  ] as const;
  // On average 25 dates in 400 ms.
  expect(time(estimateOf([1], built))).toEqual([400, true]);
  expect(time(estimateOf([25], built))).toEqual([400, false]);
  expect(time(estimateOf([100], built))).toEqual([1600, true]);
});

test("rows are those recorded for a date, else those of its games", () => {
  const world = worldWith(
    { status: "complete_with_exceptions", row_count: 18, expected_rows: 20 },
    { status: "complete", row_count: 50, expected_rows: null },
    { status: "blocked", row_count: 0, expected_rows: null },
  );
  expect(estimateOf([2], [], world).rows).toBe(70);
  // 70 rows of three games; the third date has two of its own, and tells nothing itself.
  expect(estimateOf([3], [], world).rows).toBe(117);
});

test("rows that do not grow with the games are those of a date", () => {
  const everyTeam = { status: "complete", row_count: 30, expected_rows: 30 } as const;
  // One game, then two, and thirty rows each time.
  expect(estimateOf([4], [], worldWith(everyTeam, everyTeam)).rows).toBe(120);
});

test("a run takes longer than its statements: by the runs whose partitions are all still theirs", () => {
  const chunk = (run_id: string, partitions: number, milliseconds: number): BuiltChunk => ({
    run_id,
    processor,
    partitions,
    milliseconds,
  });
  const run = (run_id: string, seconds: number | null, complete: number, not_done = 0) =>
    ({
      run_id,
      started_at: "2026-01-01T12:00:00Z",
      finished_at: seconds === null ? null : `2026-01-01T12:00:0${seconds}Z`,
      complete,
      not_done,
    }) as RunRecord;
  // 3 s for 2 s of statements, the second of which only said that two partitions wait; 2 s for 1 s.
  const built = [chunk("whole", 5, 2000), chunk("whole", 2, 0), chunk("small", 1, 1000)];
  const runs = [run("whole", 3, 5, 2), run("small", 2, 1)];
  expect(runOverStatements(built, runs)).toBeCloseTo(5 / 3, 12);
  // Of ten partitions seven were built again since; the other was killed, or is under way.
  const others = [run("rebuilt", 9, 10), run("killed", null, 1)];
  const theirs = [chunk("rebuilt", 3, 100), chunk("killed", 1, 100)];
  expect(runOverStatements([...built, ...theirs], [...runs, ...others])).toBeCloseTo(5 / 3, 12);
  expect(runOverStatements(theirs, others)).toBeNull();
  expect(runOverStatements(built, [...runs, run("nothing to do", 9, 0)])).toBeCloseTo(5 / 3, 12);
  // A clock that was set back.
  expect(runOverStatements(built.slice(0, 1), [run("whole", 1, 5)])).toBe(1);
});
