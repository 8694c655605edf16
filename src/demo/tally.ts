import type { GameResult } from "./game.ts";
import { COUNTS, type Side } from "./side.ts";

/** Sums over the regular season's games: what the league of a season looked like. */
export class SeasonTally {
  readonly seasonYear: number;
  games = 0;
  homeWins = 0;
  homeMargin = 0;
  overtimeGames = 0;
  /** Sums over team-games. */
  readonly sums: Record<(typeof COUNTS)[number], number>;
  possessions = 0;
  /** Game minutes of team-games: 48, and 5 an overtime. */
  minutes = 0;
  readonly zoneAttempts = [0, 0, 0];
  readonly zoneMakes = [0, 0, 0];
  readonly #records = new Map<string, { wins: number; margin: number; games: number }>();
  readonly #players = new Map<
    string,
    { games: number; points: number; seconds: number; plays: number; teamPlays: number }
  >();

  constructor(seasonYear: number) {
    this.seasonYear = seasonYear;
    this.sums = Object.fromEntries(COUNTS.map((name) => [name, 0])) as SeasonTally["sums"];
  }

  add(result: GameResult): void {
    const { home, away, periods, shots } = result;
    this.games++;
    this.homeMargin += home.pts - away.pts;
    if (home.pts > away.pts) this.homeWins++;
    if (periods > 4) this.overtimeGames++;
    const [homeTotals, awayTotals] = [this.#addTeam(home, away, periods), this.#addTeam(away, home, periods)];
    // Basketball-Reference's estimate, the same number for both teams.
    this.possessions += oneSided(homeTotals, awayTotals) + oneSided(awayTotals, homeTotals);
    for (const { zone, made } of shots) {
      this.zoneAttempts[zone]!++;
      if (made) this.zoneMakes[zone]!++;
    }
  }

  #addTeam(side: Side, opponent: Side, periods: number): SeasonTally["sums"] {
    const totals = Object.fromEntries(
      COUNTS.map((name) => [name, side.lines.reduce((sum, line) => sum + line[name], 0)]),
    ) as SeasonTally["sums"];
    totals.tov += side.teamTurnovers;
    for (const name of COUNTS) this.sums[name] += totals[name];
    const gameSeconds = 2880 + 300 * (periods - 4);
    this.minutes += gameSeconds / 60;
    const teamPlays = totals.fga + 0.44 * totals.fta + totals.tov - side.teamTurnovers;
    for (const line of side.lines) {
      if (line.seconds === 0) continue;
      const player = this.#players.get(line.player.id) ?? {
        games: 0,
        points: 0,
        seconds: 0,
        plays: 0,
        teamPlays: 0,
      };
      player.games++;
      player.points += line.pts;
      player.seconds += line.seconds;
      player.plays += line.fga + 0.44 * line.fta + line.tov;
      player.teamPlays += (teamPlays * line.seconds) / gameSeconds;
      this.#players.set(line.player.id, player);
    }
    const record = this.#records.get(side.lineup.code) ?? { wins: 0, margin: 0, games: 0 };
    record.games++;
    record.margin += side.pts - opponent.pts;
    if (side.pts > opponent.pts) record.wins++;
    this.#records.set(side.lineup.code, record);
    return totals;
  }

  /** Teams by wins, then by points scored more than allowed. */
  standings(): string[] {
    return [...this.#records]
      .sort(([, a], [, b]) => b.wins - a.wins || b.margin - a.margin)
      .map(([code]) => code);
  }

  /** Mean margin of each team, best first. */
  netMargins(): number[] {
    return [...this.#records.values()].map(({ margin, games }) => margin / games).sort((a, b) => b - a);
  }

  /** Usage rates (share of the team's plays while on the floor) of players of at least 1,000 minutes, ascending. */
  usageRates(): number[] {
    return [...this.#players.values()]
      .filter(({ seconds }) => seconds >= 60_000)
      .map(({ plays, teamPlays }) => plays / teamPlays)
      .sort((a, b) => a - b);
  }

  /** Points a game of players of at least 50 games, best first. */
  scorers(): number[] {
    return [...this.#players.values()]
      .filter(({ games }) => games >= 50)
      .map(({ points, games }) => points / games)
      .sort((a, b) => b - a);
  }
}

function oneSided(own: SeasonTally["sums"], other: SeasonTally["sums"]): number {
  const rebounds = own.oreb / (own.oreb + other.dreb);
  return own.fga + 0.4 * own.fta - 1.07 * rebounds * (own.fga - own.fgm) + own.tov;
}
