import { expect, test } from "vitest";
import type { GameDate } from "../../../src/dates.ts";
import { Fixture } from "../../fixture.ts";
import { COUNTED_GAME, GAME } from "./counted-game.ts";
import { feedOf } from "./feed-of.ts";
import { ingestNbaCdn } from "./ingest-nba-cdn.ts";

const selection = { today: "2026-01-21" as GameDate, all: true };
const effects = { now: new Date("2026-01-21T12:00:00Z") };
const plays = `playbyplay_${GAME.id}.json`;

test("a play-by-play is all shots of its game: those of another source go, and one that a correction took back", async () => {
  await using fixture = await Fixture.open();
  const { warehouse } = fixture;
  const shots = () =>
    warehouse.read(
      "SELECT game_id, source, COUNT(*) AS shots FROM nba_raw.shots GROUP BY game_id, source ORDER BY game_id, source",
    );
  // Events by other numbers than the feed's, of this game and of another.
  const other = {
    player_id: "101",
    team: "BOS",
    period: 1,
    shot_value: 2,
    zone: "paint",
    zone_method: "official",
  };
  await fixture.insert("nba_raw.shots", [
    { ...other, game_id: GAME.id, game_date: GAME.date, event_id: 900, source: "another" },
    { ...other, game_id: GAME.id, game_date: GAME.date, event_id: 2, source: "another" },
    { ...other, game_id: "0022500999", game_date: "2026-01-19", event_id: 900, source: "another" },
  ]);
  const bystander = { game_id: "0022500999", source: "another", shots: 1 };
  const summary = await ingestNbaCdn(warehouse, feedOf(COUNTED_GAME), selection, effects);
  // Event 2 is one of the feed's own numbers and is replaced.
  expect(summary.removedShots).toBe(1);
  // Eleven and ten.
  expect(await shots()).toEqual([{ game_id: GAME.id, source: "nba-cdn", shots: 21 }, bystander]);

  const corrected = structuredClone(COUNTED_GAME) as Record<
    string,
    { game: { actions: { area?: string }[] } }
  >;
  const { game } = corrected[plays]!;
  game.actions = game.actions.filter(({ area }) => area !== "Backcourt");
  expect((await ingestNbaCdn(warehouse, feedOf(corrected), selection, effects)).removedShots).toBe(1);
  expect(await shots()).toEqual([{ game_id: GAME.id, source: "nba-cdn", shots: 20 }, bystander]);
});
