import { expect, test } from "vitest";
import type { GameDate } from "../../../src/dates.ts";
import { Fixture } from "../../fixture.ts";
import { feedOf } from "./feed-of.ts";
import { ingestNbaCdn } from "./ingest-nba-cdn.ts";
import { documentsOf, type PlainGame } from "./plain-game.ts";

const home = { tricode: "BOS", score: 103 };
const away = { tricode: "LAL", score: 99 };
const games: readonly PlainGame[] = [
  { id: "0022500901", date: "2026-01-20", home, away },
  { id: "0022500902", date: "2026-01-21", home, away },
];
const today = "2026-01-28" as GameDate;
const effects = { now: new Date("2026-01-28T17:00:00Z") };

/** The documents, with more shots made than taken by one player of each of these games. */
function withMistakes(mistakes: Readonly<Record<string, number>>): Record<string, unknown> {
  const documents = documentsOf("2025-26", games);
  for (const [gameId, player] of Object.entries(mistakes)) {
    const name = `boxscore_${gameId}.json`;
    const text = JSON.stringify(documents[name]);
    const line = new RegExp(`("personId":${player},.*?"fieldGoalsMade":)0`);
    expect(text).toMatch(line);
    documents[name] = JSON.parse(text.replace(line, "$13"));
  }
  return documents;
}

test("what a document had in quarantine goes when it is read again, and of no other", async () => {
  await using fixture = await Fixture.open();
  const quarantine = () =>
    fixture.warehouse.read("SELECT file, table_name, reason FROM nba_raw.quarantine ORDER BY file");
  const both = withMistakes({ "0022500901": 303, "0022500902": 402 });
  const summary = await ingestNbaCdn(fixture.warehouse, feedOf(both), { today }, effects);
  expect(summary.files.map(({ file }) => file)).toContain("nba-cdn/player_boxscores.jsonl");
  const mistake = { table_name: "nba_raw.player_boxscores", reason: "bad_value" };
  // The third of the home team's five; the second of the others.
  const first = { ...mistake, file: "nba-cdn/boxscore_0022500901.json, row 3" };
  const second = { ...mistake, file: "nba-cdn/boxscore_0022500902.json, row 7" };
  expect(await quarantine()).toEqual([first, second]);

  // The same again changes nothing.
  await ingestNbaCdn(fixture.warehouse, feedOf(both), { today, all: true }, effects);
  expect(await quarantine()).toEqual([first, second]);

  // The first game is corrected, and it alone is read.
  const selection = { today, all: true, endDate: "2026-01-20" as GameDate };
  await ingestNbaCdn(fixture.warehouse, feedOf(withMistakes({ "0022500902": 402 })), selection, effects);
  expect(await quarantine()).toEqual([second]);
  expect(
    await fixture.warehouse.read(
      "SELECT game_id, COUNT(*) AS players FROM nba_raw.player_boxscores GROUP BY game_id ORDER BY game_id",
    ),
  ).toEqual([
    { game_id: "0022500901", players: 10 },
    { game_id: "0022500902", players: 9 },
  ]);
});
