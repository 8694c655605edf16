import { afterAll, beforeAll, expect, it } from "vitest";
import { GoogleSql } from "./googlesql.ts";
import { referencedCtes, scansOf, topLevelCtes } from "./scans.ts";

let google: GoogleSql;
beforeAll(async () => {
  google = await GoogleSql.connect();
});
afterAll(() => google.close());

const schedule = "nba_raw.schedule";
const target = "@first_target_date @last_target_date";

it.each([
  ["nothing", "", ""],
  ["BETWEEN", "WHERE game_date BETWEEN @first_target_date AND @last_target_date", target],
  ["two comparisons", "WHERE game_date >= @first_target_date AND game_date <= @last_target_date", target],
  ["one comparison", "WHERE game_date >= @first_target_date", "@first_target_date"],
  ["an alternative", "WHERE game_date BETWEEN @first_target_date AND @last_target_date OR neutral_site", ""],
  ["literals", "WHERE game_date BETWEEN DATE '2022-10-18' AND DATE '2022-10-19'", ""],
  ["another column", "WHERE DATE '2022-10-18' BETWEEN @first_target_date AND @last_target_date", ""],
  ["an expression", "WHERE game_date + 1 BETWEEN @first_target_date AND @last_target_date", ""],
])("%s bounds a scan accordingly", async (_, where, bounds) => {
  const { tree } = await google.analyze(`SELECT game_id FROM ${schedule} ${where}`);
  expect(scansOf(tree)).toMatchObject([{ table: schedule, bounds }]);
});

it("tells two scans of one table apart, tables without partitions, and the columns that are read", async () => {
  const { tree } = await google.analyze(
    `SELECT games.game_id FROM ${schedule} AS games
     JOIN ${schedule} AS others ON others.game_id = games.game_id
     JOIN nba_raw.players AS players ON players.player_name = games.home_team
     WHERE others.game_date BETWEEN @first_input_date AND @last_input_date`,
  );
  expect(scansOf(tree)).toEqual([
    { table: schedule, bounds: "", columns: ["game_id", "home_team"] },
    { table: schedule, bounds: "@first_input_date @last_input_date", columns: ["game_id", "game_date"] },
    { table: "nba_raw.players", bounds: undefined, columns: ["player_name"] },
  ]);
});

it("knows the CTEs of a statement and which of them something reads", async () => {
  const { tree } = await google.analyze(
    `WITH games AS (SELECT game_id FROM ${schedule}), idle AS (SELECT 1 AS one) SELECT game_id FROM games`,
  );
  const ctes = topLevelCtes(tree);
  expect([...ctes.keys()]).toEqual(["games", "idle"]);
  expect(scansOf(ctes.get("games"))).toHaveLength(1);
  expect([...referencedCtes(tree)]).toEqual(["games"]);
});
