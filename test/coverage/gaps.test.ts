import { expect, test } from "vitest";
import { Calendar } from "../../src/calendar.ts";
import type { PartitionCoverage, World } from "../../src/coverage/coverage.ts";
import { idleDays } from "../../src/coverage/days.ts";
import type { GameDate } from "../../src/dates.ts";
import { SourceDates } from "../../src/progress/source-dates.ts";
import { type Gap, gapsOf } from "../../src/report/gap-report.ts";

const calendar = ["2023-01-01", "2023-01-03", "2023-01-04", "2023-01-06"] as GameDate[];

const partition = (game_date: string, more: Partial<PartitionCoverage> = {}): PartitionCoverage => ({
  processor: "team_offense_game_summary",
  phase: 3,
  game_date: game_date as GameDate,
  season_year: 2022,
  state: "complete",
  reason: null,
  reason_detail: null,
  expected_rows: 2,
  rows: 2,
  exceptions: 0,
  error: null,
  ...more,
});

const missing = { state: "missing", reason: "never_run" } as const;

function gaps(
  all: readonly PartitionCoverage[],
  needs: Readonly<Record<string, readonly string[]>> = {},
): Gap[] {
  return gapsOf(all, all, calendar, (name) => needs[name] ?? []);
}

test("an off day does not part a gap, a done game date does", () => {
  const [first, second] = gaps([
    partition("2023-01-01", missing),
    partition("2023-01-03", missing),
    partition("2023-01-04"),
    partition("2023-01-06", missing),
  ]);
  expect(first).toMatchObject({
    partitions: 2,
    why: "never run",
    command:
      "nba-backfill run --processor team_offense_game_summary --start-date 2023-01-01 --end-date 2023-01-03",
  });
  expect(second!.command).toBe("nba-backfill run --processor team_offense_game_summary --dates 2023-01-06");
});

test.for<[string, Partial<PartitionCoverage>, string, string]>([
  [
    "raw data missing",
    {
      state: "missing",
      reason: "raw_missing",
      reason_detail: '{"games":[{"game_id":"0022200001","raw_table":"nba_raw.team_boxscores"}]}',
    },
    "raw data missing: nba_raw.team_boxscores 0022200001",
    "nba-backfill ingest PATH && nba-backfill run --processor team_offense_game_summary --dates 2023-01-03",
  ],
  [
    "failed",
    { state: "failed", reason: "statement_failed", error: "Out of Range Error" },
    "Out of Range Error",
    // What the raw data make fail, fails again.
    "nba-backfill ingest PATH && nba-backfill run --processor team_offense_game_summary --dates 2023-01-03",
  ],
  [
    "deleted",
    { state: "lost", reason: "rows_deleted", reason_detail: '{"rows_recorded":4,"rows_found":1}' },
    "rows were deleted behind our back: 4 committed, 1 found",
    "nba-backfill run --processor team_offense_game_summary --dates 2023-01-03 --deep",
  ],
  [
    "edited",
    { state: "lost", reason: "rows_edited", reason_detail: '{"rows_recorded":4,"rows_found":4}' },
    "rows were edited behind our back: 4 committed, 4 found",
    "nba-backfill run --processor team_offense_game_summary --dates 2023-01-03 --deep",
  ],
  [
    "unrecorded",
    { state: "unrecorded", reason: "unrecorded", rows: 2 },
    "2 rows that no run recorded",
    "nba-backfill run --processor team_offense_game_summary --dates 2023-01-03",
  ],
  [
    "an ingested change",
    {
      state: "stale",
      reason: "input_changed",
      reason_detail:
        '{"inputs":[{"view":"team_boxes","dates":["2023-01-03"],"changed_at":"2023-02-01T00:00:00.000Z"}]}',
    },
    "changed since it was read: team_boxes of 2023-01-03, at 2023-02-01T00:00:00.000Z",
    "nba-backfill run --processor team_offense_game_summary --dates 2023-01-03",
  ],
  [
    "an edited raw row",
    {
      state: "stale",
      reason: "input_changed",
      reason_detail: '{"inputs":[{"view":"team_boxes","dates":["2023-01-03"],"changed_at":null}]}',
    },
    "changed since it was read: team_boxes of 2023-01-03, behind our back",
    "nba-backfill run --processor team_offense_game_summary --dates 2023-01-03 --deep",
  ],
])("%s is told, with the command that closes it", ([, of, why, command]) => {
  expect(gaps([partition("2023-01-03", of)])).toMatchObject([{ why, command }]);
});

