import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CoverageReport } from "../../src/report/coverage-report.ts";
import { type FewDates, fewDates, MAKING_MS } from "./few-dates.ts";
import { nbaBackfill } from "./in-process.ts";
import { change, readRows } from "./in-warehouse.ts";

/** Raw tables that another program has changed: what is derived from them, and what is built on them. */
let world: FewDates;
beforeAll(async () => {
  world = await fewDates();
}, MAKING_MS);
afterAll(() => world.remove());

const cli = (folder: string, line: string) => nbaBackfill(folder, line.split(" "));

async function succeed(folder: string, line: string): Promise<string> {
  const { code, stdout, stderr } = await cli(folder, line);
  expect(code, stderr).toBe(0);
  return stdout + stderr;
}

const GAME = "(SELECT MIN(game_id) FROM nba_raw.schedule WHERE game_date = DATE '2023-02-07')";
const MINUTES_BEFORE = `SELECT CAST(MIN(EXTRACT(EPOCH FROM tipoff_at - asof_cutoff_at)) / 60 AS INT64) AS least,
  CAST(MAX(EXTRACT(EPOCH FROM tipoff_at - asof_cutoff_at)) / 60 AS INT64) AS most FROM nba_raw.schedule`;

test("a tip-off that was moved: its cut-off is named as wrong, and a run that looks derives it again", async () => {
  const folder = world.folder("done");
  await change(
    folder,
    `UPDATE nba_raw.schedule SET tipoff_at = tipoff_at - INTERVAL 5 HOUR WHERE game_id = ${GAME}`,
  );
  const told = await cli(folder, "gaps --fail-on-gaps");
  expect(told.code).toBe(1);
  expect(told.stdout).toMatch(
    /^Raw tables were changed behind our back; to be derived again: the cut-off of 1 row of nba_raw\.schedule\n {2}nba-backfill run --deep$/m,
  );
  expect(await readRows(folder, MINUTES_BEFORE)).toEqual([{ least: -300, most: 0 }]);
  expect(await succeed(folder, "run --deep")).toContain(
    "derived again the cut-off of 1 row of nba_raw.schedule",
  );
  expect(await readRows(folder, MINUTES_BEFORE)).toEqual([{ least: 0, most: 0 }]);
  const { gaps, not_derived } = JSON.parse(
    await succeed(folder, "gaps --json --fail-on-gaps"),
  ) as CoverageReport;
  expect([gaps, not_derived]).toEqual([[], []]);
});

test("the lead of an ingest holds for what is derived after it, until another is given", async () => {
  const folder = world.folder("cold");
  await succeed(folder, `ingest ${world.raw}/game_lines.csv --line-lead-minutes 30`);
  await succeed(folder, `ingest ${world.raw}/injury_reports.csv`);
  expect(await readRows(folder, MINUTES_BEFORE)).toEqual([{ least: 30, most: 30 }]);
  await change(folder, `UPDATE nba_raw.schedule SET asof_cutoff_at = tipoff_at WHERE game_id = ${GAME}`);
  await succeed(folder, "run --deep --dates 2023-02-07 --processor team_offense_game_summary");
  expect(await readRows(folder, MINUTES_BEFORE)).toEqual([{ least: 30, most: 30 }]);
  await succeed(folder, `ingest ${world.raw}/injury_reports.csv --line-lead-minutes 0`);
  expect(await readRows(folder, MINUTES_BEFORE)).toEqual([{ least: 0, most: 0 }]);
});

test("raw rows deleted and nothing else to do: the counts tell a plain run", async () => {
  const folder = world.folder("done");
  await change(folder, `DELETE FROM nba_raw.shots WHERE game_id = ${GAME}`);
  const planned = JSON.parse(await succeed(folder, "plan --json")) as { steps: { processor: string }[] };
  expect(planned.steps.map(({ processor }) => processor)).toContain("player_game_summary");
  await succeed(folder, "run");
  expect(
    await readRows(
      folder,
      `SELECT DISTINCT paint_fga, zones_missing_reason FROM nba_analytics.team_offense_game_summary WHERE game_id = ${GAME}`,
    ),
  ).toEqual([{ paint_fga: null, zones_missing_reason: "no_shots" }]);
  expect(JSON.parse(await succeed(folder, "plan --json"))).toMatchObject({ partitions: 0 });
});

test("a raw table dropped: no run builds without it, an ingest makes it again", async () => {
  const folder = world.folder("done");
  await change(folder, "DROP TABLE nba_raw.player_props");
  for (const line of ["run", "plan", "gaps", "monitor --update"]) {
    const { code, stdout, stderr } = await cli(folder, line);
    expect([code, stdout, stderr]).toEqual([
      3,
      "",
      "nba-backfill: the warehouse has no table nba_raw.player_props any more: 'nba-backfill ingest PATH' makes it again and fills it\n",
    ]);
  }
  expect(await succeed(folder, `ingest ${world.raw}`)).toContain(
    "no longer there, and made again without rows: nba_raw.player_props",
  );
  await succeed(folder, "run");
  expect(await succeed(folder, "gaps")).toMatch(/^No gaps\./);
});

test("a table of ours dropped: what would read it says what makes it again", async () => {
  const folder = world.folder("done");
  await change(folder, "DROP TABLE nba_precompute.player_composite_factors");
  for (const line of ["check", "show player_composite_factors 2023-02-07", "diff"]) {
    const { code, stderr } = await cli(folder, line);
    expect([code, stderr.trim().split("\n").at(-1)]).toEqual([
      3,
      "nba-backfill: the warehouse has no table nba_precompute.player_composite_factors any more: 'nba-backfill run' makes it again and builds what it held",
    ]);
  }
  expect(await succeed(folder, "run")).toContain(
    "no longer there, and made again without rows: nba_precompute.player_composite_factors",
  );
  await succeed(folder, "check");
});

describe("a warehouse from before leads and counts were kept", () => {
  const forget = (name: string) => `DELETE FROM nba_backfill.warehouse_info WHERE name = '${name}'`;

  test("keeps the cut-offs that its ingests made: nobody knows their lead", async () => {
    const folder = world.folder("done");
    await succeed(folder, `ingest ${world.raw}/game_lines.csv --line-lead-minutes 30`);
    await change(folder, forget("line_lead_minutes"));
    expect(await succeed(folder, "gaps")).not.toContain("to be derived again");
    await succeed(folder, "run --deep");
    expect(await readRows(folder, MINUTES_BEFORE)).toEqual([{ least: 30, most: 30 }]);
  });

  test("is looked into by the first run, which keeps them", async () => {
    const folder = world.folder("done");
    await change(folder, forget("raw_rows"), `DELETE FROM nba_raw.shots WHERE game_id = ${GAME}`);
    expect(JSON.parse(await succeed(folder, "plan --json")).partitions).toBeGreaterThan(0);
    await succeed(folder, "run");
    expect(
      await readRows(
        folder,
        "SELECT COUNT(*) AS kept FROM nba_backfill.warehouse_info WHERE name = 'raw_rows'",
      ),
    ).toEqual([{ kept: 1 }]);
  });
});
