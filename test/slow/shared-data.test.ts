import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { IngestSummary } from "../../src/ingest/summary.ts";
import { TABLES } from "../../src/tables.ts";
import { Folder } from "../ingest/folder.ts";

const shared = fileURLToPath(new URL("../../../shared/nba", import.meta.url));
/** Single files of other feeds. The documents of cdn.nba.com are another schedule of the same games: a later word on them, by design. */
const samples = [
  "samples/odds/odds_api_all_markets_2025-12-05.csv",
  "samples/nba-stats/shotchartdetail_0021900001_home.json",
].map((name) => `${shared}/${name}`);

/** The rows of every raw table as a count and a sum of hashes over all columns but when and out of which file. */
async function fingerprints(folder: Folder): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const { id, dataset, columns } of TABLES.values()) {
    if (dataset !== "nba_raw") continue;
    const kept = columns.map(({ name }) => name).filter((name) => name !== "loaded_at" && name !== "file");
    const [row] = await folder.read(
      `SELECT COUNT(*) AS rows, CAST(SUM(CAST(hash(${kept.join(", ")}) AS HUGEINT)) AS VARCHAR) AS hashes FROM ${id}`,
    );
    found[id] = row;
  }
  return found;
}

/**
 * Why rows of the real data stay out. `missing_value`: games that are listed without an id, six of the play-in of
 * 2025-26 and 65 of its preseason. `bad_value`: American odds between -100 and 100, which cannot exist; 267 prices in 234
 * rows of the file, 33 of which have two. `unknown_game`:
 * lines of three games that were postponed in January 2025, for dates on which they were not played; these are tried
 * again by every ingest and stay.
 */
const QUARANTINE = [
  { table_name: "nba_raw.game_lines", reason: "bad_value", rows: 267 - 33 },
  { table_name: "nba_raw.player_props", reason: "unknown_game", rows: 129 },
  { table_name: "nba_raw.schedule", reason: "missing_value", rows: 6 + 65 },
];

