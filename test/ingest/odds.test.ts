import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { oddsLine, oddsOutcome, oddsProp } from "./feeds.ts";
import { Folder } from "./folder.ts";
import { game } from "./rows.ts";

test("lines of The Odds API: sides by the teams' names, each snapshot a row", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const summary = await folder.load([
    oddsLine(),
    oddsLine({ timestamp: "2022-10-18T21:00:00Z", price: 1.74 }),
    oddsLine({ market: "spreads", name: "Philadelphia 76ers", price: 1.91, point: 3.5 }),
    oddsLine({ market: "totals", name: "Over", price: 1.95, point: 216.5 }),
    oddsLine({ market: "outrights" }),
    oddsLine({ name: "Boston" }),
    // American odds, which this mapping does not read.
    oddsLine({ name: "Philadelphia 76ers", price: 150 }),
    oddsLine({ name: "Boston Celtics", timestamp: "2022-10-18T22:00:00Z", price: -180 }),
  ]);
  expect(summary.files[0]).toMatchObject({
    mapping: "odds-api-lines",
    skippedRows: { "nothing in it for any table": 1 },
    tables: [{ inserted: 4, quarantined: 3, reasons: { missing_value: 1, bad_value: 2 } }],
  });
  expect(
    await folder.read(
      "SELECT game_id, market, side, snapshot_key, point, price FROM nba_raw.game_lines ORDER BY market, snapshot_key",
    ),
  ).toEqual([
    {
      game_id: "0022200001",
      market: "moneyline",
      side: "home",
      snapshot_key: "2022-10-18T20:00:00Z",
      point: null,
      price: 1.71,
    },
    {
      game_id: "0022200001",
      market: "moneyline",
      side: "home",
      snapshot_key: "2022-10-18T21:00:00Z",
      point: null,
      price: 1.74,
    },
    {
      game_id: "0022200001",
      market: "spread",
      side: "away",
      snapshot_key: "2022-10-18T20:00:00Z",
      point: 3.5,
      price: 1.91,
    },
    {
      game_id: "0022200001",
      market: "total",
      side: "over",
      snapshot_key: "2022-10-18T20:00:00Z",
      point: 216.5,
      price: 1.95,
    },
  ]);
});

test("props of The Odds API: with a snapshot timed, without one of an unknown time", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  await folder.load([oddsProp(), oddsProp({ market: "player_double_double" })], "props.csv");
  await folder.load([oddsProp({ timestamp: "2022-10-18T20:00:00Z", bookmaker: "betmgm" })], "timed.csv");
  expect(
    await folder.read(`SELECT bookmaker, market, snapshot_kind, line, over_price, under_price
      FROM nba_raw.player_props ORDER BY bookmaker`),
  ).toEqual([
    // -125: 1 + 100 / 125 = 1.8; +150: 1 + 150 / 100 = 2.5.
    {
      bookmaker: "betmgm",
      market: "points",
      snapshot_kind: "timed",
      line: 22.5,
      over_price: 1.8,
      under_price: 2.5,
    },
    {
      bookmaker: "fanduel",
      market: "points",
      snapshot_kind: "closing_unknown_time",
      line: 22.5,
      over_price: 1.8,
      under_price: 2.5,
    },
  ]);
});

/** A line of each row of `nba_raw.player_props`: book, snapshot, number, prices. */
async function props(folder: Folder): Promise<string[]> {
  const rows = await folder.read(
    `SELECT bookmaker, snapshot_key, line, over_price, under_price FROM nba_raw.player_props
     ORDER BY bookmaker, snapshot_key`,
  );
  return rows.map((row) => Object.values(row).join(" "));
}

const at20 = "2022-10-18T20:00:00Z";
const at21 = "2022-10-18T21:00:00Z";

test("a row for each side: over and under are one line of each book and snapshot, game markets beside them", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const sides = (row: Row, over: number, under: number) => [
    oddsOutcome({ ...row, name: "Over", price: over }),
    oddsOutcome({ ...row, name: "Under", price: under }),
  ];
  const rows = [
    ...sides({}, 1.8, 2.0),
    ...sides({ timestamp: at21, point: 23.5 }, 1.9, 1.9),
    ...sides({ bookmaker: "fanduel" }, 1.85, 1.95),
    ...sides({ market: "player_points_alternate", point: 29.5 }, 5, 1.15),
    // One side alone, and a side that is none.
    oddsOutcome({ bookmaker: "betmgm", price: 1.87 }),
    oddsOutcome({ bookmaker: "betmgm", name: "Yes", price: 3 }),
    { ...oddsLine(), description: null },
  ];
  const summary = await folder.load(rows);
  expect(summary.files[0]).toMatchObject({
    mapping: "odds-api-outcomes",
    rows: 11,
    skippedRows: { "an alternate line": 2 },
    tables: [
      { table: "nba_raw.game_lines", inserted: 1 },
      { table: "nba_raw.player_props", inserted: 4, quarantined: 1, reasons: { bad_value: 1 } },
    ],
  });
  const expected = [
    `betmgm ${at20} 22.5 1.87 `,
    `draftkings ${at20} 22.5 1.8 2`,
    `draftkings ${at21} 23.5 1.9 1.9`,
    `fanduel ${at20} 22.5 1.85 1.95`,
  ];
  expect(await props(folder)).toEqual(expected);
  // The same again in another order of rows, and out of quarantine where the schedule comes last.
  expect((await folder.load(rows.toReversed())).files[0]!.tables[1]).toMatchObject({ unchanged: 4 });
  await using later = await Folder.open();
  await later.load(rows);
  await later.load([game()], "games.csv");
  expect(await props(later)).toEqual(expected);
});

