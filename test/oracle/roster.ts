import { addDays, type GameDate } from "../../src/dates.ts";
import { mean } from "./arithmetic.ts";
import { finalsBefore, type History, listingsIn, seasonOn } from "./history.ts";
import type { PlayerGame } from "./player-game-summary.ts";
import { type Raw, rowsOf } from "./raw.ts";

/** The team each player belongs to on D: snapshot before injury or prop row before latest listing. */
export function rosterOn(visible: Raw, history: History, date: GameDate): Map<string, string> {
  const roster = new Map<string, string>();
  const latest = latestListings(history);
  for (const [playerId, listing] of latest) {
    if (staysByListing(visible, history, date, listing)) roster.set(playerId, listing.team);
  }
  for (const [playerId, team] of namedFor(visible, latest, date)) roster.set(playerId, team);
  for (const [playerId, team] of onSnapshot(visible, latest, date)) roster.set(playerId, team);
  return roster;
}

function latestListings(history: History): Map<string, PlayerGame> {
  const latest = new Map<string, PlayerGame>();
  for (const row of history.players) latest.set(row.player_id, row);
  return latest;
}

/** The rule on box scores alone: a recent listing, or a place in the rotation. */
function staysByListing(visible: Raw, history: History, date: GameDate, listing: PlayerGame): boolean {
  const season = seasonOn(visible, date)!;
  const { team, player_id } = listing;
  const boxed = (year: number) =>
    finalsBefore(visible, team, year).filter((game) => listingsIn(history, game.game_id, team).length > 0);
  const within10 = (year: number) =>
    boxed(year)
      .slice(-10)
      .some((game) => game.game_id === listing.game_id);
  const meanSeconds = (year: number) =>
    mean(
      rowsOf(history.players, "player_id", player_id).filter((row) => row.season_year === year && row.played),
      (row) => row.seconds,
    ) ?? 0;
  if (listing.season_year === season) return within10(season) || meanSeconds(season) >= 15 * 60;
  if (listing.season_year !== season - 1) return false;
  return boxed(season).length < 5 && (within10(season - 1) || meanSeconds(season - 1) >= 12 * 60);
}

interface Naming {
  readonly playerId: string;
  readonly team: string;
  readonly at: number;
}

/** The team that the latest injury or prop row of D names for each player. */
function namedFor(
  visible: Raw,
  latest: ReadonlyMap<string, PlayerGame>,
  date: GameDate,
): Map<string, string> {
  const injuries: Naming[] = rowsOf(visible.injury_reports, "game_date", date)
    .filter((row) => row.status !== "not_submitted")
    .map((row) => ({ playerId: row.player_id, team: row.team, at: Date.parse(row.reported_at) }));
  const props: Naming[] = [];
  for (const prop of rowsOf(visible.player_props, "game_date", date)) {
    const game = rowsOf(visible.schedule, "game_id", prop.game_id)[0];
    const listed = latest.get(prop.player_id)?.team;
    const inGame = listed !== undefined && (listed === game?.home_team || listed === game?.away_team);
    const team = prop.team ?? (inGame ? listed : undefined);
    if (team !== undefined) props.push({ playerId: prop.player_id, team, at: Date.parse(prop.snapshot_at!) });
  }
  // Of two at one instant the injury row, then the first team in the alphabet.
  const byTeam = (a: Naming, b: Naming) => (a.team < b.team ? -1 : 1);
  const newest = new Map<string, Naming>();
  for (const naming of [...injuries.sort(byTeam), ...props.sort(byTeam)]) {
    const held = newest.get(naming.playerId);
    if (!held || naming.at > held.at) newest.set(naming.playerId, naming);
  }
  return new Map([...newest].map(([playerId, { team }]) => [playerId, team]));
}

/** The team on whose latest snapshot a player is, if that is at most 10 days old and newer than his listing. */
function onSnapshot(
  visible: Raw,
  latest: ReadonlyMap<string, PlayerGame>,
  date: GameDate,
): Map<string, string> {
  const newest = new Map<string, number>();
  for (const row of visible.rosters) {
    const at = Date.parse(row.as_of_at);
    if (at > (newest.get(row.team) ?? Number.NEGATIVE_INFINITY)) newest.set(row.team, at);
  }
  const found = new Map<string, { at: number; team: string }>();
  for (const row of visible.rosters) {
    const at = Date.parse(row.as_of_at);
    const listing = latest.get(row.player_id);
    if (at !== newest.get(row.team) || row.as_of_date < addDays(date, -10)) continue;
    if (listing && row.as_of_date <= listing.game_date) continue;
    const held = found.get(row.player_id);
    if (!held || at > held.at || (at === held.at && row.team < held.team)) {
      found.set(row.player_id, { at, team: row.team });
    }
  }
  return new Map([...found].map(([playerId, { team }]) => [playerId, team]));
}
