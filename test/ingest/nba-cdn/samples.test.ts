import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { GameDate } from "../../../src/dates.ts";
import { savedFeed } from "../../../src/ingest/nba-cdn/feed.ts";
import { playerGameSummary } from "../../../src/processors/analytics/player_game_summary/processor.ts";
import { teamOffenseGameSummary } from "../../../src/processors/analytics/team_offense_game_summary/processor.ts";
import type { Row } from "../../../src/warehouse/warehouse.ts";
import { Fixture } from "../../fixture.ts";
import { ingestNbaCdn } from "./ingest-nba-cdn.ts";

const samples = fileURLToPath(new URL("../../../../shared/nba/samples/nba-cdn", import.meta.url));
const request = { today: "2026-02-12" as GameDate };
const effects = { now: new Date("2026-02-12T12:00:00Z") };

describe.skipIf(!existsSync(samples))(
  "the samples of ../shared/nba/samples/nba-cdn (skipped if absent)",
  () => {
    test("the summaries of a date say what its box scores say, and their zones what the plays say", async () => {
      await using fixture = await Fixture.open();
      const { warehouse } = fixture;
      const summary = await ingestNbaCdn(warehouse, savedFeed(samples), request, effects);
      expect(summary.failedDocuments).toBe(0);
      // Two games on the date, neither in the saved schedule: their box scores place them.
      const teams = byKey(await fixture.compute(teamOffenseGameSummary, "2026-02-11"), "team");
      const players = byKey(await fixture.compute(playerGameSummary, "2026-02-11"), "player_id");
      expect(teams.size).toBe(4);
      let played = 0;
      for (const game_id of ["0022500775", "0022500776"]) {
        const { homeTeam, awayTeam } = await boxScore(game_id);
        const actions = await plays(game_id);
        for (const [team, opponent] of [
          [homeTeam, awayTeam],
          [awayTeam, homeTeam],
        ] as const) {
          const { statistics: line, teamTricode } = team;
          const shots = actions.filter((action) => action.teamTricode === teamTricode);
          expect(teams.get(teamTricode), teamTricode).toMatchObject({
            pts: line.points,
            opponent_pts: opponent.statistics.points,
            fga: line.fieldGoalsAttempted,
            fgm: line.fieldGoalsMade,
            tov: line.turnoversTotal,
            ...paint(shots),
            // The heave of a team counts as its attempt, and is nobody's shot.
            three_fga: shots.filter(isThree).length,
            three_fgm: line.threePointersMade,
            ...midRange(shots),
            zone_method: "official",
          });
          for (const player of team.players) {
            const summary = players.get(String(player.personId));
            if (player.played !== "1") {
              // Who was on the list and did not play, with the reason where one is given.
              if (player.status === "ACTIVE" && player.notPlayingReason) {
                expect(summary, player.name).toMatchObject({
                  ...{ played: false, status: "dnp", lists_nonplayers: true },
                  dnp_reason: player.notPlayingReason,
                });
              }
              continue;
            }
            const own = shots.filter(({ personId }) => personId === player.personId);
            const assisted = own.filter((shot) => shot.assistPersonId !== undefined).length;
            expect(summary, player.name).toMatchObject({
              pts: player.statistics.points,
              ast: player.statistics.assists,
              blk: player.statistics.blocks,
              seconds: seconds(player.statistics.minutes),
              ...paint(own),
              three_fga: player.statistics.threePointersAttempted,
              three_fgm: player.statistics.threePointersMade,
              ...midRange(own),
              assisted_fgm: assisted,
              unassisted_fgm: player.statistics.fieldGoalsMade! - assisted,
            });
            played += 1;
          }
        }
      }
      // Five starters of each of four teams at the least.
      expect(played).toBeGreaterThanOrEqual(20);
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
      const told = byKey(
        await warehouse.read(
          `SELECT game_id || team AS key, COUNT(assist_player_id) AS assists, COUNT(block_player_id) AS blocked,
           COUNTIF(zone = 'paint') AS paint, COUNTIF(zone = 'three') AS three, MIN(zone_method) AS zone_method
         FROM nba_raw.shots GROUP BY key`,
        ),
        "key",
      );
      const heaving = [];
      // The plays of 2020 name no area.
      for (const [game_id, zone_method] of [
        ["0022000001", "xy"],
        ["0022500775", "official"],
        ["0022500776", "official"],
      ] as const) {
        const { homeTeam, awayTeam } = await boxScore(game_id);
        const actions = await plays(game_id);
        for (const { teamTricode, statistics: line } of [homeTeam, awayTeam]) {
          if (line.teamFieldGoalAttempts! > 0) heaving.push({ team: teamTricode });
          expect(told.get(game_id + teamTricode), `${game_id} ${teamTricode}`).toMatchObject({
            assists: line.assists,
            blocked: line.blocksReceived,
            // The box score counts a shot or two by another line than the area of the play.
            paint:
              zone_method === "xy"
                ? line.pointsInThePaintAttempted
                : paint(actions.filter((action) => action.teamTricode === teamTricode)).paint_fga,
            three: actions.filter((action) => action.teamTricode === teamTricode && isThree(action)).length,
            zone_method,
          });
        }
      }
      expect(heaving.length).toBeGreaterThan(0);
      expect(
        await warehouse.read("SELECT team FROM nba_raw.team_boxscores WHERE team_fga = 1 ORDER BY team"),
      ).toEqual(heaving.sort((a, b) => a.team.localeCompare(b.team)));
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

interface Team {
  readonly teamTricode: string;
  readonly statistics: Readonly<Record<string, number>>;
  readonly players: readonly Player[];
}

interface Player {
  readonly personId: number;
  readonly name: string;
  readonly status: string;
  readonly played: string;
  readonly notPlayingReason?: string;
  readonly statistics: Readonly<Record<string, number>> & { readonly minutes: string };
}

interface Action {
  readonly actionType: string;
  readonly teamTricode?: string;
  readonly personId?: number;
  readonly shotResult?: string;
  readonly area?: string;
  readonly assistPersonId?: number;
}

async function boxScore(game_id: string): Promise<{ homeTeam: Team; awayTeam: Team }> {
  const answer = (await savedFeed(samples).boxScore(game_id)) as { json: { game: never } };
  return answer.json.game;
}

async function plays(game_id: string): Promise<readonly Action[]> {
  const answer = (await savedFeed(samples).playByPlay(game_id)) as { json: { game: { actions: Action[] } } };
  return answer.json.game.actions;
}

function isThree({ actionType }: Action): boolean {
  return actionType === "3pt";
}

function isMade({ shotResult }: Action): boolean {
  return shotResult === "Made";
}

function isPaint({ actionType, area }: Action): boolean {
  return actionType === "2pt" && (area === "Restricted Area" || area === "In The Paint (Non-RA)");
}

function paint(actions: readonly Action[]): { paint_fga: number; paint_fgm: number } {
  const shots = actions.filter(isPaint);
  return { paint_fga: shots.length, paint_fgm: shots.filter(isMade).length };
}

function midRange(actions: readonly Action[]): { mid_range_fga: number; mid_range_fgm: number } {
  const shots = actions.filter((action) => action.actionType === "2pt" && !isPaint(action));
  return { mid_range_fga: shots.length, mid_range_fgm: shots.filter(isMade).length };
}

/** Of `PT32M26.00S`. */
function seconds(minutes: string): number {
  const [, whole, rest] = /^PT(\d+)M([\d.]+)S$/.exec(minutes)!;
  return Math.round(Number(whole) * 60 + Number(rest));
}

function byKey(rows: readonly Row[], key: string): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [String(row[key]), row]));
}

/** Free throws made by game and team, counted in the play-by-play itself. */
async function freeThrows(): Promise<{ game_id: string; team: string; made: number }[]> {
  const counts = [];
  for (const game_id of savedFeed(samples).games!) {
    const made = (await plays(game_id)).filter(
      (action) => action.actionType === "freethrow" && isMade(action),
    );
    for (const team of new Set(made.map(({ teamTricode }) => String(teamTricode)))) {
      counts.push({ game_id, team, made: made.filter((action) => action.teamTricode === team).length });
    }
  }
  return counts;
}
