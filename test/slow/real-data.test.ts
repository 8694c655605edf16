import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROCESSOR_NAMES } from "../../src/processors/processor.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { judgeRandomDates } from "../oracle/random-dates.ts";

const data = new URL("../../../shared/nba/", import.meta.url).pathname;
const cli = new URL("../../bin/nba-backfill", import.meta.url).pathname;

interface Outcome {
  readonly code: number;
  readonly json: Record<string, unknown>;
}

async function nbaBackfill(...args: string[]): Promise<Outcome> {
  try {
    const { stdout } = await promisify(execFile)(cli, [...args, "--json"], { maxBuffer: 1 << 28 });
    return { code: 0, json: JSON.parse(stdout) };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, json: JSON.parse(stdout) };
  }
}

/** Play-in, playoff and Cup final dates, whose box scores of players the real data lacks: 145 by its README. */
const HOLES = 145;

describe.skipIf(!existsSync(data))("the real seasons 2021-22 .. 2024-25 (../shared/nba)", () => {
  const folder = mkdtempSync(join(tmpdir(), "nba-backfill-real-"));
  const path = join(folder, "real.duckdb");
  const range = ["--start-date", "2021-10-19", "--end-date", "2025-04-13"];
  let first: Outcome;
  beforeAll(async () => {
    await nbaBackfill("ingest", data, "--warehouse", path);
    first = await nbaBackfill("run", "--warehouse", path, ...range);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function read(sql: string) {
    const warehouse = await DuckDbWarehouse.open({ path, readOnly: true });
    try {
      return await warehouse.read(sql);
    } finally {
      await warehouse.close();
    }
  }

  test("every official date of the range is done in eight tables, and all but the holes in the ninth", async () => {
    const states = await read(
      `SELECT processor, season_year, status, COUNT(*) AS dates FROM nba_backfill.partitions
       GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    );
    console.table(states);
    const done = await read(
      `SELECT processor, COUNT(*) AS dates, COUNTIF(status IN ('complete', 'complete_with_exceptions')) AS done
       FROM nba_backfill.partitions GROUP BY processor`,
    );
    expect(Object.fromEntries(done.map((row) => [row.processor, [row.dates, Number(row.done)]]))).toEqual(
      Object.fromEntries(
        PROCESSOR_NAMES.map((name) => [name, [797, name === "player_game_summary" ? 797 - HOLES : 797]]),
      ),
    );
  });

  test("the holes are blocked, named with their games, and make the exit code 1", async () => {
    expect(first.code).toBe(1);
    const blocked = await read(
      `SELECT DISTINCT status, reason FROM nba_backfill.partitions
       WHERE processor = 'player_game_summary' AND status NOT IN ('complete', 'complete_with_exceptions')`,
    );
    expect(blocked).toEqual([{ status: "blocked", reason: "raw_missing" }]);
    const games = await read(
      `SELECT COUNT(DISTINCT exceptions.row_key) AS named,
         COUNT(DISTINCT schedule.season_type) FILTER (WHERE schedule.season_type = 'regular') AS regular
       FROM nba_backfill.exceptions AS exceptions
       JOIN nba_raw.schedule AS schedule ON schedule.game_id = exceptions.row_key
       WHERE exceptions.processor = 'player_game_summary'`,
    );
    const missing = await read(
      `SELECT COUNT(*) AS games FROM nba_raw.schedule
       WHERE status = 'final' AND season_type IN ('play_in', 'playoffs', 'cup_final')
         AND game_date BETWEEN DATE '2021-10-19' AND DATE '2025-04-13'`,
    );
    expect(games).toEqual([{ named: missing[0]!.games, regular: 0 }]);
  });

  test("where lines and injuries are unknown the columns are NULL", async () => {
    const [seen] = await read(
      `SELECT COUNT(*) AS rows_there, COUNT(injury_risk) AS injuries, COUNT(points_line) AS lines
       FROM nba_precompute.ml_feature_store`,
    );
    expect(seen).toMatchObject({ injuries: 0, lines: 0 });
    expect(seen!.rows_there).toBeGreaterThan(100_000);
  });

  test("the oracle agrees on every cell of random dates of every season", async () => {
    const { dates, cells, differences } = await judgeRandomDates(path, 4);
    expect(differences).toBe("");
    // Four seasons.
    expect(dates).toHaveLength(4 * 4);
    expect(cells).toBeGreaterThan(16 * 10_000);
  });

  test("running again builds nothing and still says that not all is done", async () => {
    expect(await nbaBackfill("run", "--warehouse", path, ...range)).toMatchObject({
      code: 1,
      json: { planned: 0, unchanged: 0 },
    });
  });

  test("date by date and by month gives the same rows as all at once", async () => {
    const month = ["--start-date", "2023-01-01", "--end-date", "2023-01-31"];
    const hashes = async () =>
      JSON.stringify(
        await read(
          `${PROCESSOR_NAMES.map(
            (name) =>
              `SELECT '${name}' AS name, game_date, row_hash FROM ${tableNamed(name)}
               WHERE game_date BETWEEN DATE '2023-01-01' AND DATE '2023-01-31'`,
          ).join(" UNION ALL ")} ORDER BY 1, 2, 3`,
        ),
      );
    const whole = await hashes();
    for (const chunk of ["day", "month", "season"]) {
      await nbaBackfill("run", "--warehouse", path, ...month, "--force", "--chunk", chunk);
      expect(await hashes()).toBe(whole);
    }
  });
});

function tableNamed(name: string): string {
  return `${PROCESSOR_NAMES.indexOf(name as never) < 5 ? "nba_analytics" : "nba_precompute"}.${name}`;
}
