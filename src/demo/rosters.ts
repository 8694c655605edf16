import { addDays, type GameDate } from "../dates.ts";
import { DEMO_SEASONS, type SeasonFacts } from "./calendar-facts.ts";
import { Names } from "./names.ts";
import { ageIn, centreSkills, grow, newPlayer, type Player, skillsOf, worth } from "./players.ts";
import { Random } from "./random.ts";
import { ROTATION_MINUTES } from "./side.ts";
import { centred, newStyle, nextStyle, type Style } from "./style.ts";
import { TEAMS } from "./teams.ts";

/** Contracts on a team: fourteen and two two-way players, who spend much of the season in the G League. */
const ROSTER_SIZE = 16;
export const TWO_WAY = 2;

/** A player who changes teams before the games of a date; `from` or `to` is undefined where he was or is a free agent. */
export interface Move {
  readonly date: GameDate;
  readonly player: Player;
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface TeamSeason {
  readonly code: string;
  readonly roster: readonly Player[];
  readonly style: Style;
}

export interface RosterSeason {
  readonly seasonYear: number;
  /** On opening night. */
  readonly teams: readonly TeamSeason[];
  readonly moves: readonly Move[];
}

/** The league's people through all seasons. Independent of results, so that a season is the same played alone. */
export class People {
  readonly players: Player[] = [];
  readonly #rosters = new Map<string, Player[]>(TEAMS.map((team) => [team.code, []]));
  /** In the order of TEAMS. */
  #styles: readonly Style[];
  #freeAgents: Player[] = [];
  readonly #names: Names;
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
    this.#names = new Names(new Random(seed, "names"));
    const random = new Random(seed, "styles");
    this.#styles = centred(TEAMS.map(() => newStyle(random)));
  }

  /** The next season in order; players change in place, so that a season is played before the next is asked for. */
  season(facts: SeasonFacts): RosterSeason {
    const { seasonYear } = facts;
    const random = new Random(this.#seed, "people", seasonYear);
    if (seasonYear === DEMO_SEASONS[0]) this.#found(seasonYear, random);
    else this.#offseason(seasonYear, random);
    this.#standardise();
    const teams = TEAMS.map(({ code }, index) => ({
      code,
      roster: [...this.#rosters.get(code)!],
      style: this.#styles[index]!,
    }));
    return { seasonYear, teams, moves: this.#movesDuring(facts, random) };
  }

  #sign(age: number, seasonYear: number, talent: number, random: Random): Player {
    const player = newPlayer(
      String(9_000_001 + this.players.length),
      age,
      seasonYear,
      talent,
      this.#names,
      random,
    );
    this.players.push(player);
    return player;
  }

  #found(seasonYear: number, random: Random): void {
    this.#freeAgents = Array.from({ length: TEAMS.length * ROSTER_SIZE + 60 }, () =>
      this.#sign(random.whole(19, 36), seasonYear, random.normal(0, 1), random),
    );
    this.#fillRosters(random);
  }

