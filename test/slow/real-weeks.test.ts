import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { tableOf } from "../../src/tables.ts";
import { Fixture } from "../fixture.ts";
import { agreementOf, type Engines } from "../judges/agreement.ts";
import { GoogleSql } from "../judges/googlesql.ts";

const nba = fileURLToPath(new URL("../../../shared/nba", import.meta.url));

/** A request to the reference implementation holds 4 MB: every game of these teams, and no other. */
const TEAMS = ["DEN", "BOS"];
/** Opening night, a week of winter, and a week with shots of few games and props of every player. */
const WEEKS = [
  ["2022-10-18", "2022-10-24"],
  ["2024-01-15", "2024-01-21"],
  ["2025-01-13", "2025-01-19"],
];

describe.skipIf(!existsSync(nba))(`real weeks (${nba})`, () => {
  let engines: Engines;
  let official: GameDate[];
  beforeAll(async () => {
    const fixture = await Fixture.open();
    engines = { google: await GoogleSql.connect(), fixture };
    await ingest(fixture.warehouse, { paths: [nba] }, { now: new Date("2026-01-17T12:00:00Z") });
    const teams = TEAMS.map((team) => `'${team}'`).join(", ");
    const others = `SELECT game_id FROM nba_raw.schedule WHERE home_team NOT IN (${teams}) AND away_team NOT IN (${teams})`;
    for (const name of [
      "player_boxscores",
      "team_boxscores",
      "shots",
      "shot_coverage",
      "game_lines",
      "player_props",
      "schedule",
    ]) {
      await fixture.warehouse.execute(`DELETE FROM nba_raw.${name} WHERE game_id IN (${others})`);
    }
    official = (await fixture.calendar()).dates.map(({ date }) => date);
    const summaries = PROCESSORS.filter(({ kind }) => kind === "summary");
    for (const processor of summaries) await fixture.compute(processor, ...official);
  });
  afterAll(async () => {
    engines.google.close();
    await engines.fixture.warehouse.close();
  });

  // In dependency order: what a processor stores is the next one's input.
  it.each(PROCESSORS)("$name gives on DuckDB the rows that it means", async (processor) => {
    for (const [first, last] of WEEKS) {
      const dates = official.filter((date) => date >= first! && date <= last!);
      const { rows, differences } = await agreementOf(engines, processor, dates);
      expect(differences.slice(0, 20), `${first} to ${last}`).toEqual([]);
      expect(rows, tableOf(processor.table).id).toBeGreaterThan(0);
    }
  });
});
