import { beforeAll, expect, test } from "vitest";
import type { GameDate } from "../../../src/dates.ts";
import { playerGameSummary } from "../../../src/processors/analytics/player_game_summary/processor.ts";
import { teamDefenseGameSummary } from "../../../src/processors/analytics/team_defense_game_summary/processor.ts";
import { teamOffenseGameSummary } from "../../../src/processors/analytics/team_offense_game_summary/processor.ts";
import type { Row } from "../../../src/warehouse/warehouse.ts";
import { Fixture } from "../../fixture.ts";
import { COUNTED_GAME, GAME } from "./counted-game.ts";
import { feedOf } from "./feed-of.ts";
import { ingestNbaCdn } from "./ingest-nba-cdn.ts";

let players: Map<string, Row>;
let offense: Map<string, Row>;
let defense: Map<string, Row>;

beforeAll(async () => {
  await using fixture = await Fixture.open();
  const selection = { today: "2026-01-21" as GameDate };
  const effects = { now: new Date("2026-01-21T12:00:00Z") };
  const summary = await ingestNbaCdn(fixture.warehouse, feedOf(COUNTED_GAME), selection, effects);
  expect(summary).toMatchObject({ failedDocuments: 0, skippedFiles: [] });
  const by = (key: string, rows: readonly Row[]) => new Map(rows.map((row) => [String(row[key]), row]));
  players = by("player_id", await fixture.compute(playerGameSummary, GAME.date));
  offense = by("team", await fixture.compute(teamOffenseGameSummary, GAME.date));
  defense = by("team", await fixture.compute(teamDefenseGameSummary, GAME.date));
});

// Of each player: points, assists, blocks; then made and attempted in the paint, from mid-range and from three; then
// his field goals that somebody assisted and those that nobody did.
const columns = ["pts", "ast", "blk", ...zones("fgm", "fga"), "assisted_fgm", "unassisted_fgm"];

test.each<[string, number[]]>([
  // Two of three in the paint, the first from 102; two free throws: 2 x 2 + 2.
  ["101", [6, 1, 0, 2, 3, 0, 0, 0, 0, 1, 1]],
  // One of two from mid-range, from 101, and one three of one, from 103: 2 + 3.
  ["102", [5, 2, 0, 0, 0, 1, 2, 1, 1, 2, 0]],
  // One three of two, from 102.
  ["103", [3, 1, 0, 0, 0, 0, 0, 1, 2, 1, 0]],
  // Blocked twice, once in the paint and once at a three; he blocked 202 and 203.
  ["104", [0, 0, 2, 0, 1, 0, 0, 0, 1, 0, 0]],
  // A miss from his own half is a three; one free throw of two.
  ["105", [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]],
  // Thirty seconds without a shot: zeros, not unknown.
  ["106", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  // Two of two at the rim, one of them from 203.
  ["201", [4, 1, 2, 2, 2, 0, 0, 0, 0, 1, 1]],
  // A mid-range shot that 104 blocked, and a three from 201.
  ["202", [3, 1, 1, 0, 0, 0, 1, 1, 1, 1, 0]],
  // A shot in the paint that 104 blocked, a three from 202 and a free throw.
  ["203", [4, 2, 0, 0, 1, 0, 0, 1, 1, 1, 0]],
  // A mid-range shot of his own and one in the paint from 203; no free throw of two.
  ["204", [4, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1]],
  // One at the rim alone, a three missed.
  ["205", [2, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1]],
])("player %s", (player, counted) => {
  expect(columns.map((name) => players.get(player)![name])).toEqual(counted);
  expect(players.get(player)).toMatchObject({
    played: true,
    zone_method: "official",
    lists_nonplayers: true,
  });
});

test("who did not play is listed with the reason and without figures", () => {
  const nothing = { played: false, seconds: 0, pts: null, ast: null, blk: null, paint_fga: null };
  expect(players.get("107")).toMatchObject({ ...nothing, status: "dnp", dnp_reason: "DNP_COACH" });
  expect(players.get("108")).toMatchObject({
    ...nothing,
    status: "inactive",
    dnp_reason: "INACTIVE_INJURY: Right Knee; Soreness",
  });
  // 47:30 and 0:30 beside four of 48:00.
  expect(["101", "106"].map((id) => players.get(id)!.seconds)).toEqual([2850, 30]);
  expect(players.size).toBe(13);
});

test("the teams' attack", () => {
  // 101, 104: 3 and 1 in the paint, 2 made; 102: 1 of 2 from mid-range; 102, 103, 104, 105: 1 + 2 + 1 + 1 threes, 2 made.
  expect(pick(offense.get("BOS")!, [...zones("fgm", "fga"), "fgm", "fga", "points_in_paint"])).toEqual([
    2, 4, 1, 2, 2, 5, 5, 11, 4,
  ]);
  // 201, 203, 204, 205: 2 of 2, 0 of 1, 1 of 1, 1 of 1; 202 and 204: 1 of 2; 202, 203, 205: 2 of 3.
  expect(pick(offense.get("LAL")!, [...zones("fgm", "fga"), "fgm", "fga", "points_in_paint"])).toEqual([
    4, 5, 1, 2, 2, 3, 7, 10, 8,
  ]);
  // The players' 2 turnovers and the team's 1.
  expect(offense.get("BOS")).toMatchObject({
    pts: 15,
    opponent_pts: 17,
    ast: 4,
    tov: 3,
    oreb: 2,
    win: false,
  });
  expect(offense.get("LAL")).toMatchObject({ pts: 17, opponent_pts: 15, ast: 4, tov: 1, dreb: 4, win: true });
  // P(BOS) counts the heave: FGA 12, FTA 4, OREB 2 of 2 + LAL's dreb 4, FGA - FGM 7, TOV 3:
  // 12 + 1.6 - 1.07 * (2 / 6) * 7 + 3 = 14.103333; P(LAL): 10 + 0.4 * 3 - 1.07 * (1 / 4) * 3 + 1 = 11.3975; mean 12.750417.
  expect(offense.get("BOS")!.possessions_e4).toBe(127504);
});

test("the teams' defence: blocks by zone", () => {
  const names = ["blocks", "paint_blocks", "mid_range_blocks", "three_blocks"];
  // 201 twice in the paint, 202 at a three; 104 once from mid-range and once in the paint.
  expect(pick(defense.get("LAL")!, names)).toEqual([3, 2, 0, 1]);
  expect(pick(defense.get("BOS")!, names)).toEqual([2, 1, 1, 0]);
});

function zones(made: string, attempted: string): string[] {
  return ["paint", "mid_range", "three"].flatMap((zone) => [`${zone}_${made}`, `${zone}_${attempted}`]);
}

function pick(row: Row, names: readonly string[]): unknown[] {
  return names.map((name) => row[name]);
}
