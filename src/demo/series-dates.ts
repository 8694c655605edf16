import { dayNumber, type GameDate } from "../dates.ts";
import type { DateGames, SeasonFacts } from "./calendar-facts.ts";
import type { Random } from "./random.ts";

/** The dates of a best-of-seven series, as many as it has games (four to seven). */
export type SeriesDates = readonly GameDate[];

/**
 * Series for every round of a season that add up to the games of each date. In round r, series 2i and 2i + 1 meet in
 * series i of round r + 1; the first half of a round is the east. Found by trying: most draws of lengths fit within a
 * few attempts.
 */
export function seriesDates(facts: SeasonFacts, random: Random): SeriesDates[][] {
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const rounds: SeriesDates[][] = [];
    for (const [index, dates] of facts.playoffRounds.entries()) {
      const found = fitRound(dates, 8 >> index, rounds.at(-1), random);
      if (!found) break;
      rounds.push(found);
    }
    if (rounds.length === facts.playoffRounds.length) return rounds;
  }
  throw new Error(`no playoff series fit the dates of ${facts.seasonYear}`);
}

function fitRound(
  dates: readonly DateGames[],
  series: number,
  previous: readonly SeriesDates[] | undefined,
  random: Random,
): SeriesDates[] | undefined {
  const total = dates.reduce((sum, { games }) => sum + games, 0);
  for (let attempt = 0; attempt < 200; attempt++) {
    const lengths = drawLengths(series, total, random);
    const played = lengths.map((): GameDate[] => []);
    const fits = dates.every(({ date, games }) => {
      const due = lengths
        .map((length, index) => ({ index, left: length - played[index]!.length }))
        .filter(({ index, left }) => left > 0 && rested(date, index, played, previous))
        .map((candidate) => ({ ...candidate, urgency: candidate.left + random.between(0, 1.5) }))
        .sort((a, b) => b.urgency - a.urgency);
      for (const { index } of due.slice(0, games)) played[index]!.push(date);
      return due.length >= games;
    });
    if (fits) return played;
  }
  return undefined;
}

/** Two days since the series' last game, or since the series that feed it have ended. */
function rested(
  date: GameDate,
  index: number,
  played: readonly (readonly GameDate[])[],
  previous: readonly SeriesDates[] | undefined,
): boolean {
  const last =
    played[index]!.at(-1) ?? [previous?.[2 * index]?.at(-1), previous?.[2 * index + 1]?.at(-1)].sort().at(-1);
  return last === undefined || dayNumber(date) - dayNumber(last) >= 2;
}

function drawLengths(series: number, total: number, random: Random): number[] {
  const lengths = Array.from({ length: series }, () => 4);
  for (let left = total - 4 * series; left > 0; left--) {
    const open = lengths.flatMap((length, index) => (length < 7 ? [index] : []));
    lengths[random.pick(open)]!++;
  }
  return lengths;
}
