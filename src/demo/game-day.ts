import { dayNumber, type GameDate } from "../dates.ts";
import { type Absence, type DayStatus, dressed, teamDay } from "./availability.ts";
import { drawGaps, type Gaps, writePlayers, writeShots, writeTeam } from "./box-scores.ts";
import type { Fixture } from "./fixtures.ts";
import { type GameResult, playGame } from "./game.ts";
import { writeGameLines } from "./game-lines.ts";
import { writeInjuryReports } from "./injury-reports.ts";
import { type PointsView, writePlayerProps } from "./player-props.ts";
import type { Player } from "./players.ts";
import { Random } from "./random.ts";
import type { Lineup, Side } from "./side.ts";
import { type Expectation, expectation, expectedPoints } from "./strength.ts";
import type { Style } from "./style.ts";
import type { TableFiles } from "./table-files.ts";

/** Shooting at home and away, and on the second day of two. */
const HOME_EDGE = 0.0065;
const TIRED_EDGE = -0.008;
/** So many of a team's scorers have points lines. */
const LINED_PLAYERS = 7;

/** A team in the course of a season. */
export interface TeamState {
  readonly code: string;
  readonly style: Style;
  roster: readonly Player[];
  readonly twoWay: ReadonlySet<Player>;
  lastGame: GameDate | undefined;
}

/** A team on the day of a game: as it will play, and as the evening before lets expect it. */
interface Visit {
  readonly state: TeamState;
  readonly statuses: readonly DayStatus[];
  readonly lineup: Lineup;
  readonly earlyLineup: Lineup;
  readonly playedYesterday: boolean;
}

export interface GameDay {
  readonly fixture: Fixture;
  readonly home: TeamState;
  readonly away: TeamState;
  /** Who must win, where the length of a series is settled. */
  readonly winner: string | undefined;
  /** No injury report came out for this date at all. */
  readonly unreported: boolean;
}

export interface Demo {
  readonly seed: number;
  readonly filesOf: (date: GameDate) => TableFiles;
  readonly absences: (player: Player) => readonly Absence[];
}

/** Plays a game and writes all its rows but the schedule's. */
export function playGameDay(day: GameDay, demo: Demo): GameResult {
  const { fixture } = day;
  const random = new Random(demo.seed, "day", fixture.gameId);
  const home = visit(day.home, fixture, fixture.neutral ? 0 : HOME_EDGE, demo, random);
  const away = visit(day.away, fixture, fixture.neutral ? 0 : -HOME_EDGE, demo, random);
  const result = playUntilWon(day, home.lineup, away.lineup, demo.seed);
  const exhibition = fixture.seasonType === "preseason";
  const files = demo.filesOf(fixture.date);
  const gaps = drawGaps(random);
  writeBoxScores(files, fixture, result, [home, away], gaps);
  if (!exhibition) writeShots(files, fixture, result, gaps, random);
  if (!exhibition) {
    writeMarkets(files, fixture, home, away, result, random);
    if (!day.unreported) {
      for (const { state, statuses, playedYesterday } of [home, away]) {
        writeInjuryReports(files, fixture, state.code, statuses, playedYesterday, random);
      }
    }
  }
  day.home.lastGame = fixture.date;
  day.away.lastGame = fixture.date;
  return result;
}

function visit(state: TeamState, { date }: Fixture, homeEdge: number, demo: Demo, random: Random): Visit {
  const today = dayNumber(date);
  const playedYesterday = state.lastGame !== undefined && today - dayNumber(state.lastGame) === 1;
  const statuses = teamDay(state.roster, demo.absences, state.twoWay, date, playedYesterday, random);
  // What happens on the day itself nobody knows on the evening before.
  const early = statuses.map(({ player, absence }) => ({
    player,
    absence: absence && (absence.first < today || absence.category === "g_league") ? absence : undefined,
  }));
  const lineup: Lineup = {
    code: state.code,
    style: state.style,
    dressed: dressed(statuses),
    edge: homeEdge + (playedYesterday ? TIRED_EDGE : 0),
  };
  return { state, statuses, lineup, earlyLineup: { ...lineup, dressed: dressed(early) }, playedYesterday };
}

/** Plays until the team wins that must: a series lasts as long as its dates say. */
function playUntilWon({ fixture, winner }: GameDay, home: Lineup, away: Lineup, seed: number): GameResult {
  const kind = {
    seasonYear: fixture.seasonYear,
    postseason: fixture.seasonType === "playoffs" || fixture.seasonType === "play_in",
  };
  for (let attempt = 0; ; attempt++) {
    const result = playGame(home, away, kind, new Random(seed, "game", fixture.gameId, attempt));
    const won = result.home.pts > result.away.pts ? home.code : away.code;
    if (winner === undefined || won === winner) return result;
  }
}

function writeBoxScores(
  files: TableFiles,
  fixture: Fixture,
  result: GameResult,
  visits: readonly Visit[],
  gaps: Gaps,
): void {
  for (const [place, side] of [result.home, result.away].entries()) {
    writePlayers(files, fixture, side, visits[place]!.statuses, gaps);
    writeTeam(files, fixture, result, side, gaps);
  }
}

function writeMarkets(
  files: TableFiles,
  fixture: Fixture,
  home: Visit,
  away: Visit,
  result: GameResult,
  random: Random,
): void {
  const early = expectation(home.earlyLineup, away.earlyLineup, fixture.seasonYear);
  const late = expectation(home.lineup, away.lineup, fixture.seasonYear);
  const final = { margin: result.home.pts - result.away.pts, total: result.home.pts + result.away.pts };
  writeGameLines(files, fixture, { early, late, result: final }, random);
  for (const [visit, side, sign] of [
    [home, result.home, 1],
    [away, result.away, -1],
  ] as const) {
    const leaders = pointsViews(visit, side, teamPoints(early, sign), teamPoints(late, sign));
    writePlayerProps(files, fixture, visit.state.code, leaders, random);
  }
}

function teamPoints({ margin, total }: Expectation, sign: number): number {
  return (total + sign * margin) / 2;
}

function pointsViews(visit: Visit, side: Side, earlyPoints: number, latePoints: number): PointsView[] {
  const early = expectedPoints(visit.earlyLineup, earlyPoints);
  const late = expectedPoints(visit.lineup, latePoints);
  return [...early]
    .sort(([, a], [, b]) => b - a)
    .slice(0, LINED_PLAYERS)
    .map(([player, expected]) => ({
      player,
      early: expected,
      late: late.get(player),
      result: side.lines.find((line) => line.player === player && line.seconds > 0)?.pts,
    }));
}
