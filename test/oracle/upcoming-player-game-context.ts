import type { GameDate } from "../../src/dates.ts";
import { lowerMiddle, minus, plus, ratio, rounded, sum, tierOf } from "./arithmetic.ts";
import { type LeagueEstimates, teamEstimates } from "./estimates.ts";
import { finalsBefore, type History, listingsIn, playedGames, seasonOn, summariesOf } from "./history.ts";
import { injuryReport, isOut } from "./injuries.ts";
import { consensusOf, noVig } from "./lines.ts";
import { dnpRate, form, isStar, load, versus } from "./player-form.ts";
import type { PlayerGame } from "./player-game-summary.ts";
import { type Player, type Raw, rowsOf, type ScheduledGame } from "./raw.ts";
import { rosterOn } from "./roster.ts";
import { fixturesOn } from "./visible.ts";

export type PlayerContext = ReturnType<typeof playerContext>;

interface Setting {
  readonly visible: Raw;
  readonly history: History;
  readonly fixture: ScheduledGame;
  readonly team: string;
  readonly opponent: string;
  readonly roster: ReadonlyMap<string, string>;
  readonly estimates: LeagueEstimates;
}

/** A row per rostered player and fixture of D. */
export function upcomingPlayerGameContext(visible: Raw, history: History, date: GameDate): PlayerContext[] {
  if (seasonOn(visible, date) === undefined) return [];
  const roster = rosterOn(visible, history, date);
  const estimates = teamEstimates(visible, history, date);
  const rows: PlayerContext[] = [];
  for (const fixture of fixturesOn(visible, date)) {
    for (const team of [fixture.home_team, fixture.away_team]) {
      const opponent = team === fixture.home_team ? fixture.away_team : fixture.home_team;
      const setting = { visible, history, fixture, team, opponent, roster, estimates };
      for (const [playerId, theirs] of roster) {
        if (theirs === team) rows.push(rounded(playerContext(setting, playerId)));
      }
    }
  }
  return rows;
}

function playerContext(setting: Setting, playerId: string) {
  const { visible, history, fixture, team, opponent } = setting;
  const { game_date: date, season_year: season } = fixture;
  const games = playedGames(history, playerId, season);
  const finals = finalsBefore(visible, team, season);
  const holes = finals.filter((game) => listingsIn(history, game.game_id, team).length === 0);
  const oldest = games[0]?.game_date;
  // Before his first game the window is the season so far: a hole may be why there is none.
  const expected = finals.filter((game) => oldest === undefined || game.game_date >= oldest);
  const person = rowsOf(visible.players, "player_id", playerId)[0];
  return {
    game_id: fixture.game_id,
    game_date: date,
    season_year: season,
    season_type: fixture.season_type,
    team,
    opponent,
    player_id: playerId,
    player_name: nameOf(history, playerId, season, person),
    ...load(games, finals, holes, team, date),
    ...form(games),
    dnp_rate_last_10: dnpRate(visible, history, playerId, team, season),
    age_years: ageOn(date, person?.birth_date ?? null),
    ...versus(history, playerId, opponent, date),
    ...against(setting),
    ...injury(setting, playerId),
    ...market(visible, fixture, playerId, games),
    window_games_expected: expected.length,
    window_games_found: expected.filter((game) => !holes.includes(game)).length,
    early_season: games.length < 5,
    data_quality_tier: tierOf(games.length),
  };
}

/** The players table's name, else that of the newest listing, of this season or the last, that has one. */
function nameOf(
  history: History,
  playerId: string,
  season: number,
  person: Player | undefined,
): string | null {
  const named = rowsOf(history.players, "player_id", playerId).filter(
    (row) => row.player_name !== null && row.season_year >= season - 1,
  );
  return person?.player_name ?? named.at(-1)?.player_name ?? null;
}

/** Whole years completed on D. */
function ageOn(date: GameDate, birth: GameDate | null): number | null {
  if (birth === null) return null;
  const years = Number(date.slice(0, 4)) - Number(birth.slice(0, 4));
  return date.slice(5) >= birth.slice(5) ? years : years - 1;
}

/** What he meets: the opponent's defence, and the pace the two teams should make. */
function against({ visible, history, fixture, team, opponent, estimates }: Setting) {
  const theirs = estimates.of(opponent);
  const window = finalsBefore(visible, opponent, fixture.season_year).slice(-10);
  const { defense } = summariesOf(history, opponent, window);
  const expectedPace = minus(plus(estimates.of(team).pace, theirs.pace), estimates.leaguePace);
  return {
    opponent_defensive_rating_estimate: theirs.defensive,
    opponent_pace_estimate: theirs.pace,
    opponent_ft_rate_allowed_last_10: ratio(
      sum(defense, (row) => row.opponent_fta),
      sum(defense, (row) => row.opponent_fga),
    ),
    expected_pace: expectedPace,
    pace_differential: minus(expectedPace, estimates.leaguePace),
  };
}

const RISK: Readonly<Record<string, number>> = {
  available: 0,
  probable: 1,
  questionable: 2,
  doubtful: 3,
  out: 3,
};

function injury({ visible, history, fixture, team, roster }: Setting, playerId: string) {
  const report = injuryReport(visible, fixture, team);
  if (!report.known) return { injury_status: null, injury_risk: null, star_teammates_out: null };
  const status = report.players.get(playerId)?.status ?? "available";
  let stars = 0;
  for (const [other, row] of report.players) {
    if (other === playerId || roster.get(other) !== team || !isOut(row)) continue;
    if (isStar(visible, history, other, team, fixture.season_year)) stars += 1;
  }
  return { injury_status: status, injury_risk: RISK[status] ?? null, star_teammates_out: stars };
}

function market(visible: Raw, fixture: ScheduledGame, playerId: string, games: readonly PlayerGame[]) {
  const props = rowsOf(visible.player_props, "game_id", fixture.game_id)
    .filter((prop) => prop.player_id === playerId && prop.market === "points")
    .sort((a, b) => Date.parse(a.snapshot_at!) - Date.parse(b.snapshot_at!));
  const { value, opening, movement, books } = consensusOf(
    props.map((prop) => ({ bookmaker: prop.bookmaker, at: Date.parse(prop.snapshot_at!), value: prop.line })),
  );
  const newest = new Map(props.map((prop) => [prop.bookmaker, prop]));
  const overs: number[] = [];
  for (const { line, over_price, under_price } of newest.values()) {
    if (line === value && over_price !== null && under_price !== null)
      overs.push(noVig(over_price, under_price));
  }
  return {
    points_line: value,
    points_line_opening: opening,
    points_line_movement: movement,
    points_line_books: books,
    points_line_over_probability: lowerMiddle(overs),
    points_line_streak: value === null ? null : streakAgainst(value, games),
  };
}

/** Newest consecutive lined games on one side of the current line. */
function streakAgainst(line: number, games: readonly PlayerGame[]): number | null {
  const sides = games
    .filter((game) => game.points_line !== null)
    .map((game) => Math.sign(game.pts! - line))
    .reverse();
  const side = sides[0];
  if (side === undefined) return null;
  const end = sides.findIndex((other) => other !== side);
  return side * (end === -1 ? sides.length : end) || 0;
}
