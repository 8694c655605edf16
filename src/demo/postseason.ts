import type { GameDate } from "../dates.ts";
import type { SeasonFacts } from "./calendar-facts.ts";
import { type Fixture, fixture } from "./fixtures.ts";
import type { Random } from "./random.ts";
import { type SeriesDates, seriesDates } from "./series-dates.ts";
import { TEAMS } from "./teams.ts";

/** A postseason game; in a series the winner is settled beforehand, so that it lasts as long as its dates say. */
export interface PostseasonGame {
  readonly fixture: Fixture;
  readonly winner: string | undefined;
}

interface Series {
  readonly round: number;
  readonly index: number;
  readonly dates: SeriesDates;
  /** Better seed first; unknown until the series before it are over. */
  teams?: readonly [string, string];
  /** For each game whether the better seed wins it. */
  outcomes?: readonly boolean[];
}

/** The chance that the first team, at home, beats the second. */
export type HomeWinChance = (home: string, away: string) => number;

/** Games at the better seed's: 2-2-1-1-1. */
const betterSeedHome = [true, true, false, false, true, false, true];

/** Play-in and playoffs on the real dates, between the teams that earned it. */
export class Postseason {
  readonly #facts: SeasonFacts;
  readonly #standings: readonly string[];
  readonly #random: Random;
  readonly #series: Series[];
  readonly #seeds: Readonly<Record<"east" | "west", string[]>>;
  readonly #playInWinners = new Map<string, string>();

  /** `standings`: all teams, best record first. */
  constructor(facts: SeasonFacts, standings: readonly string[], random: Random) {
    this.#facts = facts;
    this.#standings = standings;
    this.#random = random;
    const conference = (name: string) =>
      standings.filter((code) => TEAMS.some((team) => team.code === code && team.conference === name));
    this.#seeds = { east: conference("east"), west: conference("west") };
    this.#series = seriesDates(facts, random).flatMap((round, place) =>
      round.map((dates, index) => ({ round: place, index, dates })),
    );
  }

  /** Who won; decides the play-in, and nothing in a series. */
  record(game: Fixture, winner: string): void {
    if (game.seasonType === "play_in") this.#playInWinners.set(game.gameId, winner);
  }

  gamesOn(date: GameDate, homeWins: HomeWinChance): PostseasonGame[] {
    const day = this.#facts.playIn.findIndex((entry) => entry.date === date);
    if (day >= 0) return this.#playIn(date, day);
    return this.#series
      .filter(({ dates }) => dates.includes(date))
      .map((series) => this.#seriesGame(series, date, homeWins));
  }

  /** First seventh against eighth, then ninth against tenth, then the loser of the one against the winner of the other. */
  #playIn(date: GameDate, day: number): PostseasonGame[] {
    const games = (["east", "west"] as const).map((name, place) => {
      const seeds = this.#seeds[name];
      if (day === 0) return { number: 101 + 20 * place, home: seeds[6]!, away: seeds[7]! };
      if (day === 1) return { number: 111 + 20 * place, home: seeds[8]!, away: seeds[9]! };
      const seventh = this.#playInWinner(101 + 20 * place);
      const loser = seventh === seeds[6] ? seeds[7]! : seeds[6]!;
      return { number: 201 + 10 * place, home: loser, away: this.#playInWinner(111 + 20 * place) };
    });
    return games.map(({ number, home, away }) => ({
      fixture: fixture("play_in", this.#facts.seasonYear, number, { date, home, away }, this.#random),
      winner: undefined,
    }));
  }

  #playInWinner(number: number): string {
    const suffix = String(number).padStart(5, "0");
    return [...this.#playInWinners].find(([id]) => id.endsWith(suffix))![1];
  }

  #seriesGame(series: Series, date: GameDate, homeWins: HomeWinChance): PostseasonGame {
    series.teams ??= this.#opponents(series);
    series.outcomes ??= this.#drawOutcomes(series.teams, series.dates.length, homeWins);
    const game = series.dates.indexOf(date);
    const [better, other] = series.teams;
    const [home, away] = betterSeedHome[game] ? [better, other] : [other, better];
    const number = 100 * (series.round + 1) + 10 * series.index + game + 1;
    return {
      fixture: fixture("playoffs", this.#facts.seasonYear, number, { date, home, away }, this.#random),
      winner: series.outcomes[game] ? better : other,
    };
  }

  #opponents({ round, index }: Series): readonly [string, string] {
    if (round > 0) {
      const [one, other] = [2 * index, 2 * index + 1].map((feeder) => this.#winnerOf(round - 1, feeder));
      return this.#standings.indexOf(one!) < this.#standings.indexOf(other!)
        ? [one!, other!]
        : [other!, one!];
    }
    const name = index < 4 ? "east" : "west";
    const place = name === "east" ? 0 : 1;
    const seeds = this.#seeds[name].slice(0, 6);
    seeds.push(this.#playInWinner(101 + 20 * place), this.#playInWinner(201 + 10 * place));
    // First against eighth, fourth against fifth, third against sixth, second against seventh.
    const [better, other] = [
      [0, 7],
      [3, 4],
      [2, 5],
      [1, 6],
    ][index % 4]!;
    return [seeds[better!]!, seeds[other!]!];
  }

  #winnerOf(round: number, index: number): string {
    const { teams, outcomes } = this.#series.find(
      (series) => series.round === round && series.index === index,
    )!;
    return outcomes!.at(-1) ? teams![0] : teams![1];
  }

  /** Games played out by their chances, again and again until the series has the length it must have. */
  #drawOutcomes(
    [better, other]: readonly [string, string],
    length: number,
    homeWins: HomeWinChance,
  ): boolean[] {
    const chances = betterSeedHome.map((home) =>
      home ? homeWins(better, other) : 1 - homeWins(other, better),
    );
    for (;;) {
      const outcomes: boolean[] = [];
      const wins = [0, 0];
      while (Math.max(...wins) < 4) {
        const won = this.#random.chance(Math.max(0.15, Math.min(0.85, chances[outcomes.length]!)));
        outcomes.push(won);
        wins[won ? 0 : 1]!++;
      }
      if (outcomes.length === length) return outcomes;
    }
  }
}
