import { expect, test } from "vitest";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { oddsLine } from "./feeds.ts";
import { Folder } from "./folder.ts";
import { game, prop } from "./rows.ts";

// Rows that wait for their game, against the same rows where the schedule was there before them.

const spread = (point: number | string, row: Row = {}) =>
  oddsLine({ market: "spreads", price: 1.9, point, ...row });
const games = { "games.csv": [game()] };

type Files = Readonly<Record<string, readonly Row[]>>;

/** What the warehouse holds after these loads, each of one or more files. */
async function after(...loads: readonly Files[]) {
  await using folder = await Folder.open();
  let retried = {};
  for (const files of loads) {
    ({ retried } = await folder.ingest(Object.entries(files).map(([name, rows]) => folder.csv(name, rows))));
  }
  const lines = await folder.read("SELECT point FROM nba_raw.game_lines");
  const set = await folder.read(
    `SELECT reason, regexp_replace(file, '^.*/', '') AS place FROM nba_raw.quarantine ORDER BY place`,
  );
  return {
    points: lines.map(({ point }) => point),
    quarantine: set.map((row) => `${row.reason} ${row.place}`),
    retried,
    contents: await folder.contents(),
  };
}

test("of two waiting rows of one file the last stays and the other is set aside", async () => {
  // Several pairs: an order that is not that of the rows gets some of them wrong.
  for (const last of [-7.5, -6.5, -5.5, -4.5]) {
    const file = { "lines.csv": [spread(-1.5), spread(last)] };
    const first = await after(games, file);
    const waited = await after(file, games);
    expect(waited).toMatchObject({
      points: [last],
      quarantine: ["conflicting_duplicate lines.csv, row 1"],
      retried: { rows: 2, released: 1 },
    });
    expect(waited.contents).toEqual(first.contents);
  }
  const file = { "lines.csv": [spread(-1.5), spread(-7.5)] };
  const first = await after(games, file);
  expect((await after(file, { ...games, ...file })).contents).toEqual(first.contents);
  // What is set aside is not tried again.
  const again = await after(file, games, games);
  expect(again).toMatchObject({ retried: { rows: 0, released: 0 }, contents: first.contents });
});

test("rows wait in the order in which they came: the tenth row is after the second, equal rows count as the last", async () => {
  const others = [3, 4, 5, 6, 7, 8, 9].map((hour) =>
    spread(-1.5, { timestamp: `2022-10-18T0${hour}:00:00Z` }),
  );
  const file = { "lines.csv": [spread(-1.5), spread(-7.5), ...others, spread(-1.5)] };
  const first = await after(games, file);
  const waited = await after(file, games);
  expect(waited.points).toEqual(Array(8).fill(-1.5));
  expect(waited.quarantine).toEqual(["conflicting_duplicate lines.csv, row 2"]);
  expect(waited.contents).toEqual(first.contents);
});

test("of waiting rows of two files that of the later one stays, given together or one after the other", async () => {
  for (const [a, b] of [
    [-1.5, -7.5],
    [-7.5, -1.5],
  ] as const) {
    // By their names the later file would be the first.
    const one = { "z.csv": [spread(-9.5), spread(a)] };
    const two = { "a.csv": [spread(b)] };
    const first = await after(games, one, two);
    expect(first).toMatchObject({ points: [b], quarantine: ["conflicting_duplicate z.csv, row 1"] });
    for (const loads of [[{ ...one, ...two, ...games }], [{ ...one, ...two }, games], [one, two, games]]) {
      expect((await after(...loads)).contents).toEqual(first.contents);
    }
  }
  // The first file again after the second: its word is the last one.
  const one = { "z.csv": [spread(-1.5)] };
  const two = { "a.csv": [spread(-7.5)] };
  expect((await after(one, two, one, games)).points).toEqual([-1.5]);
});

test("files of two mappings that wait for one game keep their order", async () => {
  // One row by the game's id, the other by its teams, with one key.
  const own = { "own.csv": [prop({ game_date: null, line: 20.5, bookmaker: "draftkings" })] };
  const odds = {
    "odds.csv": [
      {
        ...oddsLine({ market: "player_points", name: "Over", price: 1.8, point: 24.5 }),
        description: prop().player_name,
      } as Row,
    ],
  };
  for (const loads of [
    [own, odds],
    [odds, own],
  ]) {
    const first = await after(games, ...loads);
    expect(first.contents["nba_raw.player_props"]).toMatchObject([{ line: loads[1] === own ? 20.5 : 24.5 }]);
    expect((await after(...loads, games)).contents).toEqual(first.contents);
  }
});

test("a waiting row that is broken besides is that when its game is there, and is tried no more", async () => {
  const file = { "lines.csv": [spread(-1.5), spread("", { bookmaker: "other" })] };
  const first = await after(games, file);
  expect(first.quarantine).toEqual(["bad_value lines.csv, row 2"]);
  const waited = await after(file, games);
  expect(waited).toMatchObject({ quarantine: first.quarantine, retried: { rows: 2, released: 1 } });
  expect(waited.contents).toEqual(first.contents);
  expect((await after(file, games, games)).retried).toEqual({ rows: 0, released: 0 });
});
