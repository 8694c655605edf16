import { expect, test } from "vitest";
import { Calendar } from "../../src/calendar.ts";
import type { World } from "../../src/coverage/coverage.ts";
import { coverageOf } from "../../src/coverage/history.ts";
import type { GameDate } from "../../src/dates.ts";
import type { ProcessorName } from "../../src/processors/processor.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { type PartitionSummary, partitionKey } from "../../src/progress/partition.ts";
import { SourceDates } from "../../src/progress/source-dates.ts";
import { reasonSentence } from "../../src/report/reason-sentence.ts";
import { completePartition } from "./complete-partition.ts";

const LAST_SEASON = "2022-06-01" as GameDate;
const [FIRST, SECOND, THIRD] = ["2022-10-20", "2022-10-21", "2022-10-24"] as GameDate[] as [
  GameDate,
  GameDate,
  GameDate,
];
const calendar = new Calendar(
  [LAST_SEASON, FIRST, SECOND, THIRD].map((date) => ({
    date,
    seasonYear: date === LAST_SEASON ? 2021 : 2022,
    seasonType: "regular",
    games: 1,
  })),
);

const empty: World = {
  calendar,
  historyStart: LAST_SEASON,
  today: THIRD,
  processors: PROCESSORS,
  versions: new Map(PROCESSORS.map(({ name }) => [name, "1"])),
  engine: "engine",
  partitions: new Map(),
  sourceDates: new SourceDates([]),
};

/** Everything was built and is complete, but for what is said of single partitions; null: never run. */
function worldWith(...others: readonly [ProcessorName, GameDate, Partial<PartitionSummary> | null][]): World {
  const partitions = new Map(
    PROCESSORS.flatMap((processor) =>
      calendar.dates.map((entry): [string, PartitionSummary] => [
        partitionKey(processor.name, entry.date),
        completePartition(empty, processor, entry),
      ]),
    ),
  );
  for (const [name, date, other] of others) {
    const key = partitionKey(name, date);
    if (other) partitions.set(key, { ...partitions.get(key)!, ...other });
    else partitions.delete(key);
  }
  return { ...empty, partitions };
}

const named = (world: World) =>
  coverageOf(world)
    .filter(({ state }) => state === "complete_with_exceptions")
    .map(({ processor, game_date }) => `${processor} ${game_date}`);
const of = (dates: readonly GameDate[], ...names: ProcessorName[]) =>
  names.flatMap((name) => dates.map((date) => `${name} ${date}`));

const failed = { status: "failed", reason: "statement_failed", error: "Out of Range Error" } as const;
const setAside = {
  status: "complete_with_exceptions",
  reason: "rows_set_aside",
  reason_detail: '{"rows_set_aside":[{"key":"0022200001 1","checks":["points"]}],"rows_set_aside_total":1}',
  exceptions: 1,
} as const;

/** What reads player summaries of this season; the last two by way of the players' context of their date. */
const ofPlayers = [
  "upcoming_team_game_context",
  "upcoming_player_game_context",
  "player_shot_zone_analysis",
  "player_composite_factors",
  "ml_feature_store",
] as const;
/** What reads the offense of teams, or a table of its date that does. */
const ofTeams = [
  "upcoming_team_game_context",
  "upcoming_player_game_context",
  "team_defense_zone_analysis",
  "player_composite_factors",
  "ml_feature_store",
] as const;

