import { expect, test } from "vitest";
import { reasonSentence } from "../../src/report/reason-sentence.ts";

test("a changed input that nobody looked up is not announced by a colon and nothing", () => {
  const stale = { state: "stale", reason: "input_changed", error: null, rows: 8 } as const;
  const games = JSON.stringify({ games: [{ game_id: "0022200001", raw_table: "nba_raw.shots" }] });
  const words = "an input has changed since it was read; nba-backfill explain names it";
  expect(reasonSentence({ ...stale, reason_detail: null })).toBe(words);
  expect(reasonSentence({ ...stale, reason_detail: games })).toBe(
    `${words}; raw data missing: nba_raw.shots 0022200001`,
  );
});
