import { addDays, type GameDate } from "../dates.ts";
import { type Absence, absencesOf } from "./availability.ts";
import { easternTime, isoInstant, type SeasonFacts } from "./calendar-facts.ts";
import { type Fixture, fixture, LAS_VEGAS, plannedFixtures } from "./fixtures.ts";
import { type Demo, playGameDay, type TeamState } from "./game-day.ts";
import type { Player } from "./players.ts";
import { Postseason, type PostseasonGame } from "./postseason.ts";
import { Random } from "./random.ts";
import { type Move, type RosterSeason, TWO_WAY } from "./rosters.ts";
import { expectation, winChance } from "./strength.ts";
import type { TableFiles } from "./table-files.ts";
import { SeasonTally } from "./tally.ts";

/** Days between two roster snapshots; one counts for ten, so that some games are without. */
const SNAPSHOT_DAYS = 14;

export interface SeasonOptions {
  readonly seed: number;
  /** Where the rows of a date's games go. */
  readonly filesOf: (date: GameDate) => TableFiles;
}

/** Plays a season date by date, writes all its rows, and returns what its regular season added up to. */
export function playSeason(
  facts: SeasonFacts,
  people: RosterSeason,
  files: TableFiles,
  options: SeasonOptions,
): SeasonTally {
  return new Season(facts, people, files, options).play();
}

class Season {
  readonly #facts: SeasonFacts;
  readonly #files: TableFiles;
  readonly #seed: number;
  readonly #demo: Demo;
  readonly #random: Random;
  readonly #teams: ReadonlyMap<string, TeamState>;
  readonly #tally: SeasonTally;
  readonly #semifinalists: string[] = [];
  #moves: readonly Move[];
  #postseason: Postseason | undefined;

  constructor(facts: SeasonFacts, people: RosterSeason, files: TableFiles, { seed, filesOf }: SeasonOptions) {
    this.#facts = facts;
    this.#files = files;
    this.#seed = seed;
    this.#random = new Random(seed, "season", facts.seasonYear);
    this.#moves = people.moves;
    this.#tally = new SeasonTally(facts.seasonYear);
    this.#teams = new Map(
      people.teams.map(({ code, style, roster }) => [
        code,
        { code, style, roster, twoWay: new Set(roster.slice(-TWO_WAY)), lastGame: undefined },
      ]),
    );
    this.#demo = { seed, filesOf, absences: this.#absencesOnce() };
  }

  play(): SeasonTally {
    const { regular, cup, playIn, playoffRounds } = this.#facts;
    const planned = Map.groupBy(plannedFixtures(this.#facts, this.#random), ({ date }) => date);
    const postseason = new Set([...playIn, ...playoffRounds.flat()].map(({ date }) => date));
    const dates = new Set([...planned.keys(), ...(cup ? [cup.final] : []), ...postseason]);
    let snapshot = addDays(regular[0]!.date, -1);
    for (const date of [...dates].sort()) {
      this.#makeMoves(date);
      if (date > snapshot) {
        this.#writeRosters(date === regular[0]!.date ? snapshot : date);
        snapshot = addDays(date, SNAPSHOT_DAYS - 1);
      }
      const unreported = this.#random.chance(0.015) || date < "2021-10-25";
      for (const game of planned.get(date) ?? []) this.#play(game, unreported);
      if (date === cup?.final) this.#play(this.#cupFinal(date), unreported);
      if (postseason.has(date)) {
        for (const { fixture: game, winner } of this.#postseasonOn(date))
          this.#play(game, unreported, winner);
      }
    }
    return this.#tally;
  }

  #play(game: Fixture, unreported: boolean, winner?: string): void {
    const [home, away] = [this.#teams.get(game.home), this.#teams.get(game.away)];
    let score: readonly [home: number, away: number] | undefined;
    if (!home || !away) score = [this.#random.whole(150, 200), this.#random.whole(201, 215)];
    else if (game.status === "final") {
      const result = playGameDay({ fixture: game, home, away, winner, unreported }, this.#demo);
      score = [result.home.pts, result.away.pts];
      if (game.seasonType === "regular") this.#tally.add(result);
      const won = score[0] > score[1] ? game.home : game.away;
      if (game.date === this.#facts.cup?.semifinals) this.#semifinalists.push(won);
      this.#postseason?.record(game, won);
    }
    this.#demo
      .filesOf(game.date)
      .row(
        "schedule",
        game.gameId,
        game.seasonYear,
        game.seasonType,
        game.date,
        game.tipoff === undefined ? undefined : isoInstant(game.tipoff),
        game.home,
        game.away,
        game.neutral,
        game.status,
        score?.[0],
        score?.[1],
        game.arena,
      );
  }

  #cupFinal(date: GameDate): Fixture {
    const [home, away] = this.#semifinalists;
    const final = fixture(
      "cup_final",
      this.#facts.seasonYear,
      1,
      { date, home: home!, away: away! },
      this.#random,
    );
    return { ...final, neutral: true, arena: LAS_VEGAS };
  }

  #postseasonOn(date: GameDate): PostseasonGame[] {
    this.#postseason ??= new Postseason(this.#facts, this.#tally.standings(), this.#random);
    return this.#postseason.gamesOn(date, (home, away) => {
      const lineup = (code: string, edge: number) => {
        const { style, roster } = this.#teams.get(code)!;
        return { code, style, dressed: roster.slice(0, 10), edge };
      };
      return winChance(
        expectation(lineup(home, 0.0065), lineup(away, -0.0065), this.#facts.seasonYear).margin,
      );
    });
  }

  #makeMoves(date: GameDate): void {
    const due = this.#moves.filter((move) => move.date <= date);
    this.#moves = this.#moves.slice(due.length);
    for (const { player, from, to } of due) {
      const [left, joined] = [this.#teams.get(from ?? ""), this.#teams.get(to ?? "")];
      if (left) left.roster = left.roster.filter((other) => other !== player);
      if (joined) joined.roster = [...joined.roster, player];
    }
  }

  /** Seen in the morning; a snapshot is a whole team's. */
  #writeRosters(date: GameDate): void {
    const seen = isoInstant(easternTime(date, 10));
    for (const { code, roster } of this.#teams.values()) {
      for (const { id, name } of roster) this.#files.row("rosters", code, id, name, seen);
    }
  }

  #absencesOnce(): (player: Player) => readonly Absence[] {
    const known = new Map<Player, readonly Absence[]>();
    return (player) => {
      const found = known.get(player) ?? this.#absencesOf(player);
      known.set(player, found);
      return found;
    };
  }

  #absencesOf(player: Player): readonly Absence[] {
    return absencesOf(
      player,
      this.#facts,
      new Random(this.#seed, "absences", this.#facts.seasonYear, player.id),
    );
  }
}
