import { expect } from "vitest";
import { DATE, forget, game, offense, on, runAlone, type Scenario, withRaw } from "./scenario.ts";

/** What happens to a partition after it was built: its inputs or its rows changed, or its record is gone. */
export const CHANGED_SINCE: Readonly<Record<string, Scenario>> = {
  "a raw row edited behind our back": {
    state: "stale",
    reason: "input_changed",
    provoke: ({ sql }) => sql(`UPDATE nba_raw.team_boxscores SET stl = stl + 1 WHERE game_id = ${game}`),
    processor: offense,
    detail: { inputs: [{ view: "team_boxes", dates: [DATE], changed_at: null }] },
    why: /^changed since it was read: team_boxes of 2023-02-07, behind our back$/,
    command: `${runAlone(offense)} --deep`,
  },
  "raw rows deleted behind our back": {
    state: "stale",
    reason: "input_changed",
    provoke: ({ sql }) => sql(`DELETE FROM nba_raw.team_boxscores WHERE game_id = ${game}`),
    processor: offense,
    detail: {
      inputs: [{ view: "team_boxes", dates: [DATE], changed_at: null }],
      games: [{ problem: "raw_missing", raw_table: "nba_raw.team_boxscores" }],
    },
    why: /^changed since it was read: team_boxes of 2023-02-07, behind our back; raw data missing: nba_raw.team_boxscores \d{10}$/,
    command: withRaw(`${runAlone(offense)} --deep`),
    path: "team_boxscores.csv",
  },
  "a raw row corrected by an ingest": {
    state: "stale",
    reason: "input_changed",
    provoke: async ({ sql, cli }) => {
      await sql(`UPDATE nba_raw.team_boxscores SET stl = stl + 1 WHERE game_id = ${game}`);
      await cli(`run --processor ${offense} --dates ${DATE} --deep`);
      await cli("ingest RAW/team_boxscores.csv");
    },
    processor: offense,
    detail: { inputs: [{ view: "team_boxes", dates: [DATE], changed_at: expect.stringMatching(/Z$/) }] },
    why: /^changed since it was read: team_boxes of 2023-02-07, at \d{4}-/,
    command: runAlone(offense),
  },
  "a processor of another version": {
    state: "stale",
    reason: "version_changed",
    provoke: ({ sql }) =>
      sql(
        `UPDATE nba_backfill.partitions SET processor_version = '000000000000' WHERE processor = '${offense}' AND ${on}`,
      ),
    processor: offense,
    detail: null,
    why: /^the processor has another version now$/,
    command: runAlone(offense),
  },
  "an engine of another version": {
    state: "stale",
    reason: "engine_changed",
    provoke: ({ sql }) =>
      sql(
        `UPDATE nba_backfill.partitions SET engine = 'duckdb v0.0.1' WHERE processor = '${offense}' AND ${on}`,
      ),
    processor: offense,
    detail: null,
    why: /^fingerprints were made by another engine version$/,
    command: runAlone(offense),
  },
  "what it reads is to be built again": {
    state: "stale",
    reason: "upstream_stale",
    provoke: ({ sql }) =>
      sql(
        `UPDATE nba_backfill.partitions SET processor_version = '000000000000' WHERE processor = '${offense}' AND game_date = DATE '2023-01-02'`,
      ),
    processor: "upcoming_team_game_context",
    detail: { partitions: [{ processor: offense, game_date: "2023-01-02" }] },
    why: /^reads team_offense_game_summary of 2023-01-02, which is to be built again$/,
    command: `nba-backfill run --start-date 2023-01-02 --end-date ${DATE}`,
  },
  "rows deleted": {
    state: "lost",
    reason: "rows_deleted",
    provoke: ({ sql }) => sql(`DELETE FROM nba_analytics.${offense} WHERE game_id = ${game}`),
    processor: offense,
    detail: {
      rows_recorded: 12,
      rows_found: 10,
      keys: Array(2).fill({
        game_id: expect.stringMatching(/^\d{10}$/),
        team: expect.stringMatching(/^[A-Z]{3}$/),
        fault: "missing",
      }),
      keys_total: 2,
    },
    why: /^rows were deleted behind our back: 12 committed, 10 found: \d{10} [A-Z]{3} missing, \d{10} [A-Z]{3} missing$/,
    command: `${runAlone(offense)} --deep`,
  },
  "a row edited": {
    state: "lost",
    reason: "rows_edited",
    provoke: ({ sql }) =>
      sql(
        `UPDATE nba_analytics.${offense} SET pts = pts + 1 WHERE team = (SELECT home_team FROM nba_raw.schedule WHERE game_id = ${game}) AND ${on}`,
      ),
    processor: offense,
    detail: { rows_recorded: 12, rows_found: 12, keys: [{ fault: "edited" }], keys_total: 1 },
    why: /^rows were edited behind our back: 12 committed, 12 found: \d{10} [A-Z]{3} edited$/,
    command: `${runAlone(offense)} --deep`,
  },
  "a row added": {
    state: "lost",
    reason: "rows_edited",
    provoke: ({ sql }) =>
      sql(
        `INSERT INTO nba_analytics.${offense} SELECT * REPLACE ('XYZ' AS team) FROM nba_analytics.${offense} WHERE ${on} LIMIT 1`,
      ),
    processor: offense,
    detail: {
      rows_recorded: 12,
      rows_found: 13,
      keys: [{ team: "XYZ", fault: "unexpected" }],
      keys_total: 1,
    },
    why: /^rows were edited behind our back: 12 committed, 13 found: \d{10} XYZ unexpected$/,
    command: `${runAlone(offense)} --deep`,
  },
  "a row doubled": {
    state: "lost",
    reason: "rows_edited",
    provoke: ({ sql }) =>
      sql(`INSERT INTO nba_analytics.${offense} SELECT * FROM nba_analytics.${offense} WHERE ${on} LIMIT 1`),
    processor: offense,
    detail: { rows_recorded: 12, rows_found: 13, keys: [{ fault: "duplicate" }], keys_total: 1 },
    why: /^rows were edited behind our back: 12 committed, 13 found: \d{10} [A-Z]{3} duplicate$/,
    command: `${runAlone(offense)} --deep`,
  },
  "rows that no run recorded": {
    state: "unrecorded",
    reason: "unrecorded",
    provoke: ({ sql }) => sql(forget(offense)),
    processor: offense,
    detail: null,
    why: /^12 rows that no run recorded$/,
    command: runAlone(offense),
  },
  "rows taken as they are": {
    state: "complete",
    reason: "adopted",
    provoke: async ({ sql, cli }) => {
      await sql(forget(offense));
      await cli(`adopt ${offense}`);
    },
    processor: offense,
    detail: null,
    why: /^taken as it was found/,
    command: null,
  },
};
