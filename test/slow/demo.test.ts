import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { contentColumns, tableOf } from "../../src/tables.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { judgeRandomDates } from "../oracle/random-dates.ts";

const cli = new URL("../../bin/nba-backfill", import.meta.url).pathname;
/** The features have one version. */
const CONSTANT = ["ml_feature_store.feature_version"];

describe("the demo, from nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "nba-backfill-demo-test-"));
  const path = join(folder, "demo.duckdb");
  let warehouse: DuckDbWarehouse;
  let report: {
    status: {
      game_dates: number;
      by_state: Record<string, number>;
      by_year: Record<string, { game_dates: number }>;
    };
  };
  beforeAll(async () => {
    report = JSON.parse(execFileSync(cli, ["demo", "--json", "--warehouse", path], { encoding: "utf8" }));
    warehouse = await DuckDbWarehouse.open({ path, readOnly: true });
  });
  afterAll(async () => {
    await warehouse?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("ends with 920 of 920 dates complete in all nine tables", () => {
    expect(report.status).toMatchObject({ game_dates: 920, by_state: { complete: 920 * 9 } });
    expect(Object.values(report.status.by_year).map((year) => year.game_dates)).toEqual([
      59, 213, 204, 211, 217, 16,
    ]);
  });

  test("the owner's progress table says the same", async () => {
    expect(
      await warehouse.read(
        `SELECT COUNT(*) AS dates, COUNTIF(phase3_complete) AS phase3, COUNTIF(phase4_complete) AS phase4,
           COUNTIF(ml_feature_store) AS features, SUM(error_count) AS errors,
           CAST(MIN(game_date) AS STRING) AS first_date
         FROM nba_backfill.backfill_progress`,
      ),
    ).toEqual([{ dates: 920, phase3: 920, phase4: 920, features: 920, errors: 0, first_date: "2021-11-01" }]);
  });

  test.each(PROCESSORS.map((processor) => [processor.name, processor.table]))(
    "every column of %s is filled and varies",
    async (name, id) => {
      const columns = contentColumns(tableOf(id)).map((column) => column.name);
      const counts = columns.map((column) => `COUNT(DISTINCT ${column}) AS ${column}`).join(", ");
      const [distinct] = await warehouse.read(`SELECT ${counts} FROM ${id}`);
      const dull = columns
        .filter((column) => (distinct![column] as number) < 2)
        .map((column) => `${name}.${column}`);
      expect(dull).toEqual(CONSTANT.filter((column) => column.startsWith(`${name}.`)));
    },
  );

  test("the oracle agrees on every cell of random dates of every season", async () => {
    const { dates, cells, differences } = await judgeRandomDates(path, 4);
    expect(differences).toBe("");
    // Five seasons; a date has some 400 rows in the nine tables.
    expect(dates).toHaveLength(5 * 4);
    expect(cells).toBeGreaterThan(20 * 10_000);
  });

  test("every row of raw data says that it is demo, the arenas apart", async () => {
    const tables = [
      "schedule",
      "player_boxscores",
      "team_boxscores",
      "shots",
      "game_lines",
      "player_props",
      "injury_reports",
    ];
    for (const table of tables) {
      expect(await warehouse.read(`SELECT DISTINCT source FROM nba_raw.${table}`)).toEqual([
        { source: "demo" },
      ]);
    }
  });
});
