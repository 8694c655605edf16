import { dayNumber, type GameDate } from "../dates.ts";
import type { SeasonFacts } from "./calendar-facts.ts";
import type { Random } from "./random.ts";
import { TEAMS, type Team } from "./teams.ts";

/** Two teams on a date, before anything about the game is known. */
export interface Pairing {
  readonly date: GameDate;
  readonly home: string;
  readonly away: string;
  /** One of the two Cup semifinals, on neutral ground. */
  readonly semifinal: boolean;
}

/** How often two teams meet in 82 games: four times in the division, 3.6 in the conference, twice across. */
function meetings(a: number, b: number): number {
  const [one, other] = [TEAMS[a]!, TEAMS[b]!];
  if (one.division === other.division) return 4;
  return one.conference === other.conference ? 3.6 : 2;
}

interface TeamState {
  readonly index: number;
  played: number;
  lastDay: number;
  dayBefore: number;
  /** Home games minus away games. */
  balance: number;
  /** Consecutive games at home (positive) or away (negative). */
  stand: number;
}

/**
 * A regular season on the real calendar: on each date as many games as were played, each team at most once. Dates
 * decide who plays (whoever is behind, seldom twice in two days), then who meets whom, then who is at home.
 */
export function regularSeason(facts: SeasonFacts, random: Random): Pairing[] {
  const totalGames = facts.regular.reduce((sum, { games }) => sum + games, 0);
  const perTeam = (2 * totalGames) / TEAMS.length;
  const teams = TEAMS.map(
    (_, index): TeamState => ({ index, played: 0, lastDay: -9, dayBefore: -9, balance: 0, stand: 0 }),
  );
  const met = TEAMS.map(() => TEAMS.map(() => 0));
  const pairings: Pairing[] = [];
  let semifinalists: readonly number[] = [];
  let gamesBefore = 0;
  for (const { date, games } of facts.regular) {
    const day = dayNumber(date);
    const isSemifinal = date === facts.cup?.semifinals;
    const resting = facts.cup && date > facts.cup.semifinals && date <= facts.cup.final ? semifinalists : [];
    const progress = (gamesBefore + games) / totalGames;
    let pairs: [number, number][];
    if (isSemifinal) {
      semifinalists = fourSemifinalists(teams, random);
      pairs = [
        [semifinalists[0]!, semifinalists[1]!],
        [semifinalists[2]!, semifinalists[3]!],
      ];
    } else {
      const due = perTeam * progress;
      const playing = whoPlays(
        teams.filter((team) => !resting.includes(team.index)),
        { games, day, due, noise: progress > 0.93 ? 0.05 : 0.5 },
        random,
      );
      pairs = whoMeets(playing, met, (perTeam / 82) * progress, random);
    }
    for (const [a, b] of pairs) {
      const [home, away] = whoIsHome(teams[a]!, teams[b]!, progress, random);
      pairings.push({
        date,
        home: TEAMS[home.index]!.code,
        away: TEAMS[away.index]!.code,
        semifinal: isSemifinal,
      });
      met[a]![b]!++;
      met[b]![a]!++;
      for (const team of [home, away]) {
        team.played++;
        team.dayBefore = team.lastDay;
        team.lastDay = day;
      }
      home.balance++;
      away.balance--;
      home.stand = Math.max(home.stand, 0) + 1;
      away.stand = Math.min(away.stand, 0) - 1;
    }
    gamesBefore += games;
  }
  return balanced(pairings);
}

function fourSemifinalists(teams: readonly TeamState[], random: Random): number[] {
  const of = (conference: string) =>
    random.shuffle(teams.filter((team) => TEAMS[team.index]!.conference === conference)).slice(0, 2);
  return [...of("east"), ...of("west")].map((team) => team.index);
}

function whoPlays(
  teams: readonly TeamState[],
  { games, day, due, noise }: { games: number; day: number; due: number; noise: number },
  random: Random,
): number[] {
  const urgency = teams.map((team) => {
    const yesterday = day - team.lastDay === 1;
    const thirdInARow = yesterday && day - team.dayBefore === 2;
    const tiredness = thirdInARow ? 20 : yesterday ? 0.9 : day - team.dayBefore <= 3 ? 0.3 : 0;
    return { index: team.index, value: due - team.played - tiredness + random.normal(0, noise) };
  });
  return urgency
    .sort((a, b) => b.value - a.value)
    .slice(0, 2 * games)
    .map((team) => team.index);
}

