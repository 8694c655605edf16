import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import {
  DEMO_SEASONS,
  easternOffset,
  easternTime,
  isoInstant,
  seasonFacts,
} from "../../src/demo/calendar-facts.ts";

/** Official games by date, with the kinds of games there are. */
function officialDates(): Map<string, { games: number; kinds: Set<string> }> {
  const dates = new Map<string, { games: number; kinds: Set<string> }>();
  const add = (date: string, games: number, kind: string) => {
    const entry = dates.get(date) ?? { games: 0, kinds: new Set<string>() };
    entry.games += games;
    entry.kinds.add(kind);
    dates.set(date, entry);
  };
  for (const seasonYear of DEMO_SEASONS) {
    const facts = seasonFacts(seasonYear);
    for (const { date, games } of facts.regular) add(date, games, "regular");
    for (const { date, games } of facts.playIn) add(date, games, "playin");
    for (const { date, games } of facts.playoffRounds.flat()) add(date, games, "playoffs");
    if (facts.cup) add(facts.cup.final, 1, "cup_final");
  }
  return dates;
}

describe("the real calendar", () => {
  test("has 920 official dates from 2021-11-01: 59, 213, 204, 211, 217, 16 by year, and 13 of warm-up", () => {
    const dates = [...officialDates().keys()];
    const counted = dates.filter((date) => date >= "2021-11-01");
    const byYear = Object.groupBy(counted, (date) => date.slice(0, 4));
    expect(counted).toHaveLength(920);
    expect(Object.entries(byYear).map(([year, list]) => [year, list!.length])).toEqual([
      ["2021", 59],
      ["2022", 213],
      ["2023", 204],
      ["2024", 211],
      ["2025", 217],
      ["2026", 16],
    ]);
    expect(dates.length - counted.length).toBe(13);
    expect(dates.sort().at(0)).toBe("2021-10-19");
    expect(dates.at(-1)).toBe("2026-01-16");
  });

  test("a full season is 30 teams x 82 games / 2 = 1,230 games, a play-in 6", () => {
    for (const seasonYear of [2021, 2022, 2023, 2024]) {
      const { regular, playIn } = seasonFacts(seasonYear);
      expect(regular.reduce((sum, { games }) => sum + games, 0)).toBe(1230);
      expect(playIn.reduce((sum, { games }) => sum + games, 0)).toBe(6);
    }
  });

  const file = new URL("../../../shared/nba/game_dates.csv", import.meta.url);
  test.skipIf(!existsSync(file))("agrees with ../shared/nba/game_dates.csv date by date", () => {
    const dates = officialDates();
    const lines = readFileSync(file, "utf8").trim().split("\n").slice(1);
    const listed = lines.map((line) => line.trim().split(",") as [string, string, string]);
    for (const [date, games, kind] of listed) {
      const entry = dates.get(date);
      expect([date, String(entry?.games), [...(entry?.kinds ?? [])].join("+")]).toEqual([date, games, kind]);
    }
    expect(new Set(listed.map(([date]) => date)).size).toBe(920);
  });

  test("US-Eastern is four hours behind UTC in summer time, five in winter", () => {
    // Clocks went forward on 2022-03-13 and back on 2022-11-06.
    const offsets = ["2022-03-12", "2022-03-13", "2022-11-05", "2022-11-06"].map((date) =>
      easternOffset(date as GameDate),
    );
    expect(offsets).toEqual([5, 4, 4, 5]);
    // Half past seven in the evening: 19.5 + 4 = 23.5, and 19.5 + 5 = 24.5, half past midnight.
    expect(isoInstant(easternTime("2021-10-19" as GameDate, 19.5))).toBe("2021-10-19T23:30:00Z");
    expect(isoInstant(easternTime("2022-01-05" as GameDate, 19.5))).toBe("2022-01-06T00:30:00Z");
  });
});
