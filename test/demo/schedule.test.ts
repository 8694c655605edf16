import { beforeAll, describe, expect, test } from "vitest";
import { dayNumber, type GameDate } from "../../src/dates.ts";
import { DEMO_SEASONS, seasonFacts } from "../../src/demo/calendar-facts.ts";
import { Random } from "../../src/demo/random.ts";
import { type Pairing, regularSeason } from "../../src/demo/regular-season.ts";
import { seriesDates } from "../../src/demo/series-dates.ts";
import { TEAMS } from "../../src/demo/teams.ts";

const gamesOf = (pairings: readonly Pairing[], code: string) =>
  pairings.filter(({ home, away }) => home === code || away === code);

describe.each(DEMO_SEASONS)("the regular season of %i", (seasonYear) => {
  const facts = seasonFacts(seasonYear);
  let pairings: Pairing[];
  beforeAll(() => {
    pairings = regularSeason(facts, new Random(11, "season", seasonYear));
  });

  test("has as many games on each date as the real one", () => {
    for (const { date, games } of facts.regular) {
      expect(pairings.filter((pairing) => pairing.date === date)).toHaveLength(games);
    }
  });

  test("gives each team 82 games, 41 at home, or as near as a season under way allows", () => {
    // 2025-26 to 2026-01-16: 617 games are 1,234 team-games, 41 or 42 for each of 30.
    const [least, most] = seasonYear === 2025 ? [41, 42] : [82, 82];
    for (const { code } of TEAMS) {
      const games = gamesOf(pairings, code);
      const home = games.filter((game) => game.home === code).length;
      expect(games.length).toBeGreaterThanOrEqual(least);
      expect(games.length).toBeLessThanOrEqual(most);
      expect(Math.abs(2 * home - games.length)).toBeLessThanOrEqual(1);
    }
  });

  test("lets no team play twice on a date, and seldom on three days in a row", () => {
    let threeInARow = 0;
    for (const { code } of TEAMS) {
      const days = gamesOf(pairings, code).map(({ date }) => dayNumber(date));
      expect(new Set(days).size).toBe(days.length);
      threeInARow += days.filter((day, index) => index > 1 && day - days[index - 2]! === 2).length;
    }
    expect(threeInARow).toBeLessThanOrEqual(5);
  });

  test("gives the Cup semifinalists a rest until the final", () => {
    if (!facts.cup) return expect(pairings.some(({ semifinal }) => semifinal)).toBe(false);
    const { semifinals, final } = facts.cup;
    const semi = pairings.filter(({ semifinal }) => semifinal);
    expect(semi.map(({ date }) => date)).toEqual([semifinals, semifinals]);
    const teams = new Set(semi.flatMap(({ home, away }) => [home, away]));
    expect(teams.size).toBe(4);
    const between = pairings.filter(({ date }) => date > semifinals && date <= final);
    expect(between.some(({ home, away }) => teams.has(home) || teams.has(away))).toBe(false);
  });
});

describe.each([2021, 2022, 2023, 2024])("the playoffs of %i", (seasonYear) => {
  const facts = seasonFacts(seasonYear);

  test.each([1, 2, 3])("are best-of-seven series that fill the dates (seed %i)", (seed) => {
    const rounds = seriesDates(facts, new Random(seed, "series", seasonYear));
    expect(rounds.map((round) => round.length)).toEqual([8, 4, 2, 1]);
    for (const [index, round] of rounds.entries()) {
      for (const { date, games } of facts.playoffRounds[index]!) {
        expect(round.filter((dates) => dates.includes(date))).toHaveLength(games);
      }
      for (const [place, dates] of round.entries()) {
        expect(dates.length).toBeGreaterThanOrEqual(4);
        expect(dates.length).toBeLessThanOrEqual(7);
        const before =
          rounds[index - 1]?.slice(2 * place, 2 * place + 2).map((feeder) => feeder.at(-1)!) ?? [];
        const days = [...before.sort().slice(-1), ...dates].map((date: GameDate) => dayNumber(date));
        for (let i = 1; i < days.length; i++) expect(days[i]! - days[i - 1]!).toBeGreaterThanOrEqual(2);
      }
    }
  });
});
