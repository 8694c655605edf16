import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { compareWithLeague, formatComparison } from "../../src/demo/comparison.ts";
import { type DemoLeague, writeDemoLeague } from "../../src/demo/league.ts";
import { publishedAverages } from "../../src/demo/league-averages.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { rowsOf, written } from "./written-league.ts";

function digests({ folder }: DemoLeague): Record<string, string> {
  const digest = (file: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, file)))
      .digest("hex");
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [file, digest(file)]),
  );
}

describe("a seed", () => {
  test("writes the same bytes again, and another seed others", async () => {
    const [one, again, other] = [
      digests(await written({ seed: 3, seasons: [2025] })),
      digests(await written({ seed: 3, seasons: [2025] })),
      digests(await written({ seed: 4, seasons: [2025] })),
    ];
    expect(again).toEqual(one);
    for (const [file, digest] of Object.entries(one))
      expect([file, other[file] === digest]).toEqual([file, false]);
  });

  test("gives a season the same rows with and without the one before", async () => {
    const alone = await written({ seed: 3, seasons: [2025] });
    const both = await written({ seed: 3, seasons: [2024, 2025] });
    const ids = new Set(rowsOf(alone, "schedule").map(({ game_id }) => game_id));
    for (const name of ["schedule", "player_boxscores", "injury_reports"] as const) {
      const rows = rowsOf(both, name).filter(({ game_id, game_date }) =>
        game_id ? ids.has(game_id) : game_date! > "2025-07-01",
      );
      expect(rows).toEqual(rowsOf(alone, name));
    }
  });
});