  #offseason(seasonYear: number, random: Random): void {
    this.#styles = centred(this.#styles.map((style) => nextStyle(style, random)));
    for (const player of this.players) grow(player, seasonYear, random);
    const stays = (player: Player) => ageIn(player, seasonYear) < 39 && player.talent > -1.9;
    const leaving: Player[] = [];
    for (const [code, roster] of this.#rosters) {
      const kept = roster.filter(
        (player) => stays(player) && !random.chance(player.talent > 1.2 ? 0.08 : 0.27),
      );
      leaving.push(...roster.filter((player) => stays(player) && !kept.includes(player)));
      this.#rosters.set(code, kept);
    }
    const rookies = Array.from({ length: 60 }, (_, place) =>
      this.#sign(random.whole(19, 22), seasonYear, random.normal(0.5 - place / 40, 0.6), random),
    );
    this.#freeAgents = [...this.#freeAgents.filter(stays), ...leaving, ...rookies];
    this.#fillRosters(random);
  }

  /** Teams take turns, in a new order each round, and each takes one of the best few that are left. */
  #fillRosters(random: Random): void {
    this.#freeAgents.sort((a, b) => worth(b) - worth(a));
    for (let full = false; !full; ) {
      full = true;
      for (const { code } of random.shuffle(TEAMS)) {
        const roster = this.#rosters.get(code)!;
        if (roster.length >= ROSTER_SIZE) continue;
        full = false;
        roster.push(this.#freeAgents.splice(random.whole(0, 5), 1)[0]!);
      }
    }
    for (const roster of this.#rosters.values()) roster.sort((a, b) => worth(b) - worth(a));
  }

  /** Talent is standing in the league: mean 0, deviation 1 over those with a contract. */
  #standardise(): void {
    const signed = [...this.#rosters.values()].flat();
    const mean = signed.reduce((sum, player) => sum + player.talent, 0) / signed.length;
    const square = signed.reduce((sum, player) => sum + (player.talent - mean) ** 2, 0) / signed.length;
    for (const player of this.players) {
      player.talent = (player.talent - mean) / Math.sqrt(square);
      player.skills = skillsOf(player);
    }
    centreSkills(this.players.map((player) => ({ player, weight: this.#plays(player) })));
  }

  /** Minutes times usage that his place on his team's roster lets expect; 0 without a team. */
  #plays(player: Player): number {
    for (const roster of this.#rosters.values()) {
      const rank = roster.indexOf(player);
      if (rank >= 0) return (ROTATION_MINUTES[rank] ?? 1) * player.skills.usage;
    }
    return 0;
  }

  /** Trades from December to the deadline in February, one for one between men of like worth, and signings. */
  #movesDuring({ seasonYear, regular }: SeasonFacts, random: Random): Move[] {
    const dates = regular.map(({ date }) => date);
    const deadline = dates.find((date) => date >= `${seasonYear + 1}-02-08`) ?? dates.at(-1)!;
    const market = dates.filter((date) => date >= `${seasonYear}-12-10` && date <= deadline);
    const inDays = (last: number) => market.filter((date) => date > addDays(deadline, -last));
    const tradeDates = [
      ...Array.from({ length: 22 }, () => random.pick(inDays(6))),
      ...pickSome(market, 12, random),
    ];
    const moves: Move[] = [];
    const moved = new Set<Player>();
    for (const date of tradeDates.sort()) {
      const [one, other] = random.shuffle(TEAMS);
      const given = random.pick(this.#rosters.get(one!.code)!.slice(1));
      const wanted = this.#rosters
        .get(other!.code)!
        .find((player) => Math.abs(worth(player) - worth(given)) < 0.5 && !moved.has(player));
      if (!wanted || moved.has(given)) continue;
      moved.add(given).add(wanted);
      moves.push({ date, player: given, from: one!.code, to: other!.code });
      moves.push({ date, player: wanted, from: other!.code, to: one!.code });
      this.#swap(one!.code, given, wanted);
      this.#swap(other!.code, wanted, given);
    }
    for (const date of pickSome(dates.slice(20), 30, random)) {
      const { code } = random.pick(TEAMS);
      const waived = this.#rosters.get(code)!.at(-1 - random.whole(0, TWO_WAY))!;
      if (moved.has(waived)) continue;
      const signed = this.#freeAgents.splice(random.whole(0, 20), 1)[0]!;
      moved.add(signed).add(waived);
      moves.push({ date, player: waived, from: code, to: undefined });
      moves.push({ date, player: signed, from: undefined, to: code });
      this.#swap(code, waived, signed);
      this.#freeAgents.push(waived);
    }
    return moves.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  }

  #swap(code: string, leaving: Player, coming: Player): void {
    const roster = this.#rosters.get(code)!;
    roster[roster.indexOf(leaving)] = coming;
  }
}

function pickSome<T>(from: readonly T[], count: number, random: Random): T[] {
  return from.length === 0 ? [] : Array.from({ length: count }, () => random.pick(from));
}
