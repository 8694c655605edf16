import { boxScoreDocument, playByPlayDocument, scheduleDocument, shot } from "./miniature.ts";

// BOS 15, LAL 17: every figure of this game is counted by hand, here and in counted-game.test.ts.

export const GAME = { id: "0022500901", date: "2026-01-20", arena: "TD Garden" };

const rim = "Restricted Area";
const paint = "In The Paint (Non-RA)";
const mid = "Mid-Range";
const corner = "Left Corner 3";
const otherCorner = "Right Corner 3";
const top = "Above the Break 3";

const freeThrow = (team: string, player: number, shotResult: "Made" | "Missed") => ({
  actionType: "freethrow",
  teamTricode: team,
  personId: player,
  shotResult,
});

const plays = [
  { actionType: "period", subType: "start" },
  // BOS: 11 shots, 5 made.
  shot("BOS", 101, rim, true, { assist: 102 }), // 2
  shot("BOS", 101, rim, false, { block: 201 }),
  { actionType: "block", teamTricode: "LAL", personId: 201, area: rim },
  shot("BOS", 101, paint, true), // 4
  shot("BOS", 102, mid, true, { assist: 101 }), // 6
  shot("BOS", 102, mid, false),
  shot("BOS", 102, corner, true, { assist: 103 }), // 9
  shot("BOS", 103, otherCorner, false),
  shot("BOS", 103, top, true, { assist: 102 }), // 12
  shot("BOS", 104, top, false, { block: 202 }),
  { actionType: "block", teamTricode: "LAL", personId: 202, area: top },
  shot("BOS", 104, paint, false, { block: 201 }),
  { actionType: "block", teamTricode: "LAL", personId: 201, area: paint },
  shot("BOS", 105, "Backcourt", false),
  freeThrow("BOS", 101, "Made"), // 13
  freeThrow("BOS", 101, "Made"), // 14
  freeThrow("BOS", 105, "Made"), // 15
  freeThrow("BOS", 105, "Missed"),
  // A heave at the end of a quarter is the team's and nobody's.
  { actionType: "heave", teamTricode: "BOS", area: top, shotDistance: 55.1 },
  // LAL: 10 shots, 7 made.
  shot("LAL", 201, rim, true, { assist: 203 }), // 2
  shot("LAL", 201, rim, true), // 4
  shot("LAL", 202, mid, false, { block: 104 }),
  { actionType: "block", teamTricode: "BOS", personId: 104, area: mid },
  shot("LAL", 202, top, true, { assist: 201 }), // 7
  shot("LAL", 203, paint, false, { block: 104 }),
  { actionType: "block", teamTricode: "BOS", personId: 104, area: paint },
  shot("LAL", 203, otherCorner, true, { assist: 202 }), // 10
  shot("LAL", 204, mid, true), // 12
  shot("LAL", 204, paint, true, { assist: 203 }), // 14
  shot("LAL", 205, rim, true), // 16
  shot("LAL", 205, corner, false),
  freeThrow("LAL", 203, "Made"), // 17
  freeThrow("LAL", 204, "Missed"),
  freeThrow("LAL", 204, "Missed"),
  { actionType: "period", subType: "end" },
];

export const COUNTED_GAME: Readonly<Record<string, unknown>> = {
  "scheduleLeagueV2.json": scheduleDocument("2025-26", [
    { ...GAME, home: { tricode: "BOS", score: 15 }, away: { tricode: "LAL", score: 17 } },
  ]),
  [`boxscore_${GAME.id}.json`]: boxScoreDocument(
    GAME,
    {
      tricode: "BOS",
      periods: [4, 5, 3, 3],
      teamTurnovers: 1,
      teamAttempts: 1,
      players: [
        { id: 101, time: "47:30", starter: true, fg: [2, 3], ft: [2, 2], ast: 1, plusMinus: -2 },
        { id: 102, time: "48:00", starter: true, fg: [2, 3], threes: [1, 1], ast: 2, tov: 2, plusMinus: -2 },
        { id: 103, time: "48:00", starter: true, fg: [1, 2], threes: [1, 2], ast: 1, plusMinus: -2 },
        { id: 104, time: "48:00", starter: true, fg: [0, 2], threes: [0, 1], blk: 2, reb: [0, 3] },
        { id: 105, time: "48:00", starter: true, fg: [0, 1], threes: [0, 1], ft: [1, 2], reb: [2, 0] },
        { id: 106, time: "0:30" },
        { id: 107, notPlaying: ["DNP_COACH"] },
        { id: 108, inactive: true, notPlaying: ["INACTIVE_INJURY", "Right Knee; Soreness"] },
      ],
    },
    {
      tricode: "LAL",
      periods: [7, 3, 4, 3],
      players: [
        { id: 201, time: "48:00", starter: true, fg: [2, 2], ast: 1, blk: 2, reb: [1, 1], plusMinus: 2 },
        { id: 202, time: "48:00", starter: true, fg: [1, 2], threes: [1, 1], ast: 1, blk: 1, plusMinus: 2 },
        { id: 203, time: "48:00", starter: true, fg: [1, 2], threes: [1, 1], ft: [1, 1], ast: 2, tov: 1 },
        { id: 204, time: "48:00", starter: true, fg: [2, 2], ft: [0, 2], reb: [0, 3] },
        { id: 205, time: "48:00", starter: true, fg: [1, 2], threes: [0, 1] },
      ],
    },
  ),
  [`playbyplay_${GAME.id}.json`]: playByPlayDocument(GAME.id, plays),
};
