import { expect, test } from "vitest";
import { Folder } from "./folder.ts";
import { game } from "./rows.ts";

const line = {
  game_id: "0022200001",
  game_date: "2022-10-18",
  home: "BOS",
  away: "PHI",
  spread_home: null,
  total: null,
  ml_home: null,
  ml_away: null,
  p_mkt_home: null,
  book: "book",
  snapshot_utc: null,
};

test("one row of spread, total and moneylines makes a row for each side; impossible odds alone are set aside", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const summary = await folder.load([
    {
      ...line,
      spread_home: -3.5,
      total: 216.5,
      ml_home: -150,
      ml_away: 130,
      snapshot_utc: "2022-10-18T20:00:00.250Z",
    },
    { ...line, book: "mean", spread_home: 0, ml_home: -92.5, ml_away: -110 },
    { ...line, book: "market-implied home win prob", p_mkt_home: 0.6 },
    { ...line, book: "empty" },
  ]);
  expect(summary.files[0]).toMatchObject({
    mapping: "nba-game-lines",
    rows: 4,
    skippedRows: { "a probability without a price": 1, "nothing in it for any table": 1 },
    // 2 + 2 + 2 of the first row, 2 + 2 of the second.
    tables: [{ rows: 10, inserted: 9, quarantined: 1, reasons: { bad_value: 1 } }],
  });
  const snapshot = { snapshot_key: "2022-10-18T20:00:00Z", snapshot_kind: "timed" };
  const unknown = { snapshot_key: "unknown", snapshot_kind: "closing_unknown_time" };
  // -150 is 1 + 100/150, +130 is 1 + 130/100, -110 is 1 + 100/110.
  expect(
    await folder.read(
      `SELECT bookmaker, market, side, point, price, snapshot_key, snapshot_kind FROM nba_raw.game_lines
       ORDER BY bookmaker, market, side`,
    ),
  ).toEqual([
    { bookmaker: "book", market: "moneyline", side: "away", point: null, price: 2.3, ...snapshot },
    { bookmaker: "book", market: "moneyline", side: "home", point: null, price: 1 + 100 / 150, ...snapshot },
    { bookmaker: "book", market: "spread", side: "away", point: 3.5, price: null, ...snapshot },
    { bookmaker: "book", market: "spread", side: "home", point: -3.5, price: null, ...snapshot },
    { bookmaker: "book", market: "total", side: "over", point: 216.5, price: null, ...snapshot },
    { bookmaker: "book", market: "total", side: "under", point: 216.5, price: null, ...snapshot },
    { bookmaker: "mean", market: "moneyline", side: "away", point: null, price: 1 + 100 / 110, ...unknown },
    { bookmaker: "mean", market: "spread", side: "away", point: 0, price: null, ...unknown },
    { bookmaker: "mean", market: "spread", side: "home", point: 0, price: null, ...unknown },
  ]);
  expect(await folder.read("SELECT detail FROM nba_raw.quarantine")).toEqual([
    { detail: "ml_home is no american odds: -92.5" },
  ]);
});
