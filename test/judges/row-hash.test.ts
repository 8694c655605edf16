import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rowHash } from "../../src/statements/row-hash.ts";
import { type Column, type Table, tableOf } from "../../src/tables.ts";
import type { Row, Value } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";
import { GoogleSql } from "./googlesql.ts";

let google: GoogleSql;
beforeAll(async () => {
  google = await GoogleSql.connect();
});
afterAll(() => google.close());

/** The canonical text of processors.md, section 1, written from there and not from the SQL. */
function canonical(column: Column, value: Value): string {
  if (value === null) return "\\N";
  switch (column.type) {
    case "BOOL":
      return value ? "1" : "0";
    case "FLOAT64":
      return String(BigInt(Math.floor(Number(value) * 1e9 + 0.5)));
    case "TIMESTAMP":
      return String(Math.floor(Date.parse(String(value)) / 1000));
    default:
      return String(value);
  }
}

function hashOf(table: Table, row: Row): string {
  const texts = table.columns.map((column) => canonical(column, row[column.name] ?? null));
  return createHash("sha256")
    .update(texts.map((text) => `${[...text].length}:${text}`).join(""))
    .digest("hex");
}

const line = {
  game_id: "0022200001",
  bookmaker: "Café Dončić",
  market: "spread",
  side: "home",
  snapshot_key: "",
  game_date: "2022-10-18",
  snapshot_at: "2022-10-18T23:29:59.000Z",
  snapshot_kind: "timed",
  point: -4.5,
  price: 1.909090909,
  source: "𝛑, beyond the first 65,536 characters",
  loaded_at: "1969-12-31T23:59:59.000Z",
};
const listing = {
  game_id: "0022200001",
  player_id: "1",
  game_date: "2022-10-18",
  player_name: "Nikola Jokić",
  team: "DEN",
  starter: false,
  status: "active",
  dnp_reason: null,
  lists_nonplayers: true,
  seconds: 2045,
  plus_minus: -17,
  from_name: false,
  source: "s",
  loaded_at: "2022-10-19T12:00:00.000Z",
};

it.each<[string, string, Row]>([
  ["every type", "nba_raw.game_lines", line],
  ["NULLs", "nba_raw.game_lines", { ...line, snapshot_at: null, point: null, price: null }],
  [
    "a negative float between two integers",
    "nba_raw.game_lines",
    { ...line, point: -0.342870386, price: -1e-9 },
  ],
  ["floats that are rounded", "nba_raw.game_lines", { ...line, point: 2 / 3, price: -1 / 3 }],
  ["zero of either sign", "nba_raw.game_lines", { ...line, point: -0, price: 0 }],
  ["booleans and integers", "nba_raw.player_boxscores", listing],
  ["a NULL boolean", "nba_raw.player_boxscores", { ...listing, starter: null }],
])("row_hash of %s is SHA-256 over the canonical text, on both engines", async (_, id, row) => {
  const table = tableOf(id);
  const sql = `SELECT ${rowHash(table.columns, "held.")} AS row_hash FROM ${id} AS held`;
  await using fixture = await Fixture.open();
  await fixture.insert(id, [row]);
  const expected = [{ row_hash: hashOf(table, row) }];
  expect(await google.evaluate(sql, new Map([[table, [row]]]))).toEqual(expected);
  expect(await fixture.warehouse.read(sql)).toEqual(expected);
});

it("tells neighbouring texts apart", async () => {
  const table = tableOf("nba_raw.game_lines");
  const sql = `SELECT ${rowHash(table.columns, "held.")} AS row_hash FROM ${table.id} AS held`;
  await using fixture = await Fixture.open();
  await fixture.insert(table.id, [
    { ...line, market: "ab", side: "c" },
    { ...line, market: "a", side: "bc" },
  ]);
  const rows = await fixture.warehouse.read(sql);
  expect(new Set(rows.map((row) => row.row_hash)).size).toBe(2);
});
