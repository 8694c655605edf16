import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DERIVATIONS, selectOf } from "../../src/ingest/derive.ts";
import { TABLES, tableOf } from "../../src/tables.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { hoopRPlayer } from "../ingest/feeds.ts";
import { Folder } from "../ingest/folder.ts";
import { game, playerBox, prop, shot, teamBox } from "../ingest/rows.ts";
import { differencesOf } from "./agreement.ts";
import { GoogleSql } from "./googlesql.ts";
import { lint } from "./lint.ts";

let google: GoogleSql;
let folder: Folder;
beforeAll(async () => {
  google = await GoogleSql.connect();
  folder = await Folder.open();
  const paths = [
    folder.csv("games.csv", [
      game(),
      game({ game_id: "0022200002", game_date: "2022-11-06", arena_id: "Moon Dome" }),
      game({ game_id: "0022200003", game_date: "2022-11-07", tipoff_at: "2022-11-08T00:30:00Z" }),
    ]),
    folder.csv("players.csv", [
      playerBox({ seconds: 7200 }),
      playerBox({ player_id: "2", player_name: "Luka Dončić", team: "PHI", seconds: 7200 }),
      playerBox({ player_id: "3", player_name: "P.J. Washington Jr.", seconds: 7200 }),
    ]),
    folder.csv("named.csv", [
      hoopRPlayer({ game_date: "2022-11-07" }),
      hoopRPlayer({ game_date: "2022-11-07", athlete_display_name: "Nobody Yet" }),
    ]),
    folder.csv("teams.csv", [
      teamBox(),
      teamBox({ team: "PHI", overtime_points: 0 }),
      teamBox({ game_id: "0022200002", overtime_periods: 2 }),
      teamBox({ game_id: "0022200003", overtime_points: 4 }),
    ]),
    folder.csv("shots.csv", [shot({ event_id: 1 }), shot({ event_id: 2, team: "PHI", zone: "paint" })]),
    folder.csv(
      "props.csv",
      ["luka DONCIC", "PJ Washington Jr", "PJ Washington", "Jace Brunn"].map((player_name) =>
        prop({ game_id: "0022200002", game_date: "2022-11-06", player_name }),
      ),
    ),
    folder.csv("injuries.csv", [
      {
        game_date: "2022-11-06",
        team: "BOS",
        player_name: "Jace Brunn",
        reported_at: "2022-11-06T12:00:00Z",
        status: "out",
      },
    ]),
    folder.csv("rosters.csv", [
      { team: "PHI", player_name: "Luka Doncic", as_of_at: "2022-11-06T12:00:00Z" },
    ]),
  ];
  await folder.ingest(paths);
  const nameOfId = "CASE WHEN from_name THEN 'name:' || normalised_name(player_name) ELSE player_id END";
  // Everything is derived by now; taken back, each derivation has something to say again.
  for (const [table, change] of [
    ["schedule", "asof_cutoff_at = TIMESTAMP_SECONDS(0), asof_cutoff_kind = ''"],
    ["team_boxscores", "minutes = NULL"],
    ["shot_coverage", "home_shots = 0, away_shots = 0, zone_method = ''"],
    ["player_boxscores", `player_id = ${nameOfId}`],
    ["player_props", "player_id = 'name:' || normalised_name(player_name)"],
    ["injury_reports", "player_id = 'name:' || normalised_name(player_name)"],
    ["rosters", "player_id = 'name:' || normalised_name(player_name)"],
  ] as const) {
    await folder.warehouse.execute(`UPDATE nba_raw.${table} SET ${change}`);
  }
  for (const table of ["player_boxscores", "team_boxscores", "shots", "shot_coverage", "player_props"]) {
    await folder.warehouse.execute(
      `UPDATE nba_raw.${table} SET game_date = DATE '2022-10-01' WHERE game_id = '0022200001'`,
    );
  }
  await folder.warehouse.execute(
    "CREATE TEMP TABLE arena_names AS SELECT 'moondome' AS name, 'moon-dome' AS arena_id",
  );
});
afterAll(async () => {
  google.close();
  await folder[Symbol.asyncDispose]();
});

/** What normalised_name means, in GoogleSQL; NFD takes accents off letters, and a few letters have none to take off. */
const meaning = (name: string) =>
  `REGEXP_REPLACE(TRANSLATE(LOWER(NORMALIZE(${name}, NFD)), 'đðøłħı', 'ddolhi'), r'[^a-z0-9]', '')`;

/** A derivation as GoogleSQL can resolve it: with the function spelled out and ingest's table of names given. */
function asGoogleSql(sql: string): string {
  const text = sql.replace(/normalised_name\(([\w.]+)\)/g, (_, name) => meaning(name));
  if (!text.includes("arena_names")) return text;
  return text.replace(
    /^WITH /m,
    "WITH arena_names AS (SELECT 'moondome' AS name, 'moon-dome' AS arena_id),\n",
  );
}

const types = { line_lead_minutes: "INT64" as const };
const parameters = { line_lead_minutes: 30 };

/** Derivations that the rows above leave nothing to do for. */
const idle = ["nba_raw.game_lines", "nba_raw.player_props"].map((table) => `game_dates ${table}`);

describe.each(DERIVATIONS)("$name of $table", ({ name, table, columns }) => {
  const { key, columns: all } = tableOf(table);
  const select = selectOf(name, tableOf(table));
  const sql = asGoogleSql(select);
  const typeOf = (column: string) => all.find((candidate) => candidate.name === column)!.type;

  it("gives the key and the new values", async () => {
    expect((await google.analyze(sql, types)).columns).toEqual([
      ...key.map((column) => ({ name: column, type: typeOf(column) })),
      ...columns.map((column) => ({ name: `new_${column}`, type: typeOf(column) })),
    ]);
  });

  it("keeps to the subset that means the same on both engines", async () => {
    // The one function of our own has a test of its own, below.
    const plain = select.replace(/normalised_name\(([\w.]+)\)/g, "CAST($1 AS STRING)");
    const findings = await lint(google, asGoogleSql(plain).replace("@line_lead_minutes", "30"));
    expect(findings.map(({ rule, where }) => `${rule}: ${where}`)).toEqual([]);
  });

  it("gives on DuckDB the rows that it means", async () => {
    const content = new Map<typeof TABLES extends ReadonlyMap<string, infer T> ? T : never, Row[]>();
    for (const raw of TABLES.values()) {
      if (raw.dataset === "nba_raw" && raw.name !== "quarantine") {
        content.set(raw, await folder.read(`SELECT * FROM ${raw.id}`));
      }
    }
    const computed = await folder.warehouse.read(select, parameters);
    const meant = await google.evaluate(sql, content, parameters, types);
    expect(differencesOf(computed, meant, key)).toEqual([]);
    expect(computed.length > 0).toBe(!idle.includes(`${name} ${table}`));
  });
});

it("what a name is in its normal form is the same on both engines", async () => {
  const names = [
    "Luka Dončić",
    "Nikola Đurišić",
    "Jonas Valančiūnas",
    "Alperen Şengün",
    "Þór Ægir",
    "O'Neale-Łuk III",
    "ÅNGSTRÖM İ",
  ];
  for (const name of names) {
    const [ours] = await folder.warehouse.read("SELECT normalised_name(@name) AS name", { name });
    const [theirs] = await google.evaluate(
      `SELECT ${meaning("@name")} AS name`,
      new Map(),
      { name },
      { name: "STRING" },
    );
    expect.soft(ours, name).toEqual(theirs);
  }
});