test("withheld dates are whole in a folder of their own and nowhere else", async () => {
  const date = "2025-11-05" as GameDate;
  const folder = mkdtempSync(join(tmpdir(), "demo-withheld-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const whole = await written({ seed: 3, seasons: [2025] });
  const rest = await written({ seed: 3, seasons: [2025], withhold: { dates: [date], folder } });
  const withheld = { ...rest, folder };
  const names = "schedule player_boxscores team_boxscores shots game_lines player_props injury_reports".split(
    " ",
  );
  for (const name of names) {
    const [of, without] = [rowsOf(whole, name), rowsOf(rest, name)];
    expect(without, name).toEqual(of.filter(({ game_date }) => game_date !== date));
    const apart = rowsOf(withheld, name);
    expect(apart.length, name).toBeGreaterThan(0);
    expect(apart, name).toEqual(of.filter(({ game_date }) => game_date === date));
  }
  // Eleven games were played on that date.
  expect(rowsOf(withheld, "schedule").filter(({ status }) => status === "final")).toHaveLength(11);
  // Rosters and players belong to no game: no file without a row lies among those to be loaded later.
  expect(readdirSync(folder)).not.toContain("rosters.csv");
  expect(rowsOf(rest, "rosters")).toEqual(rowsOf(whole, "rosters"));
});

test("a folder that cannot be made is one clear line", async () => {
  const file = join(tmpdir(), `demo-not-a-folder-${process.pid}`);
  writeFileSync(file, "");
  onTestFinished(() => rmSync(file));
  await expect(writeDemoLeague(join(file, "inside"), { seed: 1, seasons: [2025] })).rejects.toMatchObject({
    code: "input-invalid",
    message: expect.stringMatching(/^cannot write demo files in .*inside: /),
  });
});

describe("the comparison with the league", () => {
  // Per cent of the published figure. A season's stars and its number of overtimes are chance: 60 games of 1,230 give
  // or take 8, and home wins 670 give or take 18.
  const tolerances: Readonly<Record<string, number>> = {
    points: 2,
    pace: 2,
    "offensive rating": 2,
    "field-goal attempts": 2,
    "field-goal pct": 2,
    "three-point attempts": 3,
    "three-point pct": 3,
    "free-throw attempts": 4,
    "free-throw pct": 2,
    "offensive rebounds": 5,
    "total rebounds": 3,
    assists: 3,
    steals: 5,
    blocks: 5,
    turnovers: 4,
    fouls: 7,
    "share of paint": 7,
    "share of mid-range": 8,
    "share of threes": 3,
    "paint pct": 3,
    "mid-range pct": 4,
    "home wins": 12,
    "overtime games": 45,
    "leading scorer": 25,
    "leading usage": 20,
  };

  let league: DemoLeague;
  beforeAll(async () => {
    league = await written({ seed: 1, seasons: [2021, 2024] });
  });

  test("finds points, pace, ratings, shooting and zones within a few per cent", () => {
    const comparisons = compareWithLeague(league.seasons);
    const compared = comparisons.filter((entry) => entry.league !== undefined);
    expect(new Set(compared.map(({ measure }) => measure))).toEqual(new Set(Object.keys(tolerances)));
    for (const { measure, seasonYear, demo, league: real } of compared) {
      const difference = (100 * Math.abs(demo - real!)) / real!;
      expect(difference, `${measure} of ${seasonYear}: ${demo} against ${real}`).toBeLessThan(
        tolerances[measure]!,
      );
    }
    const table = formatComparison(comparisons).split("\n");
    expect(table[0]).toMatch(/^demo \| league +2021-22 +2024-25$/);
    expect(table[1]).toMatch(/^points +\d+\.\d \| 110\.6 +[+-]\d\.\d % +\d+\.\d \| 113\.8 +[+-]\d\.\d %$/);
  });

  const shared = new URL("../../../shared/nba/", import.meta.url);
  const query = async (sql: string) => {
    const warehouse = await DuckDbWarehouse.open({ path: ":memory:" });
    try {
      return await warehouse.read<Record<string, number>>(sql);
    } finally {
      await warehouse.close();
    }
  };
  const real = (file: string) => `'${new URL(file, shared).pathname}'`;

  test.skipIf(!existsSync(shared))("finds usage spread as widely as in the real seasons", async () => {
    const rates = league.seasons.flatMap((tally) => tally.usageRates()).sort((a, b) => a - b);
    const at = (share: number) => rates[Math.floor(share * (rates.length - 1))]!;
    const [spread] = await query(
      `WITH games AS (
         SELECT season, player_id, game_id, COALESCE(min_exact, min) AS minutes, fga + 0.44 * fta + tov AS plays,
           SUM(fga + 0.44 * fta + tov) OVER (PARTITION BY game_id, team) AS team_plays,
           SUM(COALESCE(min_exact, min)) OVER (PARTITION BY game_id, team) AS team_minutes
         FROM ${real("player_box.parquet")}
       ),
       seasons AS (
         SELECT SUM(plays) / SUM(team_plays * minutes / (team_minutes / 5)) AS usage
         FROM games GROUP BY season, player_id HAVING SUM(minutes) >= 1000
       )
       SELECT quantile_cont(usage, 0.1) AS low, quantile_cont(usage, 0.5) AS middle, quantile_cont(usage, 0.9) AS high FROM seasons`,
    );
    expect(Math.abs(at(0.1) - spread!.low!)).toBeLessThan(0.02);
    expect(Math.abs(at(0.5) - spread!.middle!)).toBeLessThan(0.02);
    expect(Math.abs(at(0.9) - spread!.high!)).toBeLessThan(0.025);
  });

  test.skipIf(!existsSync(shared))(
    "rests on published averages that the real box scores confirm",
    async () => {
      const rows = await query(
        `SELECT CAST(SUBSTR(season, 1, 4) AS BIGINT) AS "seasonYear", AVG(pts) AS points, AVG(fga) AS "fieldGoalAttempts",
         SUM(fgm) / SUM(fga) AS "fieldGoalPct", AVG(fg3a) AS "threePointAttempts", SUM(fg3m) / SUM(fg3a) AS "threePointPct",
         AVG(fta) AS "freeThrowAttempts", SUM(ftm) / SUM(fta) AS "freeThrowPct", AVG(oreb) AS "offensiveRebounds",
         AVG(oreb + dreb) AS "totalRebounds", AVG(ast) AS assists, AVG(stl) AS steals, AVG(blk) AS blocks,
         AVG(tov) AS turnovers, AVG(pf) AS fouls,
         2 * AVG(CASE WHEN is_home AND pts > opp_pts THEN 1 ELSE 0 END) AS "homeWinShare"
       FROM ${real("team_box.parquet")} WHERE season_type = 'regular' GROUP BY season`,
      );
      expect(rows).toHaveLength(4);
      for (const { seasonYear, ...measured } of rows) {
        const published = publishedAverages(seasonYear!)!;
        for (const [name, value] of Object.entries(measured)) {
          // Published to one decimal, percentages to three; home wins as whole per cents.
          const rounding = name === "homeWinShare" ? 0.0065 : name.endsWith("Pct") ? 0.0006 : 0.06;
          expect(
            Math.abs(value - published[name as keyof typeof published]!),
            `${name} ${seasonYear}`,
          ).toBeLessThan(rounding);
        }
      }
    },
  );
});
