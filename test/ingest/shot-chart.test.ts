import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { chartedShot } from "./feeds.ts";
import { Folder } from "./folder.ts";
import { game } from "./rows.ts";

/** The document that stats.nba.com serves: result sets of headers and rows, of which the shots are the first. */
function served(rows: readonly Row[]): unknown {
  const averages = {
    name: "LeagueAverages",
    headers: ["GRID_TYPE", "FGA"],
    rowSet: [["League Averages", 7]],
  };
  const shots = {
    name: "Shot_Chart_Detail",
    headers: Object.keys(rows[0]!),
    rowSet: rows.map(Object.values),
  };
  return { resource: "shotchartdetail", parameters: { TeamID: 1610612738 }, resultSets: [shots, averages] };
}

const shots = [
  chartedShot(),
  chartedShot({
    GAME_EVENT_ID: 14,
    SHOT_TYPE: "3PT Field Goal",
    SHOT_ZONE_BASIC: "Backcourt",
    SHOT_MADE_FLAG: 1,
  }),
  // A toe on the line: three's zone, worth two.
  chartedShot({ GAME_EVENT_ID: 17, SHOT_ZONE_BASIC: "Above the Break 3", SECONDS_REMAINING: 5 }),
  chartedShot({ GAME_EVENT_ID: 20, TEAM_ID: 1610612755, SHOT_ZONE_BASIC: "In The Paint (Non-RA)" }),
];

test("a shot chart as served, on one line or many, gzipped or not, or as its rows: the same shots", async () => {
  await using folder = await Folder.open();
  await folder.load([game()], "games.csv");
  const first = await folder.ingest(folder.write("shots.json", JSON.stringify(served(shots))));
  expect(first.files[0]).toMatchObject({
    mapping: "nba-shotchartdetail",
    rows: 4,
    tables: [{ inserted: 4 }],
  });
  expect(
    await folder.read(`SELECT event_id, team, period, seconds_left, made, shot_value, zone, zone_method, game_date
      FROM nba_raw.shots ORDER BY event_id`),
  ).toEqual(
    // 11 * 60 + 29 = 689; 11 * 60 + 5 = 665.
    [
      [10, "BOS", 1, 689, false, 2, "paint"],
      [14, "BOS", 1, 689, true, 3, "three"],
      [17, "BOS", 1, 665, false, 2, "mid_range"],
      [20, "PHI", 1, 689, false, 2, "paint"],
    ].map(([event_id, team, period, seconds_left, made, shot_value, zone]) => ({
      ...{ event_id, team, period, seconds_left, made, shot_value, zone },
      ...{ zone_method: "official", game_date: "2022-10-18" },
    })),
  );
  expect(
    await folder.read("SELECT home_shots, away_shots, has_assists, has_blocks FROM nba_raw.shot_coverage"),
  ).toEqual([{ home_shots: 3, away_shots: 1, has_assists: false, has_blocks: false }]);
  for (const path of [
    folder.write("pretty.json", JSON.stringify(served(shots), null, 2)),
    folder.write("shots.json.gz", JSON.stringify(served(shots))),
    folder.csv("shots.csv", shots),
  ]) {
    expect((await folder.ingest(path)).files[0]!.tables[0]).toMatchObject({ rows: 4, unchanged: 4 });
  }
});

const sample = fileURLToPath(
  new URL("../../../shared/nba/samples/nba-stats/shotchartdetail_0021900001_home.json", import.meta.url),
);

test.skipIf(!existsSync(sample))("a team's shots of a game as stats.nba.com served them", async () => {
  await using folder = await Folder.open();
  const summary = await folder.ingest(sample);
  // Counted in the file: the first result set holds the shots, its averages are none.
  const [{ headers, rowSet }] = JSON.parse(readFileSync(sample, "utf8")).resultSets;
  const counted: Record<string, { shots: number; made: number }> = {
    mid_range: { shots: 0, made: 0 },
    paint: { shots: 0, made: 0 },
    three: { shots: 0, made: 0 },
  };
  for (const row of rowSet as unknown[][]) {
    const of = (name: string) => row[headers.indexOf(name)];
    const near =
      of("SHOT_ZONE_BASIC") === "Restricted Area" || of("SHOT_ZONE_BASIC") === "In The Paint (Non-RA)";
    const zone = counted[of("SHOT_TYPE") === "3PT Field Goal" ? "three" : near ? "paint" : "mid_range"]!;
    zone.shots += 1;
    zone.made += Number(of("SHOT_MADE_FLAG"));
  }
  expect(rowSet.length).toBeGreaterThan(0);
  expect(summary.files[0]).toMatchObject({ rows: rowSet.length, tables: [{ inserted: rowSet.length }] });
  expect(
    await folder.read(
      "SELECT zone, COUNT(*) AS shots, COUNTIF(made) AS made FROM nba_raw.shots GROUP BY zone ORDER BY zone",
    ),
  ).toEqual(Object.entries(counted).map(([zone, counts]) => ({ zone, ...counts })));
});
