import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { writeDemoLeague } from "../../src/demo/league.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { Fixture } from "../fixture.ts";
import { agreementOf, type Engines } from "../judges/agreement.ts";
import { GoogleSql } from "../judges/googlesql.ts";

/** A request to the reference implementation holds 4 MB: every game of these teams, and no other. */
const TEAMS = ["DEN", "BOS"];
const TABLES_BY_GAME = [
  "player_boxscores",
  "team_boxscores",
  "shots",
  "shot_coverage",
  "game_lines",
  "player_props",
  "schedule",
];

const real = fileURLToPath(new URL("../../../shared/nba", import.meta.url));
const made = mkdtempSync(join(tmpdir(), "nba-backfill-demo-"));
afterAll(() => rmSync(made, { recursive: true }));

const LEAGUES = [
  {
    league: `real data (${real})`,
    folder: async () => real,
    skip: !existsSync(real),
    // The opening week, and a week of winter with shots of some games and threes lines of every player.
    weeks: [
      ["2022-10-18", "2022-10-24"],
      ["2025-01-13", "2025-01-19"],
    ],
  },
  {
    league: "the demo league",
    folder: async () => (await writeDemoLeague(made, { seed: 5, seasons: [2023, 2024] })).folder,
    skip: false,
    // The opening week, and the week before the All-Star break.
    weeks: [
      ["2024-10-22", "2024-10-28"],
      ["2025-02-07", "2025-02-13"],
    ],
  },
];

for (const { league, folder, skip, weeks } of LEAGUES) {
  describe.skipIf(skip)(league, () => {
    let engines: Engines;
    let official: GameDate[];
    beforeAll(async () => {
      const fixture = await Fixture.open();
      engines = { google: await GoogleSql.connect(), fixture };
      const { warehouse } = fixture;
      await ingest(warehouse, { paths: [await folder()] }, { now: new Date("2026-01-17T12:00:00Z") });
      const teams = TEAMS.map((team) => `'${team}'`).join(", ");
      const others = `SELECT game_id FROM nba_raw.schedule WHERE home_team NOT IN (${teams}) AND away_team NOT IN (${teams})`;
      for (const name of TABLES_BY_GAME) {
        await warehouse.execute(`DELETE FROM nba_raw.${name} WHERE game_id IN (${others})`);
      }
      official = (await fixture.calendar()).dates.map(({ date }) => date);
      for (const processor of PROCESSORS) {
        if (processor.kind === "summary") await fixture.compute(processor, ...official);
      }
    });
    afterAll(async () => {
      engines.google.close();
      await engines.fixture.warehouse.close();
    });

    // In dependency order: what a processor stores is the next one's input.
    it.each(PROCESSORS)("$name gives on DuckDB the rows that it means", async (processor) => {
      for (const [first, last] of weeks) {
        const dates = official.filter((date) => date >= first! && date <= last!);
        const { rows, differences } = await agreementOf(engines, processor, dates);
        expect(differences.slice(0, 20), `${first} to ${last}`).toEqual([]);
        expect(rows, `${first} to ${last}`).toBeGreaterThan(10);
      }
    });
  });
}
