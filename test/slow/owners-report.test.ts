import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MonitorReport } from "../../src/report/monitor-report.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const cli = join(root, "bin", "nba-backfill");
const owners = join(root, "../shared/mission/000_7dd09293669be1d7.txt");

/** The command lines of the report's bash blocks, for where the report is not at hand. */
const COPY = `
./bin/backfill/run_year_phase4.sh --year 2021 --dry-run
./bin/backfill/run_year_phase4.sh --year 2021
./bin/backfill/run_year_phase4.sh --year 2022
./bin/backfill/run_year_phase4.sh --year 2023
./bin/backfill/run_year_phase4.sh --year 2024
./bin/backfill/run_year_phase4.sh --year 2025
./bin/backfill/monitor_backfill_progress.sh --update
./bin/backfill/monitor_backfill_progress.sh --year 2022
./bin/backfill/monitor_backfill_progress.sh --update`
  .trim()
  .split("\n");

function commandLines(report: string): string[] {
  return [...report.matchAll(/```bash\n(.*?)```/gs)]
    .flatMap(([, block]) => block!.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

test.skipIf(!existsSync(owners))("the copy of the command lines is the report's", () => {
  expect(commandLines(readFileSync(owners, "utf8"))).toEqual(COPY);
});

describe("the owner's report of 2026-01-17, command by command", () => {
  const folder = mkdtempSync(join(tmpdir(), "owners-report-"));
  const warehouse = join(folder, "gaps.duckdb");
  const env = { ...process.env, NBA_BACKFILL_WAREHOUSE: warehouse };
  const shell = (line: string) => spawnSync("sh", ["-c", line], { cwd: root, env, encoding: "utf8" });
  const monitor = () =>
    JSON.parse(
      execFileSync(cli, ["monitor", "--json"], {
        cwd: root,
        env,
        encoding: "utf8",
        maxBuffer: 1 << 26,
      }),
    ) as MonitorReport;
  const gaps = () =>
    Object.entries(monitor().by_phase["Phase 4"]!)
      .filter(([year]) => year !== "all")
      .map(([, { expected, done }]) => expected - done);
  beforeAll(() => {
    execFileSync(cli, ["demo", "--stop-at-gaps"], { cwd: root, env });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("begins where the owner stood", () => {
    const { game_dates, complete_dates, by_processor, by_phase } = monitor();
    expect([game_dates, complete_dates]).toEqual([918, 816]);
    expect(by_phase["Phase 3"]).toMatchObject({
      "2021": { done: 59 },
      "2022": { done: 213 },
      "2023": { done: 203 },
      "2024": { done: 210 },
      "2025": { done: 217 },
      "2026": { done: 16 },
      all: { expected: 918, done: 918, percent: 100 },
    });
    expect(by_processor.team_defense_zone_analysis!.all!.done).toBe(818);
    expect(by_processor.player_shot_zone_analysis!.all!.done).toBe(850);
    expect(gaps()).toEqual([1, 25, 26, 24, 26, 0]);
  });

  // The gaps by year after each command: a dry run fills none, a year's run those of that year.
  const after = [
    [1, 25, 26, 24, 26, 0],
    [0, 25, 26, 24, 26, 0],
    [0, 0, 26, 24, 26, 0],
    [0, 0, 0, 24, 26, 0],
    [0, 0, 0, 0, 26, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
  ];
  const lines = existsSync(owners) ? commandLines(readFileSync(owners, "utf8")) : COPY;
  test.each(lines.map((line, index) => [line, index] as const))("%s", (line, index) => {
    const { status, stdout, stderr } = shell(line);
    expect(status, stderr).toBe(0);
    expect(gaps()).toEqual(after[index]);
    if (line.endsWith("--update")) expect(stdout).toContain("918 of 918 game dates complete");
    if (line.endsWith("monitor_backfill_progress.sh --year 2022"))
      expect(stdout).toContain("213 of 213 game dates complete");
  });

  test("the withheld games show as two dates with everything missing, and what they made stale", () => {
    expect(shell(`bin/nba-backfill ingest ${join(folder, "gaps-withheld")}`).status).toBe(0);
    const { game_dates, incomplete } = monitor();
    expect(game_dates).toBe(920);
    const states = (date: string) =>
      incomplete.find(({ game_date }) => game_date === date)?.partitions.map(({ state }) => state);
    expect(states("2023-12-09")).toEqual(Array(9).fill("missing"));
    expect(states("2024-12-17")).toEqual(Array(9).fill("missing"));
    // The first final is in the windows of the next game date, and in none before it.
    expect(states("2023-12-11")).toContain("stale");
    expect(incomplete[0]!.game_date).toBe("2023-12-09");
  });

  test("a run ends at 920 of 920", () => {
    expect(shell("bin/nba-backfill run").status).toBe(0);
    const { game_dates, complete_dates } = monitor();
    expect([game_dates, complete_dates]).toEqual([920, 920]);
  });
});
