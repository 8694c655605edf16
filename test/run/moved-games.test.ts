import { expect, test } from "vitest";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { recordIngest } from "../../src/run/look.ts";
import type { Fixture } from "../fixture.ts";
import { contentOf, leagueWarehouse, run } from "./league-runs.ts";

const later = "2023-03-02T12:00:00Z";

/** A date in mid-season, whose games all become something else. */
async function dateWithGames(fixture: Fixture): Promise<string> {
  const [found] = await fixture.warehouse.read<{ game_date: string }>(
    `SELECT game_date FROM nba_raw.schedule
     WHERE season_year = 2022 AND season_type = 'regular' AND status = 'final'
     GROUP BY game_date ORDER BY game_date LIMIT 1 OFFSET 12`,
  );
  return found!.game_date;
}

/** Raw tables whose rows carry the date of their game; an ingest keeps it in step with the schedule's. */
const dated = [
  "player_boxscores",
  "team_boxscores",
  "shots",
  "shot_coverage",
  "game_lines",
  "player_props",
  "injury_reports",
];

const fates: readonly (readonly [string, (date: string) => readonly string[]])[] = [
  [
    "are postponed",
    (date) => [`UPDATE nba_raw.schedule SET status = 'postponed' WHERE game_date = DATE '${date}'`],
  ],
  [
    "move to another day",
    (date) =>
      ["schedule", ...dated].map(
        (table) =>
          `UPDATE nba_raw.${table} SET game_date = DATE '2023-02-01' WHERE game_date = DATE '${date}'`,
      ),
  ],
];

test.each(fates)(
  "when all games of a date %s, nothing of it stays: the rest is as if built from nothing",
  async (_, change) => {
    await using lived = await leagueWarehouse();
    const date = await dateWithGames(lived);
    await run(lived);
    for (const sql of change(date)) await lived.warehouse.execute(sql);
    await recordIngest(lived.warehouse, later);
    for (const { table } of PROCESSORS) {
      expect(
        await lived.warehouse.read(`SELECT game_date FROM ${table} WHERE game_date = DATE '${date}'`),
      ).toEqual([]);
    }
    await run(lived);

    await using cold = await leagueWarehouse();
    for (const sql of change(date)) await cold.warehouse.execute(sql);
    await recordIngest(cold.warehouse, later);
    await run(cold);
    expect(await contentOf(lived)).toEqual(await contentOf(cold));
    const progress = "SELECT game_date FROM nba_backfill.backfill_progress ORDER BY game_date";
    expect(await lived.warehouse.read(progress)).toEqual(await cold.warehouse.read(progress));
  },
);
