import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { readActual } from "../../src/progress/actual.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { watchEngine } from "../cli/engine.ts";
import { nbaBackfill } from "../cli/in-process.ts";

const root = mkdtempSync(join(tmpdir(), "nba-backfill-demo-flags-"));
afterAll(() => rmSync(root, { recursive: true }));

test("demo --direct --seed --now --threads --memory --json", async () => {
  const engine = watchEngine();
  const folder = mkdtempSync(join(root, "seed-"));
  const line = "demo --direct --seed 7 --now 2026-01-10T12:00:00Z --threads 1 --memory 3GB --json";
  const { code, stdout, stderr } = await nbaBackfill(folder, line.split(" "));
  expect(code, stderr).toBe(0);
  // 3 GB (1000 to the third) in DuckDB's words, which count by 1024.
  expect(engine()).toEqual({ threads: 1, memory: "2.7 GiB" });
  const { seed, status, journey } = JSON.parse(stdout) as {
    seed: number;
    journey?: unknown;
    status: { by_year: Record<string, unknown> };
  };
  expect([seed, journey]).toEqual([7, undefined]);
  // Six of the sixteen game dates of January 2026 are still to come on the 10th.
  expect(status.by_year["2026"]).toMatchObject({ game_dates: 10 });
  // Another seed's league would not fit what is there.
  const other = await nbaBackfill(folder, ["demo"]);
  expect([other.code, other.stderr]).toEqual([4, expect.stringContaining("holds the demo of seed 7")]);
});

test("demo prints what it counted beside the owner's report, and ends with the rows of the direct way", async () => {
  const folder = mkdtempSync(join(root, "journey-"));
  const { code, stdout, stderr } = await nbaBackfill(folder, ["demo"]);
  expect(code, stderr).toBe(0);
  const row = (words: string) => stdout.match(new RegExp(`^${words} +(.*)$`, "m"))?.[1]?.split(/ +/);
  // By year: dates in the report, here, at the end; gaps in the report, here.
  expect(["2021", "2022", "2023", "2024", "2025", "2026"].map(row)).toEqual([
    ["59", "59", "59", "1", "1"],
    ["213", "213", "213", "25", "25"],
    ["203", "203", "204", "26", "26"],
    ["210", "210", "211", "24", "24"],
    ["217", "217", "217", "26", "26"],
    ["16", "16", "16", "0", "0"],
  ]);
  // Dates done: in the report, before, after.
  expect(row("Phase 3")).toEqual(["918", "918", "920"]);
  expect(row("Phase 4")).toEqual(["816", "816", "920"]);
  expect(row("team_defense_zone_analysis")).toEqual(["818", "818", "920"]);
  expect(row("player_shot_zone_analysis")).toEqual(["850", "850", "920"]);
  expect(row("ml_feature_store")).toEqual(["-", "816", "920"]);
  // 102 dates of two processors, and what the zone tables lacked: 918 - 818 and 918 - 850.
  expect(stdout).toContain(`Partitions filled: ${2 * 102 + 100 + 68} (the report's estimate`);
  expect(stdout).toMatch(/x 4 processors: 408;/);
  expect(stdout).toContain("Cup finals added: 2 (game dates added: 2023-12-09, 2024-12-17)");
  const [, recomputed, changed] = /^Dependants recomputed: (\d+), of which (\d+) changed$/m.exec(stdout)!;
  expect(Number(changed)).toBeGreaterThan(0);
  expect(Number(changed)).toBeLessThan(Number(recomputed));
  const direct = await nbaBackfill(folder, ["demo", "--direct", "--warehouse", "direct.duckdb"]);
  expect(direct.code, direct.stderr).toBe(0);
  const rows = await rowsOf(join(folder, "direct.duckdb"));
  // 933 dates of the three summaries, warm-up included, and 920 of the other six.
  expect(rows.size).toBe(3 * 933 + 6 * 920);
  expect(await rowsOf(join(folder, "nba-backfill.duckdb"))).toEqual(rows);
});

/** What the nine tables hold, by partition. */
async function rowsOf(path: string) {
  const warehouse = await DuckDbWarehouse.open({ path, readOnly: true });
  try {
    return await readActual(warehouse, PROCESSORS);
  } finally {
    await warehouse.close();
  }
}
