import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Folder } from "./folder.ts";

const shared = fileURLToPath(new URL("../../../shared/nba", import.meta.url));

describe.skipIf(!existsSync(shared))(
  `the real data of ${existsSync(shared) ? "../shared/nba" : "../shared/nba, which is absent"}`,
  () => {
    test("loads as its README counts it; what stays out has a reason", { timeout: 300_000 }, async () => {
      await using folder = await Folder.open();
      const summary = await folder.ingest(shared);
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

      // No shot before its event number: 581 + 1,230 + 1,230 + 577 games with shots, each marked as without assists.
      expect(
        await folder.read(
          `SELECT COUNT(*) AS games, SUM(home_shots + away_shots) AS shots, LOGICAL_OR(has_assists OR has_blocks) AS marks
         FROM nba_raw.shot_coverage WHERE zone_method = 'official'`,
        ),
      ).toEqual([{ games: 3618, shots: 640_721, marks: false }]);
    });
  },
);
