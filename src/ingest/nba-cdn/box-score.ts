import type { Row } from "../../warehouse/warehouse.ts";
import type { BoxScore, BoxTeam, Counts } from "./documents.ts";
import { secondsOf } from "./duration.ts";

const regulationPeriods = 4;

/** Rows of nba_raw.player_boxscores: everybody listed, those who did not play with the reason. */
export function playerRows(box: BoxScore): Row[] {
  return [box.homeTeam, box.awayTeam].flatMap((team) =>
    team.players.map((player) => ({
      ...gameOf(box),
      player_id: String(player.personId),
      player_name: player.name,
      team: team.teamTricode,
      starter: player.starter === "1",
      status: player.status === "INACTIVE" ? "inactive" : player.played === "1" ? "active" : "dnp",
      dnp_reason:
        player.played === "1"
          ? null
          : [player.notPlayingReason, player.notPlayingDescription].filter(Boolean).join(": ") || null,
      lists_nonplayers: true,
      seconds: Math.round(secondsOf(player.statistics.minutes)),
      ...countsOf(player.statistics),
      tov: player.statistics.turnovers,
      plus_minus: Math.round(player.statistics.plusMinusPoints),
      source: "nba-cdn",
    })),
  );
}

/** Rows of nba_raw.team_boxscores. */
export function teamRows(box: BoxScore): Row[] {
  return [box.homeTeam, box.awayTeam].map((team) => ({
    ...gameOf(box),
    team: team.teamTricode,
    minutes: Math.round(secondsOf(team.statistics.minutes) / 60),
    ...overtimeOf(team),
    ...countsOf(team.statistics),
    tov: team.statistics.turnoversTotal,
    team_fga: team.statistics.teamFieldGoalAttempts ?? null,
    source: "nba-cdn",
  }));
}

function gameOf({ gameId, gameEt }: BoxScore): Row {
  return { game_id: gameId, game_date: gameEt.slice(0, 10) };
}

function overtimeOf({ periods }: BoxTeam): Row {
  const overtime = periods.filter(({ period }) => period > regulationPeriods);
  return {
    overtime_points: overtime.reduce((sum, { score }) => sum + score, 0),
    overtime_periods: overtime.length,
  };
}

function countsOf(line: Counts): Row {
  return {
    fgm: line.fieldGoalsMade,
    fga: line.fieldGoalsAttempted,
    fg3m: line.threePointersMade,
    fg3a: line.threePointersAttempted,
    ftm: line.freeThrowsMade,
    fta: line.freeThrowsAttempted,
    oreb: line.reboundsOffensive,
    dreb: line.reboundsDefensive,
    ast: line.assists,
    stl: line.steals,
    blk: line.blocks,
    pf: line.foulsPersonal,
    pts: line.points,
  };
}
