import {
  boxScoreDocument,
  playByPlayDocument,
  type ScheduledGame,
  scheduleDocument,
  shot,
} from "./miniature.ts";

export interface PlainGame extends ScheduledGame {
  /** Points by period; a single period of the scheduled score where it is left out. */
  readonly periods?: { readonly home: readonly number[]; readonly away: readonly number[] };
}

/** A schedule of these games and the box score and play-by-play of each that is over. */
export function documentsOf(season: string, games: readonly PlainGame[]): Record<string, unknown> {
  const documents: Record<string, unknown> = { "scheduleLeagueV2.json": scheduleDocument(season, games) };
  for (const game of games.filter(({ status }) => status === undefined)) {
    Object.assign(documents, documentsOfGame(game));
  }
  return documents;
}

/** Of each team five players for the whole game; the first makes a lay-up, and all other points from the line. */
export function documentsOfGame(game: PlainGame): Record<string, unknown> {
  const { id, home, away, periods } = game;
  const team = (tricode: string, points: readonly number[], first: number) => ({
    tricode,
    periods: points,
    players: [0, 1, 2, 3, 4].map((index) => {
      const time = `${48 + 5 * (points.length - 4)}:00`;
      const free = points.reduce((sum, number) => sum + number, 0) - 2;
      return index === 0
        ? { id: first, time, starter: true, fg: [1, 1], ft: [free, free] as [number, number] }
        : { id: first + index, time, starter: true };
    }),
  });
  return {
    [`boxscore_${id}.json`]: boxScoreDocument(
      game,
      team(home.tricode!, periods?.home ?? [home.score!, 0, 0, 0], 301) as never,
      team(away.tricode!, periods?.away ?? [away.score!, 0, 0, 0], 401) as never,
    ),
    [`playbyplay_${id}.json`]: playByPlayDocument(id, [
      shot(home.tricode!, 301, "Restricted Area", true),
      shot(away.tricode!, 401, "Restricted Area", true),
    ]),
  };
}
