import type { GameDate } from "../../src/dates.ts";
import { isOfficial, type Raw, rowsOf, type ScheduledGame, type TeamBox } from "./raw.ts";

/** The date's official games that are over, in order of their ids. */
export function finalsOn(raw: Raw, date: GameDate): ScheduledGame[] {
  return rowsOf(raw.schedule, "game_date", date)
    .filter((game) => isOfficial(game) && game.status === "final")
    .sort((a, b) => (a.game_id < b.game_id ? -1 : 1));
}

export interface TeamSide {
  readonly game: ScheduledGame;
  readonly own: TeamBox;
  readonly opponent: TeamBox;
}

/** Both teams' views of each final game of the date that has both team boxes. */
export function teamSidesOn(raw: Raw, date: GameDate): TeamSide[] {
  const sides: TeamSide[] = [];
  for (const game of finalsOn(raw, date)) {
    const boxes = rowsOf(raw.team_boxscores, "game_id", game.game_id);
    const home = scored(boxes, game.home_team, game.home_score);
    const away = scored(boxes, game.away_team, game.away_score);
    if (home && away) sides.push({ game, own: home, opponent: away }, { game, own: away, opponent: home });
  }
  return sides;
}

/** A team's box, with the schedule's final score as its points; see docs/decisions/failed-and-held-back.md. */
function scored(boxes: readonly TeamBox[], team: string, score: number | null): TeamBox | undefined {
  const box = boxes.find((candidate) => candidate.team === team);
  return box && { ...box, pts: score ?? box.pts };
}

/** Half the sum of both teams' estimates: the same number for both. */
export function possessionsOf(own: TeamBox, opponent: TeamBox): number | null {
  const a = estimated(own, opponent);
  const b = estimated(opponent, own);
  return a === null || b === null ? null : 0.5 * (a + b);
}

function estimated(box: TeamBox, opponent: TeamBox): number | null {
  const fga = box.fga + (box.team_fga ?? 0);
  const rebounds = box.oreb + opponent.dreb;
  if (rebounds === 0) return null;
  return fga + 0.4 * box.fta - 1.07 * (box.oreb / rebounds) * (fga - box.fgm) + box.tov;
}

/** Possessions x 10,000 as an integer, so that sums over games are exact. */
export function tenThousandths(possessions: number | null): number | null {
  return possessions === null ? null : Math.floor(possessions * 1e4 + 0.5);
}

export function paceOf(possessions: number | null, minutes: number | null): number | null {
  return possessions === null || minutes === null ? null : (48 * possessions) / (minutes / 5);
}

export function overtimesOf(minutes: number | null): number | null {
  return minutes === null ? null : Math.floor((minutes - 240) / 25);
}
