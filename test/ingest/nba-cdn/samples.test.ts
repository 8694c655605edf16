import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { GameDate } from "../../../src/dates.ts";
import { savedFeed } from "../../../src/ingest/nba-cdn/feed.ts";
import { playerGameSummary } from "../../../src/processors/analytics/player_game_summary/processor.ts";
import { teamOffenseGameSummary } from "../../../src/processors/analytics/team_offense_game_summary/processor.ts";
import { Fixture } from "../../fixture.ts";
import { ingestNbaCdn } from "./ingest-nba-cdn.ts";

const samples = fileURLToPath(new URL("../../../../shared/nba/samples/nba-cdn", import.meta.url));
const request = { today: "2026-02-12" as GameDate };
const effects = { now: new Date("2026-02-12T12:00:00Z") };

describe.skipIf(!existsSync(samples))(
  "the samples of ../shared/nba/samples/nba-cdn (skipped if absent)",
  () => {
    test("a game from play-by-play to its summaries, counted in the JSON by another program", async () => {
      await using fixture = await Fixture.open();
      const { warehouse } = fixture;
      const summary = await ingestNbaCdn(warehouse, savedFeed(samples), request, effects);
      expect(summary.failedDocuments).toBe(0);
      // Two games on the date, neither in the saved schedule: their box scores place them.
      const teams = await fixture.compute(teamOffenseGameSummary, "2026-02-11");
      // CHA: Restricted Area 9 of 20, rest of the paint 3 of 12; above the break 14 of 40, corners 2 of 4 and 3 of 7.
      expect(teams.find(({ team }) => team === "CHA")).toMatchObject({
        pts: 110,
        opponent_pts: 107,
        fga: 88,
        fgm: 33,
        tov: 16,
        paint_fga: 32,
        paint_fgm: 12,
        mid_range_fga: 5,
        mid_range_fgm: 2,
        three_fga: 51,
        three_fgm: 19,
        zone_method: "official",
      });
      // ATL: 12 of 19 and 11 of 22 in the paint, 4 of 7 mid-range; 5 of 24, 2 of 8 and 3 of 4 from three.
      expect(teams.find(({ team }) => team === "ATL")).toMatchObject({
        pts: 107,
        fga: 84,
        fgm: 37,
        tov: 13,
        paint_fga: 41,
        paint_fgm: 23,
        mid_range_fga: 7,
        mid_range_fgm: 4,
        three_fga: 36,
        three_fgm: 10,
      });
      const players = await fixture.compute(playerGameSummary, "2026-02-11");
      // LaMelo Ball: paint 1 of 4, mid-range 0 of 1, threes 4 of 14, 2 of 3 and 1 of 1; 4 of his 8 assisted.
      expect(players.find(({ player_id }) => player_id === "1630163")).toMatchObject({
        pts: 24,
        ast: 6,
        blk: 0,
        seconds: 1946,
        paint_fga: 4,
        paint_fgm: 1,
        mid_range_fga: 1,
        mid_range_fgm: 0,
        three_fga: 18,
        three_fgm: 7,
        assisted_fgm: 4,
        unassisted_fgm: 4,
      });
      // Jalen Johnson: paint 6 of 10 (3 of 4 and 3 of 6), mid-range 0 of 1, threes 1 of 4; 5 of his 7 assisted.
      expect(players.find(({ player_id }) => player_id === "1630552")).toMatchObject({
        pts: 19,
        ast: 9,
        blk: 1,
        paint_fga: 10,
        paint_fgm: 6,
        mid_range_fga: 1,
        three_fga: 4,
        three_fgm: 1,
        assisted_fgm: 5,
        unassisted_fgm: 2,
      });
      // Miles Bridges was on the list and suspended.
      expect(players.find(({ player_id }) => player_id === "1628970")).toMatchObject({
        played: false,
        status: "dnp",
        dnp_reason: "DND_LEAGUE_SUSPENSION",
        lists_nonplayers: true,
      });
    });

    test("what the play-by-play says of each player and team is what the box score says", async () => {
      await using fixture = await Fixture.open();
      await ingestNbaCdn(fixture.warehouse, savedFeed(samples), request, effects);
      let compared = 0;
      for (const { game_id, team, made } of await freeThrows()) {
        const [told] = await fixture.warehouse.read(
          `SELECT (SELECT SUM(pts) FROM nba_raw.player_boxscores WHERE game_id = @game_id AND team = @team) AS points,
             (SELECT SUM(shot_value) FROM nba_raw.shots WHERE game_id = @game_id AND team = @team AND made) AS of_shots`,
          { game_id, team },
        );
        expect(Number(told!.of_shots) + made, `${game_id} ${team}`).toBe(Number(told!.points));
        compared += 1;
      }
      // Three games of two teams.
      expect(compared).toBe(6);
      // Each player, by the shots that he took, assisted or blocked; his free throws are the box score's.
      const differing = await fixture.warehouse.read(
        `WITH of_shots AS (
           SELECT game_id, player_id, 2 * COUNTIF(made) + COUNTIF(made AND shot_value = 3) AS points, COUNT(*) AS fga,
             COUNTIF(shot_value = 3) AS fg3a, 0 AS assists, 0 AS blocks
           FROM nba_raw.shots GROUP BY game_id, player_id
           UNION ALL
           SELECT game_id, assist_player_id, 0, 0, 0, COUNT(*), 0 FROM nba_raw.shots
           WHERE assist_player_id IS NOT NULL GROUP BY game_id, assist_player_id
           UNION ALL
           SELECT game_id, block_player_id, 0, 0, 0, 0, COUNT(*) FROM nba_raw.shots
           WHERE block_player_id IS NOT NULL GROUP BY game_id, block_player_id
         ),
         sums AS (
           SELECT game_id, player_id, SUM(points) AS points, SUM(fga) AS fga, SUM(fg3a) AS fg3a,
             SUM(assists) AS assists, SUM(blocks) AS blocks
           FROM of_shots GROUP BY game_id, player_id
         )
         SELECT COALESCE(box.game_id, sums.game_id) AS game_id, COALESCE(box.player_id, sums.player_id) AS player_id
         FROM nba_raw.player_boxscores AS box
         FULL JOIN sums ON sums.game_id = box.game_id AND sums.player_id = box.player_id
         WHERE box.player_id IS NULL
           OR box.pts <> COALESCE(sums.points, 0) + box.ftm OR box.fga <> COALESCE(sums.fga, 0)
           OR box.fg3a <> COALESCE(sums.fg3a, 0) OR box.ast <> COALESCE(sums.assists, 0)
           OR box.blk <> COALESCE(sums.blocks, 0)`,
      );
      expect(differing).toEqual([]);
    });

    test("marks of assists and blocks, heaves, and zones by place where there is no area", async () => {
      await using fixture = await Fixture.open();
      const { warehouse } = fixture;
      await ingestNbaCdn(warehouse, savedFeed(samples), request, effects);
      // Blocks are those that a team's shots ran into.
      expect(
        await warehouse.read(
          `SELECT team, COUNT(assist_player_id) AS assists, COUNT(block_player_id) AS blocked,
           COUNTIF(zone = 'paint') AS paint, COUNTIF(zone = 'mid_range') AS mid_range, COUNTIF(zone = 'three') AS three,
           MIN(zone_method) AS zone_method
         FROM nba_raw.shots WHERE game_id IN ('0022500775', '0022000001') GROUP BY team ORDER BY team`,
        ),
      ).toEqual([
        { team: "ATL", assists: 28, blocked: 6, paint: 41, mid_range: 7, three: 36, zone_method: "official" },
        { team: "BKN", assists: 24, blocked: 6, paint: 45, mid_range: 12, three: 35, zone_method: "xy" },
        { team: "CHA", assists: 21, blocked: 6, paint: 32, mid_range: 5, three: 51, zone_method: "official" },
        { team: "GSW", assists: 26, blocked: 7, paint: 52, mid_range: 14, three: 33, zone_method: "xy" },
      ]);
      // CHA and WAS threw one heave each.
      expect(
        await warehouse.read("SELECT team FROM nba_raw.team_boxscores WHERE team_fga = 1 ORDER BY team"),
      ).toEqual([{ team: "CHA" }, { team: "WAS" }]);
      const off = await warehouse.read(
        `SELECT t.team FROM nba_raw.team_boxscores AS t
       JOIN (SELECT game_id, team, SUM(pts) AS pts, SUM(fga) AS fga FROM nba_raw.player_boxscores GROUP BY 1, 2) AS p
         ON p.game_id = t.game_id AND p.team = t.team
       JOIN nba_raw.schedule AS s ON s.game_id = t.game_id
       WHERE p.pts <> t.pts OR p.fga <> t.fga
         OR t.pts <> CASE WHEN t.team = s.home_team THEN s.home_score ELSE s.away_score END`,
      );
      expect(off).toEqual([]);
      // All three games are whole now: again loads the schedule alone, and changes nothing.
      const again = await ingestNbaCdn(warehouse, savedFeed(samples), request, effects);
      expect(again.files.flatMap(({ tables }) => tables.map((t) => [t.table, t.rows, t.unchanged]))).toEqual([
        ["nba_raw.schedule", 1400, 1400],
      ]);
    });
  },
);

/** Free throws made by game and team, counted in the play-by-play itself. */
async function freeThrows(): Promise<{ game_id: string; team: string; made: number }[]> {
  const feed = savedFeed(samples);
  const counts = [];
  for (const game_id of feed.games!) {
    const answer = (await feed.playByPlay(game_id)) as {
      json: { game: { actions: Record<string, unknown>[] } };
    };
    const made = answer.json.game.actions.filter(
      ({ actionType, shotResult }) => actionType === "freethrow" && shotResult === "Made",
    );
    for (const team of new Set(made.map(({ teamTricode }) => String(teamTricode)))) {
      counts.push({ game_id, team, made: made.filter((action) => action.teamTricode === team).length });
    }
  }
  return counts;
}