test.for<[string, World, string[]]>([
  ["nothing", worldWith(), []],
  [
    "a failure that left an earlier run's rows",
    worldWith(["player_game_summary", FIRST, failed]),
    of([SECOND, THIRD], ...ofPlayers),
  ],
  [
    "a failure that left none",
    worldWith(["player_game_summary", FIRST, { ...failed, row_count: 0 }]),
    of([SECOND, THIRD], ...ofPlayers),
  ],
  [
    "a game set aside",
    worldWith(["team_offense_game_summary", FIRST, { status: "incomplete", reason: "games_set_aside" }]),
    of([SECOND, THIRD], ...ofTeams),
  ],
  [
    "games past that nobody says are over",
    worldWith(["team_offense_game_summary", SECOND, { status: "not_final", reason: "games_not_over" }]),
    of([THIRD], ...ofTeams),
  ],
  [
    "a row set aside",
    worldWith(["player_game_summary", SECOND, setAside]),
    [`player_game_summary ${SECOND}`, ...of([THIRD], ...ofPlayers)],
  ],
  [
    "a row set aside in the season before, which reports no holes",
    worldWith(["player_game_summary", LAST_SEASON, setAside]),
    [`player_game_summary ${LAST_SEASON}`],
  ],
  [
    "another exception of a summary",
    worldWith(["player_game_summary", FIRST, { ...setAside, reason_detail: '{"adopted":true}' }]),
    [`player_game_summary ${FIRST}`],
  ],
  ["a summary never run", worldWith(["player_game_summary", FIRST, null]), of([SECOND, THIRD], ...ofPlayers)],
])("%s in the windows of later dates", ([, world, expected]) => {
  expect(named(world)).toEqual(expected);
});

test("rows that no run recorded", () => {
  const key = partitionKey("team_defense_game_summary", SECOND);
  const { partitions, ...world } = worldWith(["team_defense_game_summary", SECOND, null]);
  const found = { date: SECOND, rows: 2, fingerprint: "2:1" };
  const actual = new Map([...partitions.keys(), key].map((of) => [of, found]));
  expect(named({ ...world, partitions, actual })).toEqual(of([THIRD], ...ofTeams));
});

test("what is about to be built again makes later dates stale, and is no hole", () => {
  const world = worldWith(["player_game_summary", FIRST, { ...failed, processor_version: "0" }]);
  expect(named(world)).toEqual([]);
});

test("holes are named after what was recorded, and told", () => {
  const recorded = { rows: 3, games: ["0022200007"] };
  const coverage = coverageOf(
    worldWith(
      ["player_game_summary", FIRST, failed],
      ["player_game_summary", SECOND, setAside],
      [
        "player_shot_zone_analysis",
        THIRD,
        {
          status: "complete_with_exceptions",
          reason: "window_hole",
          reason_detail: JSON.stringify(recorded),
          exceptions: 1,
        },
      ],
    ),
  );
  const found = (name: ProcessorName) =>
    coverage.find((entry) => entry.processor === name && entry.game_date === THIRD)!;
  const holes = [
    { processor: "player_game_summary", game_date: FIRST, what: "failed" },
    { processor: "player_game_summary", game_date: SECOND, what: "rows_set_aside" },
  ];
  expect(JSON.parse(found("ml_feature_store").reason_detail!)).toEqual({ holes, holes_total: 2 });
  expect(JSON.parse(found("player_shot_zone_analysis").reason_detail!)).toEqual({
    ...recorded,
    holes,
    holes_total: 2,
  });
  expect(reasonSentence(found("player_shot_zone_analysis"))).toBe(
    "3 rows lack games in their windows: no summary of 0022200007; not whole in its windows: " +
      "player_game_summary of 2022-10-20 (failed), " +
      "player_game_summary of 2022-10-21 (rows set aside)",
  );
  expect(reasonSentence(found("ml_feature_store"))).toMatch(/^not whole in its windows: player_game_summary/);
});

test("many holes of one kind are told once, with some of their dates", () => {
  const dates = ["01", "02", "03", "04", "05", "06", "07"].map((day) => `2022-11-${day}`);
  const holes = dates.map((game_date) => ({
    processor: "player_game_summary",
    game_date,
    what: "not_final",
  }));
  const reason_detail = JSON.stringify({ holes, holes_total: 9 });
  expect(
    reasonSentence({
      state: "complete_with_exceptions",
      reason: "window_hole",
      reason_detail,
      error: null,
      rows: 1,
    }),
  ).toBe(
    "not whole in its windows: player_game_summary of 2022-11-01, 2022-11-02, 2022-11-03, 2022-11-04, 2022-11-05 " +
      "and 2 more dates (not final) and 2 more partitions",
  );
});
