import { addDays, dayNumber, type GameDate } from "../dates.ts";
import { easternTime, type SeasonFacts } from "./calendar-facts.ts";
import type { Random } from "./random.ts";
import { type Pairing, regularSeason } from "./regular-season.ts";
import { TEAMS, teamOf } from "./teams.ts";

export type SeasonType = "preseason" | "regular" | "all_star" | "cup_final" | "play_in" | "playoffs";

/** A game of the schedule before it is played. */
export interface Fixture {
  readonly gameId: string;
  readonly seasonYear: number;
  readonly seasonType: SeasonType;
  readonly date: GameDate;
  /** Milliseconds since 1970; undefined where the schedule does not say. */
  readonly tipoff: number | undefined;
  readonly home: string;
  readonly away: string;
  readonly neutral: boolean;
  readonly arena: string | undefined;
  /** `postponed` and `cancelled` games are never played. */
  readonly status: "final" | "postponed" | "cancelled";
}

const prefixes: Readonly<Record<SeasonType, string>> = {
  preseason: "001",
  regular: "002",
  all_star: "003",
  playoffs: "004",
  play_in: "005",
  cup_final: "006",
};

/** The NBA's ten-digit id: kind of game, season, number. */
function gameId(type: SeasonType, seasonYear: number, number: number): string {
  return `${prefixes[type]}${String(seasonYear % 100).padStart(2, "0")}${String(number).padStart(5, "0")}`;
}

/** A fixture on its home team's floor, at a usual hour there. */
export function fixture(
  type: SeasonType,
  seasonYear: number,
  number: number,
  pairing: Pick<Pairing, "date" | "home" | "away">,
  random: Random,
): Fixture {
  return {
    gameId: gameId(type, seasonYear, number),
    seasonYear,
    seasonType: type,
    date: pairing.date,
    tipoff: random.chance(0.03) ? undefined : tipoff(pairing, random),
    home: pairing.home,
    away: pairing.away,
    neutral: false,
    arena: undefined,
    status: "final",
  };
}

function tipoff({ date, home }: Pick<Pairing, "date" | "home">, random: Random): number {
  const weekday = (dayNumber(date) + 4) % 7;
  const matinee = (weekday === 0 || weekday === 6) && random.chance(0.35);
  const local = matinee ? random.pick([12.5, 13, 15, 15.5]) : random.pick([19, 19, 19, 19.5, 19.5, 20]);
  return easternTime(date, Math.min(22.5, local + teamOf(home).hoursBehindEastern));
}

export const LAS_VEGAS = "t-mobile-arena";

/** Everything of a season that is known before it begins: preseason, regular season, All-Star game, postponements. */
export function plannedFixtures(facts: SeasonFacts, random: Random): Fixture[] {
  const { seasonYear } = facts;
  let semifinals = 1229;
  let number = 0;
  const regular = regularSeason(facts, random).map((pairing): Fixture => {
    const made = fixture("regular", seasonYear, pairing.semifinal ? semifinals++ : ++number, pairing, random);
    return pairing.semifinal ? { ...made, neutral: true, arena: LAS_VEGAS } : made;
  });
  awayFromHome(regular, random);
  return [
    ...preseason(facts, random),
    ...regular,
    ...notPlayed(regular, seasonYear, random),
    ...allStar(facts),
  ];
}

/** A few games of a season are played elsewhere; some say so, some only name the arena, some only that it is neutral. */
function awayFromHome(regular: Fixture[], random: Random): void {
  const move = (from: string, to: string, change: Partial<Fixture>) => {
    const candidates = regular.flatMap(({ date, arena }, index) =>
      date >= from && date <= to && !arena ? [index] : [],
    );
    if (candidates.length === 0) return;
    const index = random.pick(candidates);
    regular[index] = { ...regular[index]!, ...change };
  };
  const year = regular[0]!.seasonYear;
  move(`${year}-11-05`, `${year}-12-01`, { arena: "arena-cdmx" });
  move(`${year + 1}-01-08`, `${year + 1}-01-15`, { arena: "accor-arena", neutral: true });
  move(`${year}-12-20`, `${year + 1}-01-05`, { neutral: true });
  for (const arena of ["alamodome", "moody-center"]) {
    const games = regular.flatMap(({ home, arena: taken }, index) =>
      home === "SAS" && !taken ? [index] : [],
    );
    const index = random.pick(games);
    if (arena === "alamodome" || year >= 2022) regular[index] = { ...regular[index]!, arena };
  }
}

/** Postponed games stand in the schedule on their first date, between teams that do not play on it, and one is cancelled. */
function notPlayed(regular: readonly Fixture[], seasonYear: number, random: Random): Fixture[] {
  const dates = [...new Set(regular.map(({ date }) => date))];
  const result: Fixture[] = [];
  const count = seasonYear === 2021 ? 9 : 3;
  while (result.length < count) {
    const date = random.pick(dates);
    const busy = new Set(
      regular.filter((game) => game.date === date).flatMap(({ home, away }) => [home, away]),
    );
    const idle = random.shuffle(TEAMS.filter(({ code }) => !busy.has(code)));
    const [home, away] = idle;
    if (!home || !away || result.some((game) => game.date === date)) continue;
    const made = fixture(
      "regular",
      seasonYear,
      1231 + result.length,
      { date, home: home.code, away: away.code },
      random,
    );
    result.push({ ...made, status: result.length === 2 ? "cancelled" : "postponed" });
  }
  return result;
}

function preseason({ seasonYear, preseason: { first, last } }: SeasonFacts, random: Random): Fixture[] {
  const days = dayNumber(last) - dayNumber(first) + 1;
  const result: Fixture[] = [];
  // Every third day half the teams play, the next day the other half.
  for (let day = 0; day < days; day++) {
    if (day % 3 === 2) continue;
    const half = random.shuffle(TEAMS).slice(0, 12);
    for (let i = 0; i < half.length; i += 2) {
      const pairing = { date: addDays(first, day), home: half[i]!.code, away: half[i + 1]!.code };
      result.push(fixture("preseason", seasonYear, result.length + 1, pairing, random));
    }
  }
  return result;
}

/** East against West, which are none of the thirty. */
function allStar({ seasonYear, allStar: date }: SeasonFacts): Fixture[] {
  if (!date) return [];
  return [
    {
      gameId: gameId("all_star", seasonYear, 1),
      seasonYear,
      seasonType: "all_star",
      date,
      tipoff: easternTime(date, 20),
      home: "EST",
      away: "WST",
      neutral: true,
      arena: undefined,
      status: "final",
    },
  ];
}
