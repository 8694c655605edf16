import type { Row } from "../../../src/warehouse/warehouse.ts";

// Documents in the shape of cdn.nba.com with the fields that are read, of players who are numbers.

export interface Team {
  readonly tricode: string | null;
  readonly score?: number;
}

export interface ScheduledGame {
  readonly id: string;
  readonly date: string;
  readonly home: Team;
  readonly away: Team;
  /** `Final`, `Final/OT`, `PPD`, `TBD`, `7:00 pm ET`. */
  readonly text?: string;
  readonly status?: 1 | 2 | 3;
  /** 19:00 in winter where it is left out. */
  readonly tipoff?: string;
  readonly arena?: string;
  readonly neutral?: boolean;
  readonly postponedStatus?: string;
}

/** scheduleLeagueV2.json of a season like `2025-26`. */
export function scheduleDocument(season: string, games: readonly ScheduledGame[]): unknown {
  const dates = [...new Set(games.map(({ date }) => date))].sort();
  return {
    leagueSchedule: {
      seasonYear: season,
      leagueId: "00",
      gameDates: dates.map((date) => ({
        gameDate: `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(0, 4)} 00:00:00`,
        games: games.filter((game) => game.date === date).map(scheduled),
      })),
    },
  };
}

function scheduled(game: ScheduledGame): unknown {
  return {
    gameId: game.id,
    gameStatus: game.status ?? 3,
    gameStatusText: game.text ?? "Final",
    postponedStatus: game.postponedStatus ?? "N",
    gameDateEst: `${game.date}T00:00:00Z`,
    gameDateTimeUTC: game.tipoff ?? `${nextDay(game.date)}T00:00:00Z`,
    arenaName: game.arena ?? "",
    isNeutral: game.neutral ?? false,
    homeTeam: { teamId: 1, teamTricode: game.home.tricode, score: game.home.score ?? 0 },
    awayTeam: { teamId: 2, teamTricode: game.away.tricode, score: game.away.score ?? 0 },
  };
}

/** A player's line; made and attempted in pairs, what is left out is 0. */
export interface Line {
  readonly id: number;
  /** Minutes and seconds, `47:30`. */
  readonly time?: string;
  readonly starter?: boolean;
  readonly inactive?: boolean;
  readonly notPlaying?: readonly [reason: string, description?: string];
  readonly fg?: readonly [number, number];
  readonly threes?: readonly [number, number];
  readonly ft?: readonly [number, number];
  /** Offensive, defensive. */
  readonly reb?: readonly [number, number];
  readonly ast?: number;
  readonly stl?: number;
  readonly blk?: number;
  readonly tov?: number;
  readonly pf?: number;
  readonly plusMinus?: number;
}

export interface BoxTeam {
  readonly tricode: string;
  /** Points by period; overtimes after the fourth. */
  readonly periods: readonly number[];
  readonly players: readonly Line[];
  readonly teamTurnovers?: number;
  readonly teamAttempts?: number;
}

/** boxscore_<id>.json; each team's line is the sum of its players'. */
export function boxScoreDocument(
  game: { readonly id: string; readonly date: string; readonly status?: number; readonly arena?: string },
  home: BoxTeam,
  away: BoxTeam,
): unknown {
  return {
    meta: { version: 1, code: 200 },
    game: {
      gameId: game.id,
      gameStatus: game.status ?? 3,
      gameEt: `${game.date}T19:00:00-05:00`,
      gameTimeUTC: `${nextDay(game.date)}T00:00:00Z`,
      arena: { arenaName: game.arena ?? "" },
      homeTeam: boxTeam(home),
      awayTeam: boxTeam(away),
    },
  };
}

function boxTeam({ tricode, periods, players, teamTurnovers = 0, teamAttempts }: BoxTeam): unknown {
  const lines = players.map(statistics);
  const sums = Object.fromEntries(
    Object.keys(lines[0]!)
      .filter((name) => name !== "minutes")
      .map((name) => [name, lines.reduce((sum, line) => sum + Number(line[name]), 0)]),
  );
  return {
    teamId: 1,
    teamTricode: tricode,
    score: periods.reduce((sum, points) => sum + points, 0),
    periods: periods.map((score, index) => ({ period: index + 1, score })),
    players: players.map((line, index) => ({
      status: line.inactive ? "INACTIVE" : "ACTIVE",
      ...(line.notPlaying ? { notPlayingReason: line.notPlaying[0] } : {}),
      ...(line.notPlaying?.[1] ? { notPlayingDescription: line.notPlaying[1] } : {}),
      personId: line.id,
      name: `Player ${line.id}`,
      starter: line.starter ? "1" : "0",
      played: line.time ? "1" : "0",
      statistics: lines[index],
    })),
    statistics: {
      ...sums,
      minutes: `PT${240 + 25 * (periods.length - 4)}M00.00S`,
      turnoversTotal: Number(sums.turnovers) + teamTurnovers,
      ...(teamAttempts === undefined ? {} : { teamFieldGoalAttempts: teamAttempts }),
    },
  };
}

function statistics(line: Line): Row {
  const [minutes, seconds] = (line.time ?? "0:00").split(":");
  const [fgm, fga] = line.fg ?? [0, 0];
  const [fg3m, fg3a] = line.threes ?? [0, 0];
  const [ftm, fta] = line.ft ?? [0, 0];
  const [oreb, dreb] = line.reb ?? [0, 0];
  return {
    minutes: `PT${minutes!.padStart(2, "0")}M${seconds!}.00S`,
    fieldGoalsMade: fgm,
    fieldGoalsAttempted: fga,
    threePointersMade: fg3m,
    threePointersAttempted: fg3a,
    freeThrowsMade: ftm,
    freeThrowsAttempted: fta,
    reboundsOffensive: oreb,
    reboundsDefensive: dreb,
    assists: line.ast ?? 0,
    steals: line.stl ?? 0,
    blocks: line.blk ?? 0,
    turnovers: line.tov ?? 0,
    foulsPersonal: line.pf ?? 0,
    points: 2 * fgm + fg3m + ftm,
    plusMinusPoints: line.plusMinus ?? 0,
  };
}

/** playbyplay_<id>.json of these actions; an unfinished one lacks the end of the game. */
export function playByPlayDocument(id: string, actions: readonly object[], unfinished = false): unknown {
  const numbered = [...actions, ...(unfinished ? [] : [{ actionType: "game", subType: "end" }])].map(
    (action, index) => ({
      actionNumber: index + 1,
      clock: "PT05M00.00S",
      period: 1,
      isFieldGoal: 0,
      personId: 0,
      ...action,
    }),
  );
  return { meta: { version: 1, code: 200 }, game: { gameId: id, actions: numbered } };
}

/** A field goal as the play-by-play has it. */
export function shot(
  team: string,
  player: number,
  area: string | undefined,
  made: boolean,
  { assist, block, period = 1 }: { assist?: number; block?: number; period?: number } = {},
): object {
  const three = area !== undefined && /3$|Backcourt/.test(area);
  return {
    actionType: three ? "3pt" : "2pt",
    subType: "Jump Shot",
    isFieldGoal: 1,
    period,
    personId: player,
    teamTricode: team,
    shotResult: made ? "Made" : "Missed",
    ...(area === undefined ? {} : { area }),
    shotDistance: 10,
    xLegacy: 0,
    yLegacy: 100,
    ...(assist === undefined ? {} : { assistPersonId: assist }),
    ...(block === undefined ? {} : { blockPersonId: block }),
  };
}

function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
