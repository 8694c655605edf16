import { expect } from "vitest";
import { CHANGED_SINCE } from "./changed-since.ts";
import {
  DATE,
  forced,
  forget,
  game,
  offense,
  on,
  runAlone,
  type Scenario,
  scorer,
  withRaw,
} from "./scenario.ts";

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "nothing happened": {
    state: "complete",
    reason: null,
    provoke: async () => undefined,
    processor: offense,
    detail: null,
    why: /all expected rows are there/,
    command: null,
  },
  "rows and state deleted": {
    state: "missing",
    reason: "never_run",
    provoke: ({ sql }) => sql(forget(offense), `DELETE FROM nba_analytics.${offense} WHERE ${on}`),
    processor: offense,
    detail: null,
    why: /^never run$/,
    command: runAlone(offense),
  },
  "never run, and no box scores": {
    state: "missing",
    reason: "raw_missing",
    provoke: ({ sql }) =>
      sql(
        forget(offense),
        `DELETE FROM nba_analytics.${offense} WHERE ${on}`,
        `DELETE FROM nba_raw.team_boxscores WHERE game_id = ${game}`,
      ),
    processor: offense,
    detail: { games: [{ problem: "raw_missing", raw_table: "nba_raw.team_boxscores" }] },
    why: /^raw data missing: nba_raw.team_boxscores \d{10}$/,
    command: withRaw(runAlone(offense)),
    path: "team_boxscores.csv",
  },
  "never run, and a game that is not over": {
    state: "missing",
    reason: "games_not_over",
    provoke: ({ sql }) =>
      sql(
        forget(offense),
        `DELETE FROM nba_analytics.${offense} WHERE ${on}`,
        `UPDATE nba_raw.schedule SET status = 'scheduled' WHERE game_id = ${game}`,
      ),
    processor: offense,
    detail: { games: [expect.stringMatching(/^\d{10}$/)] },
    why: /^games not over: \d{10}; until they are, a run leaves it not final$/,
    command: withRaw(runAlone(offense)),
    path: "schedule.csv",
  },
  "changed, and a game of it not over now": {
    state: "stale",
    reason: "input_changed",
    provoke: ({ sql }) => sql(`UPDATE nba_raw.schedule SET status = 'scheduled' WHERE game_id = ${game}`),
    processor: offense,
    detail: { games_not_over: [expect.stringMatching(/^\d{10}$/)] },
    why: /; games not over: \d{10}; until they are, a run leaves it not final$/,
    // What the schedule was before is what it says again, and nothing is left to do.
    command: withRaw(`${runAlone(offense)} --deep`),
    path: "schedule.csv",
  },
  "a failure, and its raw data corrected since": {
    state: "failed",
    reason: "check_failed",
    provoke: async ({ sql, cli }) => {
      await sql(`UPDATE nba_raw.team_boxscores SET fgm = fga + 1 WHERE game_id = ${game}`);
      await cli(`run --processor ${offense} --dates ${DATE} --deep`);
      await cli("ingest RAW/team_boxscores.csv");
    },
    processor: offense,
    detail: { rows: 2, inputs: expect.arrayContaining([expect.objectContaining({ view: "team_boxes" })]) },
    why: /rows break makes_within_attempts.*; changed since: .*team_boxes of 2023-02-07, at .*: a run tries again$/,
    command: runAlone(offense),
  },
  "no box scores of any game": {
    state: "blocked",
    reason: "raw_missing",
    provoke: async ({ sql, cli }) => {
      await sql(`DELETE FROM nba_raw.team_boxscores WHERE ${on}`);
      await cli(`run --processor ${offense} --dates ${DATE} --deep`);
    },
    processor: offense,
    detail: { games: Array(6).fill({ problem: "raw_missing", raw_table: "nba_raw.team_boxscores" }) },
    why: /^raw data missing: nba_raw.team_boxscores (\d{10}, ){4}\d{10} and 1 more game$/,
    command: withRaw(runAlone(offense)),
    path: "team_boxscores.csv",
  },
  "an input of the date was never run": {
    state: "blocked",
    reason: "upstream_missing",
    provoke: async ({ sql, cli }) => {
      await sql(forget("team_defense_zone_analysis"));
      await cli(forced("ml_feature_store"));
    },
    processor: "ml_feature_store",
    detail: { processors: ["team_defense_zone_analysis"] },
    why: /^waits for team_defense_zone_analysis of the same date$/,
    command: `nba-backfill run --dates ${DATE}`,
  },
  "points that do not add up to the score": {
    state: "incomplete",
    reason: "games_set_aside",
    provoke: async ({ sql, cli }) => {
      await sql(
        `UPDATE nba_raw.player_boxscores SET pts = pts + 1
         WHERE game_id = ${game} AND player_id = ${scorer}`,
      );
      await cli(`run --processor player_game_summary --dates ${DATE} --deep`);
    },
    processor: "player_game_summary",
    detail: { games: [{ problem: "points_differ" }] },
    why: /^games set aside: points differ \d{10}$/,
    command: withRaw(runAlone("player_game_summary")),
    path: "player_boxscores.csv",
  },
  "a game that is not over": {
    state: "not_final",
    reason: "games_not_over",
    provoke: async ({ sql, cli }) => {
      await sql(`UPDATE nba_raw.schedule SET status = 'scheduled' WHERE game_id = ${game}`);
      await cli(`run --processor ${offense} --dates ${DATE} --deep`);
    },
    processor: offense,
    detail: { games: [expect.stringMatching(/^\d{10}$/)] },
    why: /^games not over: \d{10}$/,
    command: withRaw(runAlone(offense)),
    path: "schedule.csv",
  },
  "a row that breaks a contract": {
    state: "failed",
    reason: "check_failed",
    provoke: async ({ sql, cli }) => {
      await sql(`UPDATE nba_raw.team_boxscores SET fgm = fga + 1 WHERE game_id = ${game}`);
      await cli(`run --processor ${offense} --dates ${DATE} --deep`);
    },
    processor: offense,
    detail: { rows: 2 },
    why: /rows break makes_within_attempts/,
    command: withRaw(runAlone(offense)),
    path: "team_boxscores.csv",
  },
  "one row of many that breaks a contract": {
    state: "complete_with_exceptions",
    reason: "rows_set_aside",
    provoke: async ({ sql, cli }) => {
      await sql(
        `UPDATE nba_raw.player_boxscores SET ftm = fta + 1
         WHERE game_id = ${game} AND player_id = ${scorer}`,
      );
      await cli(`run --processor player_game_summary --dates ${DATE} --deep`);
    },
    processor: "player_game_summary",
    detail: {
      rows_set_aside: [{ checks: expect.arrayContaining(["makes_within_attempts"]) }],
      rows_set_aside_total: 1,
    },
    why: /^rows set aside: \d{10} \S+ \(makes_within_attempts/,
    command: null,
  },
  "a value that no column holds": {
    state: "failed",
    reason: "statement_failed",
    provoke: async ({ sql, cli }) => {
      await sql(`UPDATE nba_raw.team_boxscores SET fga = 9223372036854775807 WHERE game_id = ${game}`);
      await cli(`run --processor ${offense} --dates ${DATE} --deep`);
    },
    processor: offense,
    detail: null,
    why: /^Conversion Error: .* out of range/,
    command: withRaw(runAlone(offense)),
    path: "team_boxscores.csv",
  },
  "a statement that makes a row twice": {
    state: "failed",
    reason: "keys_duplicate",
    provoke: ({ mistaken }) =>
      mistaken(forced(offense), (staging) => `INSERT INTO ${staging} SELECT * FROM ${staging} LIMIT 1`),
    processor: offense,
    detail: { count: 1 },
    why: /^1 row with the key of another/,
    command: runAlone(offense),
  },
  "a statement that loses a row": {
    state: "failed",
    reason: "keys_missing",
    provoke: ({ mistaken }) =>
      mistaken(
        forced(offense),
        (staging) => `DELETE FROM ${staging} WHERE team = (SELECT MIN(team) FROM ${staging})`,
      ),
    processor: offense,
    detail: { count: 1, example: expect.stringMatching(/^\d{10} [A-Z]{3}$/) },
    why: /^1 expected key without a row, such as \d{10} [A-Z]{3}$/,
    command: runAlone(offense),
  },
  "a statement that invents a row": {
    state: "failed",
    reason: "keys_unexpected",
    provoke: ({ mistaken }) =>
      mistaken(
        forced(offense),
        (staging) => `INSERT INTO ${staging} SELECT * REPLACE ('XYZ' AS team) FROM ${staging} LIMIT 1`,
      ),
    processor: offense,
    detail: { count: 1, example: expect.stringMatching(/^\d{10} XYZ$/) },
    why: /^1 row with a key that nobody expected, such as \d{10} XYZ$/,
    command: runAlone(offense),
  },
  "a game before it that has no summary": {
    state: "complete_with_exceptions",
    reason: "window_hole",
    provoke: async ({ sql, cli }) => {
      await sql("DELETE FROM nba_raw.team_boxscores WHERE game_date = DATE '2023-01-02'");
      await cli("run --deep");
    },
    processor: "upcoming_team_game_context",
    detail: { games: expect.arrayContaining([expect.stringMatching(/^\d{10}$/)]) },
    why: /^\d+ rows lack games in their windows: no summary of \d{10}/,
    command: null,
  },
  "a team that nobody is listed for": {
    state: "complete_with_exceptions",
    reason: "no_listing",
    provoke: async ({ sql, cli }) => {
      const home = `(SELECT home_team FROM nba_raw.schedule WHERE game_id = (SELECT MIN(game_id) FROM nba_raw.schedule WHERE game_date = DATE '2022-12-30'))`;
      await sql(
        `CREATE TEMP TABLE gone AS SELECT DISTINCT player_id FROM nba_raw.rosters WHERE team = ${home}`,
        ...["rosters", "injury_reports", "player_props"].map(
          (table) => `DELETE FROM nba_raw.${table} WHERE player_id IN (SELECT player_id FROM gone)`,
        ),
      );
      await cli("run --dates 2022-12-30,2023-02-07 --deep");
    },
    date: "2022-12-30",
    processor: "upcoming_player_game_context",
    detail: { teams_without_listing: [expect.stringMatching(/^[A-Z]{3}$/)] },
    why: /^nobody is listed for [A-Z]{3}$/,
    command: null,
  },
  ...CHANGED_SINCE,
};