describe.skipIf(!existsSync(shared))(
  `the real data of ${existsSync(shared) ? "../shared/nba" : "../shared/nba, which is absent"}`,
  () => {
    let folder: Folder;
    let summary: IngestSummary;
    beforeAll(async () => {
      folder = await Folder.open();
      summary = await folder.ingest([shared, ...samples]);
    });
    afterAll(() => folder[Symbol.asyncDispose]());

    test("loads as its README counts it; what stays out has a reason", async () => {
      const files = Object.fromEntries(
        summary.files.map(({ file, mapping, rows, tables }) => [
          file.slice(shared.length + 1),
          { mapping, rows, loaded: tables[0]!.inserted, quarantined: tables[0]!.reasons },
        ]),
      );
      expect(files).toEqual({
        // The six play-in games of 2025-26 have no id.
        "schedule.parquet": {
          mapping: "nba-schedule",
          rows: 6605,
          loaded: 6605 - 6,
          quarantined: { missing_value: 6 },
        },
        // The preseason of 2025-26 has no ids: 65 rows.
        "schedule_exhibition.parquet": {
          mapping: "nba-schedule-exhibition",
          rows: 365,
          loaded: 300,
          quarantined: { missing_value: 65 },
        },
        "player_box.parquet": { mapping: "nba-player-box", rows: 104_641, loaded: 104_641, quarantined: {} },
        "team_box.parquet": { mapping: "nba-team-box", rows: 10_566, loaded: 10_566, quarantined: {} },
        "shots.parquet": { mapping: "nba-shots", rows: 640_721, loaded: 640_721, quarantined: {} },
        // 2 x 8,609 spreads + 2 x 3,579 totals + 3,638 and 3,642 moneylines, 267 of which are no American odds.
        "game_lines.parquet": {
          mapping: "nba-game-lines",
          rows: 13_529,
          loaded: 31_656 - 267,
          quarantined: { bad_value: 267 },
        },
        // Three games that were postponed in January 2025: their lines are for a date on which they were not played.
        "player_props_threes.parquet": {
          mapping: "nba-player-props",
          rows: 64_567,
          loaded: 64_567 - 129,
          quarantined: { unknown_game: 129 },
        },
        // A day of lines: yes-or-no markets and alternates are none (test/ingest/odds.test.ts).
        "samples/odds/odds_api_all_markets_2025-12-05.csv": {
          mapping: "odds-api-props",
          rows: 8200,
          loaded: 5419,
          quarantined: {},
        },
        "samples/nba-stats/shotchartdetail_0021900001_home.json": {
          mapping: "nba-shotchartdetail",
          rows: 103,
          loaded: 103,
          quarantined: {},
        },
      });
      expect(summary.skippedFiles.map(({ file }) => file.slice(shared.length + 1)).sort()).toEqual([
        "README.md",
        "game_dates.csv",
        "samples",
      ]);
      expect(summary.unresolved.arenas).toBe(0);

      // The official dates with games from 2021-11-01 to 2026-01-16, by year, as the README gives them.
      const dates = await folder.read(
        `SELECT EXTRACT(YEAR FROM game_date) AS year, COUNT(DISTINCT game_date) AS dates FROM nba_raw.schedule
       WHERE game_date BETWEEN DATE '2021-11-01' AND DATE '2026-01-16' AND season_type NOT IN ('preseason', 'all_star')
       GROUP BY year ORDER BY year`,
      );
      expect(dates.map((row) => row.dates)).toEqual([59, 213, 204, 211, 217, 16]);

      // Player points sum to the score in every team-game that has a box score.
      const wrong = await folder.read(
        `SELECT boxes.game_id FROM nba_raw.player_boxscores AS boxes JOIN nba_raw.schedule AS games USING (game_id)
       GROUP BY boxes.game_id, boxes.team
       HAVING SUM(boxes.pts) <> MIN(CASE WHEN boxes.team = games.home_team THEN games.home_score ELSE games.away_score END)`,
      );
      expect(wrong).toEqual([]);

      // Derived team minutes: 240 without overtime points, 25 more for each overtime with, unknown where no player is.
      const minutes = await folder.read(
        `SELECT DISTINCT minutes, overtime_points > 0 AS overtime FROM nba_raw.team_boxscores ORDER BY minutes`,
      );
      expect(minutes).toEqual([
        { minutes: null, overtime: true },
        { minutes: 240, overtime: false },
        { minutes: 265, overtime: true },
        { minutes: 290, overtime: true },
        { minutes: 315, overtime: true },
      ]);

      // 581 + 1,230 + 1,230 + 577 games with shots, each marked as without assists, and the sample's, whose game no
      // schedule here has, so that its shots are of neither side.
      expect(
        await folder.read(
          `SELECT COUNT(*) AS games, SUM(home_shots + away_shots) AS shots, LOGICAL_OR(has_assists OR has_blocks) AS marks
         FROM nba_raw.shot_coverage WHERE zone_method = 'official'`,
        ),
      ).toEqual([{ games: 3618 + 1, shots: 640_721, marks: false }]);
    });

    test("quarantine holds these, and no other", async () => {
      expect(
        await folder.read(
          `SELECT table_name, reason, COUNT(*) AS rows FROM nba_raw.quarantine GROUP BY ALL ORDER BY ALL`,
        ),
      ).toEqual(QUARANTINE);
      expect(
        await folder.read(
          `SELECT DISTINCT detail FROM nba_raw.quarantine WHERE reason = 'missing_value'
           UNION ALL SELECT DISTINCT regexp_extract(detail, '^ml_(home|away) is no american odds') FROM nba_raw.quarantine
           WHERE reason = 'bad_value' ORDER BY 1`,
        ),
      ).toEqual([
        { detail: "ml_away is no american odds" },
        { detail: "ml_home is no american odds" },
        { detail: "no game_id" },
      ]);
      expect(
        await folder.read(
          `SELECT COUNT(DISTINCT row_json ->> '$.game') AS games, MIN(row_json ->> '$.game_date') AS first,
             MAX(row_json ->> '$.game_date') AS last
           FROM nba_raw.quarantine WHERE reason = 'unknown_game'`,
        ),
      ).toMatchObject([
        { games: 3, first: expect.stringMatching(/^2025-01/), last: expect.stringMatching(/^2025-01/) },
      ]);
    });

    const files = [
      ...readdirSync(existsSync(shared) ? shared : ".")
        .filter((name) => name.endsWith(".parquet"))
        .map((name) => `${shared}/${name}`),
      ...samples,
    ];
    const boxes = files.filter((file) => file.includes("_box"));
    test.each([
      ["backwards, a command for each file", files.toReversed().map((file) => [file])],
      ["box scores first, then the folder", [boxes, [...samples].reverse(), [shared]]],
      ["a second time over itself", [[shared, ...samples], files]],
    ])("the same rows in another order: %s", async (_, commands) => {
      await using other = await Folder.open();
      for (const paths of commands) await other.ingest(paths);
      expect(await fingerprints(other)).toEqual(await fingerprints(folder));
    });
  },
);