test("a stale chain is closed from where it begins, with what lies between", () => {
  const upstream = JSON.stringify({
    partitions: [{ processor: "team_offense_game_summary", game_date: "2023-01-01" }],
  });
  const found = gaps([
    partition("2023-01-01", {
      state: "lost",
      reason: "rows_deleted",
      reason_detail: '{"rows_recorded":2,"rows_found":0}',
    }),
    partition("2023-01-04", {
      processor: "team_defense_zone_analysis",
      state: "stale",
      reason: "upstream_stale",
      reason_detail: upstream,
    }),
  ]);
  expect(found[1]).toMatchObject({
    why: "reads team_offense_game_summary of 2023-01-01, which is to be built again",
    command: "nba-backfill run --start-date 2023-01-01 --end-date 2023-01-04 --deep",
  });
});

test("of two chains the one that begins first decides where the command begins", () => {
  const stale = (processor: PartitionCoverage["processor"], of: string, date: string) =>
    partition("2023-01-06", {
      processor,
      state: "stale",
      reason: "upstream_stale",
      reason_detail: JSON.stringify({ partitions: [{ processor: of, game_date: date }] }),
    });
  const lost = { state: "lost", reason: "rows_deleted", reason_detail: "{}" } as const;
  const found = gaps(
    [
      partition("2023-01-04", lost),
      partition("2023-01-01", { ...lost, processor: "player_game_summary" }),
      stale("player_shot_zone_analysis", "player_game_summary", "2023-01-01"),
      stale("ml_feature_store", "team_offense_game_summary", "2023-01-04"),
    ],
    { ml_feature_store: ["player_shot_zone_analysis"] },
  );
  expect(found.at(-1)!.command).toBe("nba-backfill run --start-date 2023-01-01 --end-date 2023-01-06 --deep");
});

test.for([
  [
    "Conversion Error: Type DOUBLE with value 1e300 can't be cast",
    "nba-backfill ingest PATH && nba-backfill run",
  ],
  // Of no raw data's making.
  ["Out of Memory Error: failed to allocate data of size 16.0 KiB", "nba-backfill run"],
] as const)("a failure with %s is closed by: %s", ([error, starts]) => {
  const [gap] = gaps([partition("2023-01-03", { state: "failed", reason: "statement_failed", error })]);
  expect(gap!.command).toBe(`${starts} --processor team_offense_game_summary --dates 2023-01-03`);
});

test("what needs another table of its date is closed together with it", () => {
  const found = gaps(
    [
      partition("2023-01-01", missing),
      partition("2023-01-01", { ...missing, processor: "player_composite_factors" }),
    ],
    { player_composite_factors: ["team_offense_game_summary"] },
  );
  expect(found[1]!.command).toBe("nba-backfill run --dates 2023-01-01");
});

test("dates that need nothing are named as what they are", () => {
  const world: World = {
    calendar: new Calendar(
      calendar.map((date) => ({ date, seasonYear: 2022, seasonType: "regular", games: 1 })),
    ),
    historyStart: "2023-01-03" as GameDate,
    today: "2023-01-05" as GameDate,
    processors: [],
    versions: new Map(),
    engine: "duckdb test",
    partitions: new Map(),
    sourceDates: new SourceDates([]),
  };
  const exhibition = new Set(["2022-12-31" as GameDate]);
  const days = idleDays(world, exhibition, "2022-12-31" as GameDate, "2023-01-06" as GameDate);
  // 3 and 4 January are game dates of history and so not listed.
  expect(days.map(({ game_date, kind }) => `${game_date} ${kind}`)).toEqual([
    "2022-12-31 exhibition",
    "2023-01-01 warm_up",
    "2023-01-02 before_history",
    "2023-01-05 off_day",
    "2023-01-06 future",
  ]);
});

test("what has changed inputs of its own and reads a stale summary is closed from that summary on", () => {
  const summary = { processor: "team_defense_game_summary" as const, state: "stale" as const };
  const found = gaps([
    partition("2023-01-01", { ...summary, reason: "input_changed", reason_detail: '{"inputs":[]}' }),
    partition("2023-01-03", {
      processor: "team_defense_zone_analysis",
      phase: 4,
      state: "stale",
      reason: "input_changed",
      reason_detail: JSON.stringify({
        inputs: [],
        partitions: [{ processor: "team_defense_game_summary", game_date: "2023-01-01" }],
      }),
    }),
  ]);
  expect(found[1]!.command).toBe("nba-backfill run --start-date 2023-01-01 --end-date 2023-01-03");
});