test("of two prices of one side the last is the line's, the other is set aside", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const summary = await folder.load([
    oddsOutcome({ price: 1.7 }),
    oddsOutcome({ price: 1.8 }),
    oddsOutcome({ price: 1.8 }),
    oddsOutcome({ name: "Under", price: 2 }),
  ]);
  expect(summary.files[0]!.tables[1]).toMatchObject({
    rows: 2,
    inserted: 1,
    reasons: { conflicting_duplicate: 1 },
  });
  expect(await props(folder)).toEqual([`draftkings ${at20} 22.5 1.8 2`]);
});

test("of several numbers for one line the main one stays, in every order of rows and files", async () => {
  const timed = (row: Row) => oddsProp({ timestamp: at20, ...row });
  const files = {
    games: [game()],
    alternates: [
      // -110 / -120 is nearer to even than +150 / -190 or -150 / +120.
      timed({ line: 24.5, over_odds: 150, under_odds: -190 }),
      timed({ line: 22.5, over_odds: -110, under_odds: -120 }),
      timed({ line: 20.5, over_odds: -150, under_odds: 120 }),
      // As far from even on either side: the lower number.
      timed({ bookmaker: "betmgm", line: 23.5, over_odds: 110, under_odds: -140 }),
      timed({ bookmaker: "betmgm", line: 21.5, over_odds: -140, under_odds: 110 }),
      // A number with one price is none while there is one with two.
      timed({ bookmaker: "bovada", line: 22.5, over_odds: -110, under_odds: null }),
      timed({ bookmaker: "bovada", line: 25.5, over_odds: 200, under_odds: -300 }),
    ],
    // A later file is a correction, not an alternate, whether its game was known when it came or not.
    correction: [timed({ line: 19.5, over_odds: -500, under_odds: 300 })],
  };
  for (const alternates of [files.alternates, files.alternates.toReversed()]) {
    for (const scheduleFirst of [true, false]) {
      await using folder = await Folder.open();
      if (scheduleFirst) await folder.load(files.games, "games.csv");
      const summary = await folder.load(alternates, "props.csv");
      if (scheduleFirst) {
        expect(summary.files[0]).toMatchObject({
          rows: 7,
          skippedRows: { "an alternate line": 4 },
          tables: [{ rows: 3, inserted: 3 }],
        });
      }
      if (!scheduleFirst) await folder.load(files.games, "games.csv");
      const numbers = async () => (await props(folder)).map((text) => text.split(" ").slice(0, 3).join(" "));
      expect(await numbers()).toEqual([`betmgm ${at20} 21.5`, `bovada ${at20} 25.5`, `fanduel ${at20} 22.5`]);
      await folder.load(files.correction, "correction.csv");
      expect((await numbers())[2]).toBe(`fanduel ${at20} 19.5`);
    }
  }
  await using folder = await Folder.open();
  await folder.load(files.alternates, "props.csv");
  await folder.load(files.correction, "correction.csv");
  await folder.load(files.games, "games.csv");
  expect((await props(folder))[2]).toMatch(/^fanduel \S+ 19.5 /);
});

const sample = fileURLToPath(
  new URL("../../../shared/nba/samples/odds/odds_api_all_markets_2025-12-05.csv", import.meta.url),
);

test.skipIf(!existsSync(sample))("a day of props as they came from The Odds API", async () => {
  await using folder = await Folder.open();
  // The games as the file names them, with ids of no meaning.
  const games = await folder.read<{ home: string; away: string }>(
    `SELECT DISTINCT split_part(game, ' @ ', 2) AS home, split_part(game, ' @ ', 1) AS away FROM read_csv('${sample}')
     ORDER BY home`,
  );
  await folder.load(
    games.map(({ home, away }, index) =>
      game({
        game_id: `00225000${10 + index}`,
        season_year: 2025,
        game_date: "2025-12-05",
        home_team: home,
        away_team: away,
      }),
    ),
    "games.csv",
  );
  const { files } = await folder.ingest(sample);
  expect(files[0]).toMatchObject({ mapping: "odds-api-props", rows: 8200 });
  const [table] = files[0]!.tables;
  // grep -cE ',player_(double|triple)_double,' of the sample: 755. Of the others, 7,445, cut -d, -f1-3,5 | sort -u gives
  // 5,419 lines: the rest are further numbers of bovada and betrivers.
  expect(files[0]!.skippedRows).toEqual({
    "a yes-or-no market, not a line": 755,
    "an alternate line": 7445 - 5419,
  });
  expect(table).toMatchObject({ rows: 5419, inserted: 5419, quarantined: 0 });
});
