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

/**
 * A request to the reference implementation holds 4 MB, so the leagues are cut to the four teams of the conference
 * finals: every game of two of them, and the games among the four.
 */
async function cutToFourTeams({ warehouse }: Fixture, [first, last]: Week): Promise<void> {
  const playing = await warehouse.read<{ team: string }>(
    `SELECT DISTINCT team FROM (
       SELECT home_team AS team, game_date FROM nba_raw.schedule
       UNION ALL SELECT away_team, game_date FROM nba_raw.schedule
     ) AS sides WHERE game_date BETWEEN DATE '${first}' AND DATE '${last}' ORDER BY team`,
  );
  const four = playing.map(({ team }) => `'${team}'`);
  expect(four).toHaveLength(4);
  const two = four.slice(0, 2).join(", ");
  const others = `SELECT game_id FROM nba_raw.schedule
    WHERE home_team NOT IN (${two}) AND away_team NOT IN (${two})
      AND (home_team NOT IN (${four.join(", ")}) OR away_team NOT IN (${four.join(", ")}))`;
  for (const name of TABLES_BY_GAME) {
    await warehouse.execute(`DELETE FROM nba_raw.${name} WHERE game_id IN (${others})`);
  }
}

/** The real data has no box scores of players in the playoffs: nothing can be summarised there. */
async function boxScores({ warehouse }: Fixture, dates: readonly GameDate[]): Promise<number> {
  const [found] = await warehouse.read<{ boxes: number }>(
    `SELECT COUNT(*) AS boxes FROM nba_raw.player_boxscores
     WHERE game_date BETWEEN DATE '${dates[0]}' AND DATE '${dates.at(-1)}'`,
  );
  return found!.boxes;
}

type Week = readonly [first: string, last: string];

const TABLES_BY_GAME = [
  "player_boxscores",
  "team_boxscores",
  "shots",
  "shot_coverage",
  "game_lines",
  "player_props",
  "schedule",
];

interface League {
  readonly league: string;
  readonly folder: () => Promise<string>;
  readonly skip: boolean;
  readonly weeks: Readonly<Record<string, Week>> & { readonly "the conference finals": Week };
}

const real = fileURLToPath(new URL("../../../shared/nba", import.meta.url));
const made = mkdtempSync(join(tmpdir(), "nba-backfill-demo-"));
afterAll(() => rmSync(made, { recursive: true }));

const LEAGUES: readonly League[] = [
  {
    league: `real data (${real})`,
    folder: async () => real,
    skip: !existsSync(real),
    weeks: {
      "the opening week": ["2022-10-18", "2022-10-24"],
      "the week after the All-Star break": ["2023-02-23", "2023-03-01"],
      "the conference finals": ["2023-05-16", "2023-05-22"],
      // Shots of some games, and lines of many players.
      "a week of winter": ["2025-01-13", "2025-01-19"],
    },
  },
  {
    league: "the demo league",
    folder: async () => (await writeDemoLeague(made, { seed: 5, seasons: [2023, 2024] })).folder,
    skip: false,
    weeks: {
      "the opening week": ["2024-10-22", "2024-10-28"],
      "the week after the All-Star break": ["2025-02-19", "2025-02-25"],
      "the conference finals": ["2025-05-20", "2025-05-26"],
    },
  },
];

for (const { league, folder, skip, weeks } of LEAGUES) {
  describe.skipIf(skip)(league, () => {
    let engines: Engines;
    let official: GameDate[];
    let seconds = 0;
    beforeAll(async () => {
      const fixture = await Fixture.open();
      engines = { google: await GoogleSql.connect(), fixture };
      const { warehouse } = fixture;
      await ingest(warehouse, { paths: [await folder()] }, { now: new Date("2026-01-17T12:00:00Z") });
      await cutToFourTeams(fixture, weeks["the conference finals"]);
      official = (await fixture.calendar()).dates.map(({ date }) => date);
      for (const processor of PROCESSORS) {
        if (processor.kind === "summary") await fixture.compute(processor, ...official);
      }
    });
    afterAll(async () => {
      console.log(`${league}: ${Math.round(seconds)} s on both engines`);
      engines.google.close();
      await engines.fixture.warehouse.close();
    });

    // In dependency order: what a processor stores is the next one's input.
    describe.each(Object.entries(weeks))("%s", (_, [first, last]) => {
      it.each(PROCESSORS)("$name gives on DuckDB the rows that it means", async (processor) => {
        const dates = official.filter((date) => date >= first && date <= last);
        const started = performance.now();
        const { rows, differences } = await agreementOf(engines, processor, dates);
        seconds += (performance.now() - started) / 1000;
        expect(differences.slice(0, 20)).toEqual([]);
        const boxes = await boxScores(engines.fixture, dates);
        expect(rows > 0).toBe(boxes > 0 || processor.name !== "player_game_summary");
      });
    });
  });
}