/** Pairs the teams so that meetings stay close to what the season so far asks for: greedy, then swaps. */
function whoMeets(
  playing: readonly number[],
  met: readonly (readonly number[])[],
  progress: number,
  random: Random,
): [number, number][] {
  const wanted = (a: number, b: number) => meetings(a, b) * progress - met[a]![b]!;
  const left = random.shuffle(playing);
  const pairs: [number, number][] = [];
  while (left.length > 0) {
    const a = left.pop()!;
    let best = 0;
    for (let i = 1; i < left.length; i++) if (wanted(a, left[i]!) > wanted(a, left[best]!)) best = i;
    pairs.push([a, left.splice(best, 1)[0]!]);
  }
  for (let improved = true; improved; ) {
    improved = false;
    for (let i = 0; i < pairs.length; i++) {
      for (let j = i + 1; j < pairs.length; j++) {
        const [a, b] = pairs[i]!;
        const [c, d] = pairs[j]!;
        // Squares: one pair that met far too often is worse than two that met a little too often.
        const cost = (x: number, y: number) =>
          Math.min(wanted(x, y), 0.5) * Math.abs(Math.min(wanted(x, y), 0.5));
        const now = cost(a, b) + cost(c, d);
        if (cost(a, c) + cost(b, d) > now + 1e-9) {
          pairs[i] = [a, c];
          pairs[j] = [b, d];
          improved = true;
        } else if (cost(a, d) + cost(b, c) > now + 1e-9) {
          pairs[i] = [a, d];
          pairs[j] = [b, c];
          improved = true;
        }
      }
    }
  }
  return pairs;
}

function whoIsHome(a: TeamState, b: TeamState, progress: number, random: Random): [TeamState, TeamState] {
  const pull = (team: TeamState) => {
    // Stands of up to four games; the balance counts for more towards the end.
    const stand = Math.abs(team.stand) >= 4 ? -2 * Math.sign(team.stand) : 0.9 * Math.sign(team.stand);
    return stand - (0.5 + 1.5 * progress ** 4) * team.balance;
  };
  const difference = pull(a) - pull(b) + random.normal(0, 0.8);
  return difference >= 0 ? [a, b] : [b, a];
}

/** Turns games around until no team has two home games more or fewer than away games. */
function balanced(pairings: readonly Pairing[]): Pairing[] {
  const result = [...pairings];
  const balance = new Map(TEAMS.map((team) => [team.code, 0]));
  for (const { home, away } of result) {
    balance.set(home, balance.get(home)! + 1);
    balance.set(away, balance.get(away)! - 1);
  }
  for (;;) {
    const of = ({ code }: Team) => balance.get(code)!;
    const over = TEAMS.reduce((a, b) => (of(b) > of(a) ? b : a));
    const under = TEAMS.reduce((a, b) => (of(b) < of(a) ? b : a));
    if (of(over) < 2 && of(under) > -2) return result;
    const chain = chainOfGames(result, over.code, under.code);
    if (!chain) return result;
    for (const index of chain) {
      const { home, away } = result[index]!;
      result[index] = { ...result[index]!, home: away, away: home };
    }
    balance.set(over.code, of(over) - 2);
    balance.set(under.code, of(under) + 2);
  }
}

/** The shortest chain of games in which `from` is host to a team that is host to ... a team that is host to `to`. */
function chainOfGames(games: readonly Pairing[], from: string, to: string): number[] | undefined {
  const reachedBy = new Map<string, number | undefined>([[from, undefined]]);
  for (const host of reachedBy.keys()) {
    games.forEach(({ home, away, semifinal }, index) => {
      if (home === host && !semifinal && !reachedBy.has(away)) reachedBy.set(away, index);
    });
  }
  const chain: number[] = [];
  for (let team = to; team !== from; ) {
    const index = reachedBy.get(team);
    if (index === undefined) return undefined;
    chain.push(index);
    team = games[index]!.home;
  }
  return chain;
}
