import { expect, test } from "vitest";
import { verdictOn } from "./corrected-league.ts";
import { CORRECTIONS } from "./league-corrections.ts";
import { filesOf } from "./league-files.ts";

/** Two of the kinds; test/slow/staleness.test.ts has all. */
test.each([
  "box scores that come after a build without them",
  "a whole date that comes late to the season before",
])("%s: what differs from a warehouse built anew was listed, and a run makes them equal", async (kind) => {
  const verdict = await verdictOn(CORRECTIONS[kind]!(filesOf(7)));
  expect(verdict).toMatchObject({ unlisted: [], needlessly: [], left: [] });
  expect(verdict.differing.length).toBeGreaterThan(0);
});
