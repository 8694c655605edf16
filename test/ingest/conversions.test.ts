import { afterAll, beforeAll, expect, test } from "vitest";
import { CONVERSIONS } from "../../src/ingest/mapping.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Value } from "../../src/warehouse/warehouse.ts";

/** What the text of a field means; null: it is none of the kind. */
const cases: Record<(typeof CONVERSIONS)[number], readonly (readonly [string, Value])[]> = {
  text: [["Jaylen Brown", "Jaylen Brown"]],
  integer: [
    ["12", 12],
    ["-3", -3],
    ["12.0", 12],
    ["12.5", null],
    ["twelve", null],
  ],
  number: [
    ["-3.5", -3.5],
    ["1e3", 1000],
    ["inf", null],
    ["3,5", null],
  ],
  boolean: [
    ["true", true],
    ["True", true],
    ["1", true],
    ["no", false],
    ["maybe", null],
  ],
  date: [
    ["2022-10-18", "2022-10-18"],
    ["20221018", "2022-10-18"],
    ["2022-10-18 00:00:00", "2022-10-18"],
    ["2022-02-30", null],
    // The evening of a US-Eastern date is the next day in UTC: a time of day is no date.
    ["2022-10-19T01:30:00Z", null],
    ["10/18/2022", null],
  ],
  us_date: [
    ["10/18/2022", "2022-10-18"],
    ["18/10/2022", null],
    ["2022-10-18", null],
  ],
  // A date alone is the end of that date, US-Eastern: 23:59:59 is 04:59:59 UTC in winter, 03:59:59 in summer.
  instant: [
    ["2022-10-18T23:30:00Z", "2022-10-18T23:30:00.000Z"],
    ["2022-10-18T19:30:00-04:00", "2022-10-18T23:30:00.000Z"],
    ["2022-10-18 23:30:00", "2022-10-18T23:30:00.000Z"],
    ["2022-10-18T23:30Z", "2022-10-18T23:30:00.000Z"],
    ["2022-10-18T19:30-04:00", "2022-10-18T23:30:00.000Z"],
    ["2022-12-01", "2022-12-02T04:59:59.000Z"],
    ["2022-07-01", "2022-07-02T03:59:59.000Z"],
    ["soon", null],
  ],
  // New York is four hours behind in summer, five in winter; an offset that is given counts.
  eastern_instant: [
    ["2025-04-10 19:30:00", "2025-04-10T23:30:00.000Z"],
    ["2025-01-10 19:30:00", "2025-01-11T00:30:00.000Z"],
    ["2025-01-10T19:30", "2025-01-11T00:30:00.000Z"],
    // The clocks went forward on the morning of 9 March and back on that of 2 November.
    ["2025-03-08 19:30:00", "2025-03-09T00:30:00.000Z"],
    ["2025-03-09 19:30:00", "2025-03-09T23:30:00.000Z"],
    ["2025-11-01 19:30:00", "2025-11-01T23:30:00.000Z"],
    ["2025-11-02 19:30:00", "2025-11-03T00:30:00.000Z"],
    ["2025-04-10T19:30:00Z", "2025-04-10T19:30:00.000Z"],
    ["2025-04-10T19:30:00-05:00", "2025-04-11T00:30:00.000Z"],
    ["2025-04-10", "2025-04-11T03:59:59.000Z"],
    ["2025-04-31 19:30:00", null],
    ["soon", null],
  ],
  // Ten past one in the morning UTC is still the evening before in New York.
  eastern_date: [
    ["2025-01-23T01:10:00Z", "2025-01-22"],
    ["2025-01-23 17:00:00+00", "2025-01-23"],
    ["tonight", null],
  ],
  season: [
    ["2021-22", 2021],
    ["21-22", 2021],
    ["2021", 2021],
    ["1999-00", null],
  ],
  espn_game_id: [
    ["401468016", "espn:401468016"],
    ["401468016.0", "espn:401468016"],
    ["nba-1", null],
  ],
  last_first: [
    ["Hardaway Jr., Tim", "Tim Hardaway Jr."],
    ["Brown, Jaylen", "Jaylen Brown"],
    ["Nene", "Nene"],
  ],
  game_id: [
    ["0022200001", "0022200001"],
    ["22200001", "0022200001"],
    ["22200001.0", "0022200001"],
    ["20221018_PHI_BOS", null],
    ["1234", null],
  ],
  person_id: [
    ["1627759", "1627759"],
    ["1627759.0", "1627759"],
    ["jaylenbrown", null],
  ],
  // 15.7 minutes are 942 seconds.
  minutes_to_seconds: [
    ["15.7", 942],
    ["16", 960],
    ["15:42", null],
  ],
  clock_to_seconds: [
    ["15:42", 942],
    ["240:00", 14400],
    ["15:75", null],
  ],
  feet_to_tenths: [
    ["13.75", 138],
    ["-8", -80],
  ],
  negated: [
    ["-3.5", 3.5],
    ["4", -4],
    ["0", 0],
  ],
  // +150 wins 1.5 per unit, -110 wins 100/110, even money is 2.
  american_odds: [
    ["150", 2.5],
    ["-110", 1 + 100 / 110],
    ["100", 2],
    ["-100", 2],
    ["99.5", null],
    ["-92.5", null],
    ["0", null],
  ],
  decimal_odds: [
    ["1.91", 1.91],
    ["51", 51],
    ["1", null],
    ["-110", null],
    // Decimal or American: nothing says.
    ["150", null],
  ],
  normalised_name: [
    ["Luka Dončić", "lukadoncic"],
    ["Nikola Đurišić", "nikoladurisic"],
    ["P.J. Washington Jr.", "pjwashingtonjr"],
    ["De'Aaron Fox", "deaaronfox"],
    ["Karl-Anthony Towns", "karlanthonytowns"],
    ["---", null],
  ],
};

let warehouse: DuckDbWarehouse;
beforeAll(async () => {
  warehouse = await DuckDbWarehouse.open({ path: ":memory:" });
});
afterAll(() => warehouse.close());

test.each(CONVERSIONS.flatMap((name) => cases[name].map(([text, value]) => [name, text, value] as const)))(
  "%s of %j is %j",
  async (name, text, value) => {
    const [row] = await warehouse.read(
      `SELECT parse_${name}(@text) AS value, parse_${name}(NULL) AS absent`,
      { text },
    );
    expect(row).toEqual({ value, absent: null });
  },
);

test.each([
  ["", null],
  ["  ", null],
  ["NaN", null],
  [" x ", "x"],
  ["None", "None"],
])("a field %j holds %j", async (text, value) => {
  const [row] = await warehouse.read("SELECT field(@text) AS value", { text });
  expect(row).toEqual({ value });
});
