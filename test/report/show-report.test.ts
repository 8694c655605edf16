import { expect, test } from "vitest";
import type { PartitionCoverage } from "../../src/coverage/coverage.ts";
import type { GameDate } from "../../src/dates.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { COLUMNS_SHOWN, columnsOf, renderState } from "../../src/report/show-report.ts";

test.for(PROCESSORS)("the columns that a table of $name shows are there", (processor) => {
  const chosen = COLUMNS_SHOWN[processor.name];
  expect(columnsOf(processor, chosen).map(({ name }) => name)).toEqual(chosen);
});

const coverage: PartitionCoverage = {
  processor: "player_composite_factors",
  phase: 4,
  game_date: "2023-05-17" as GameDate,
  season_year: 2022,
  state: "complete_with_exceptions",
  reason: "window_hole",
  reason_detail: '{"rows":32,"games":[]}',
  expected_rows: 32,
  rows: 32,
  exceptions: 0,
  error: null,
};

test.for([
  // The games are named where the table itself reads summaries; another lacks what it reads lacks.
  [coverage, "  32 rows lack games in their windows"],
  [
    { ...coverage, reason_detail: '{"rows":32,"games":["0042200301"]}' },
    "  32 rows lack games in their windows: no summary of 0042200301",
  ],
  [
    {
      ...coverage,
      reason: "raw_missing",
      reason_detail: '{"games":[{"game_id":"1","raw_table":"nba_raw.shots"}]}',
    },
    "  raw data missing: nba_raw.shots 1",
  ],
] as const)("the state of a partition in words: %o", ([of, sentence]) => {
  const shown = { coverage: of, idle: null, run: null, player: null, team: null, stored: 32, rows: [] };
  expect(renderState({ ...shown, people: new Map() })).toBe(
    `player_composite_factors 2023-05-17: 0 of 32 rows; complete with exceptions\n${sentence}`,
  );
});
