import type { GameDate } from "../../dates.ts";
import type { Row } from "../../warehouse/warehouse.ts";
import { type KnownGame, ownRowOf } from "./known-games.ts";
import { isOff, isOfficial } from "./schedule.ts";

export interface Selection {
  readonly startDate?: GameDate | undefined;
  readonly endDate?: GameDate | undefined;
  /** Also games that the warehouse has whole. */
  readonly all?: boolean | undefined;
  /** Later games are not asked for. */
  readonly today: GameDate;
}

/**
 * The ids of the official games up to today in the range, by date: those of the feed's schedule and the warehouse's that
 * are not called off, or, where the feed can say which it has, those.
 */
export function selectGames(
  offered: readonly string[] | undefined,
  known: ReadonlyMap<string, KnownGame>,
  scheduled: ReadonlyMap<string, Row>,
  { startDate, endDate, all, today }: Selection,
): string[] {
  const games = new Map<string, { date?: string; off?: boolean }>(offered?.map((id) => [id, {}]));
  for (const { game_id, game_date, status } of [...known.values(), ...scheduled.values()]) {
    if (offered && !games.has(String(game_id))) continue;
    games.set(String(game_id), { date: String(game_date), off: !offered && isOff(String(status)) });
  }
  return [...games]
    .filter(([gameId, { off }]) => isOfficial(gameId) && !off && (all || !known.get(gameId)?.whole))
    .filter(
      ([, { date = today }]) => date <= (endDate ?? today) && date <= today && date >= (startDate ?? ""),
    )
    .sort(([, { date: a = "" }], [, { date: b = "" }]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([gameId]) => gameId);
}

/**
 * Games that the warehouse expects and the feed's schedule of their season has no more, as cancelled: those of a series
 * that is over are not played.
 */
export function withdrawnGames(
  known: Iterable<KnownGame>,
  scheduled: ReadonlyMap<string, Row>,
  seasons: ReadonlySet<number>,
  source: string,
): Row[] {
  return [...known]
    .filter((game) => game.status === "scheduled" && game.source === source)
    .filter((game) => seasons.has(game.season_year) && !scheduled.has(game.game_id))
    .map((game) => ({ ...ownRowOf(game), status: "cancelled" }));
}
