import { expect, test } from "vitest";
import { feedProgress } from "../../../src/cli/feed-progress.ts";

test("in a log a line per game, with the time left by the games so far", () => {
  const notes: string[] = [];
  let now = 1_000_000;
  const terminal = {
    interactive: false,
    closed: () => false,
    print: () => undefined,
    note: (text: string) => notes.push(text),
  };
  const { onProgress, onWait, stop } = feedProgress(terminal, () => now);
  onProgress({ gameId: "0022500901", done: 0, games: 4 });
  now += 90_000;
  onProgress({ gameId: "0022500902", done: 1, games: 4 });
  onWait("liveData/boxscore/boxscore_0022500902.json", "HTTP 429", 7000);
  now += 10_000;
  onProgress({ gameId: "0022500903", done: 2, games: 4 });
  now += 20_000;
  onProgress({ gameId: "0022500904", done: 3, games: 4 });
  onProgress({ gameId: undefined, done: 4, games: 4 });
  stop();
  expect(notes).toEqual([
    "game 1 of 4: 0022500901",
    // 90 s a game, three left: 270 s.
    "game 2 of 4: 0022500902, about 5 min left",
    "boxscore_0022500902.json: HTTP 429, again in 7.0 s",
    // 100 s for two, two left.
    "game 3 of 4: 0022500903, about 2 min left",
    // 120 s for three, one left.
    "game 4 of 4: 0022500904, about 40 s left",
  ]);
});
