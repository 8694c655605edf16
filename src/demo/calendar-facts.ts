import { addDays, type GameDate } from "../dates.ts";

/**
 * The league's calendar as bare facts: on which dates how many games were played. One character a day from the first
 * date on: the number of games in base 36, a point for none. Who played whom is made up (regular-season.ts).
 */
interface CountedDays {
  readonly first: string;
  readonly counts: string;
}

export interface SeasonFacts {
  readonly seasonYear: number;
  readonly preseason: { readonly first: GameDate; readonly last: GameDate };
  readonly regular: readonly DateGames[];
  readonly allStar: GameDate | undefined;
  /** The two Cup semifinals, on a date of their own, count as regular-season games; the final does not. */
  readonly cup: { readonly semifinals: GameDate; readonly final: GameDate } | undefined;
  readonly playIn: readonly DateGames[];
  /** By round: eight, four, two series and the Finals. */
  readonly playoffRounds: readonly (readonly DateGames[])[];
}

export interface DateGames {
  readonly date: GameDate;
  readonly games: number;
}

interface Encoded {
  readonly preseason: readonly [string, string];
  readonly regular: CountedDays;
  readonly allStar?: string;
  readonly cup?: readonly [semifinals: string, final: string];
  readonly playIn?: CountedDays;
  readonly rounds?: readonly CountedDays[];
}

const encoded: Readonly<Record<number, Encoded>> = {
  2021: {
    preseason: ["2021-10-03", "2021-10-15"],
    regular: {
      first: "2021-10-19",
      counts:
        "2b3a8695a67b595b596883d3b77b3b6995a4d.c859595974a3d397693b4876655b.587883a67a5b496a76959a4c2d3b3b49a2b6887969685a677b297b5......7978768796886c2a7894c1c4994b578795b5a5c.c6794f",
    },
    allStar: "2022-02-20",
    playIn: { first: "2022-04-12", counts: "22.2" },
    rounds: [
      { first: "2022-04-16", counts: "44333334433231" },
      { first: "2022-05-01", counts: "2222.22222222.2" },
      { first: "2022-05-17", counts: "11111111111.1" },
      { first: "2022-06-02", counts: "1..1..1.1..1..1" },
    ],
  },
  2022: {
    preseason: ["2022-09-30", "2022-10-14"],
    regular: {
      first: "2022-10-18",
      counts:
        "2c2b9784a4b7874b2c84f.d488775a3b5884c.e49a3d1b7883b3a8775a4a7795b2e.57a86993b3c4b596786978949597777a65b485878968694b92b5a3......98794a94a6a68766a6787588866a4a6986a2d2d.d85b3f",
    },
    allStar: "2023-02-19",
    playIn: { first: "2023-04-11", counts: "22.2" },
    rounds: [
      { first: "2023-04-15", counts: "44233334423412.1" },
      { first: "2023-04-29", counts: "11221122222222.1" },
      { first: "2023-05-16", counts: "11111111.1.1.1" },
      { first: "2023-06-01", counts: "1..1..1.1..1" },
    ],
  },
  2023: {
    preseason: ["2023-10-05", "2023-10-20"],
    regular: {
      first: "2023-10-24",
      counts:
        "2c2b76b3d4785c.e294b4a82b6985e.a6858796c.22b2d..d5978a5b4a86d.5968a6686c2e4965a5a85b39578685878a5c5a4a6967796b2a6d3......ca3b4b68958698787967966978587886b4c2c3a6995c4d.e85f.f",
    },
    allStar: "2024-02-18",
    cup: ["2023-12-07", "2023-12-09"],
    playIn: { first: "2024-04-16", counts: "22.2" },
    rounds: [
      { first: "2024-04-20", counts: "44332334433222.1" },
      { first: "2024-05-04", counts: "1.22122222221112" },
      { first: "2024-05-21", counts: "11111111.1" },
      { first: "2024-06-06", counts: "1..1..1.1..1" },
    ],
  },
  2024: {
    preseason: ["2024-10-04", "2024-10-18"],
    regular: {
      first: "2024-10-22",
      counts:
        "2a4aa5b4b49a3f.c3d4b58b1c5a868487695e.a5a4b6877c12238276..d3c3e.598967686996978774967b596785893e1c4b5795a7b67b3a4f5.....1995a8795a697986888c495a88a4b5a5888687788796a5b2aa5f.f",
    },
    allStar: "2025-02-16",
    cup: ["2024-12-14", "2024-12-17"],
    playIn: { first: "2025-04-15", counts: "22.2" },
    rounds: [
      { first: "2025-04-19", counts: "4423333442422111" },
      { first: "2025-05-04", counts: "1222122222211.1" },
      { first: "2025-05-20", counts: "1111111111.1" },
      { first: "2025-06-05", counts: "1..1..1.1..1..1..1" },
    ],
  },
  2025: {
    preseason: ["2025-10-02", "2025-10-17"],
    regular: {
      first: "2025-10-21",
      counts: "2c2c59b5a486896b1b8796c39588694978a39.b889695c7732247285.2c5a67e.5996b495a8886c3a6a67796",
    },
    cup: ["2025-12-13", "2025-12-16"],
  },
};

/** The seasons the demo league plays; the last one up to 2026-01-16. */
export const DEMO_SEASONS = Object.keys(encoded).map(Number);

export function seasonFacts(seasonYear: number): SeasonFacts {
  const season = encoded[seasonYear]!;
  return {
    seasonYear,
    preseason: { first: season.preseason[0] as GameDate, last: season.preseason[1] as GameDate },
    regular: decode(season.regular),
    allStar: season.allStar as GameDate | undefined,
    cup: season.cup && { semifinals: season.cup[0] as GameDate, final: season.cup[1] as GameDate },
    playIn: season.playIn ? decode(season.playIn) : [],
    playoffRounds: (season.rounds ?? []).map(decode),
  };
}

function decode({ first, counts }: CountedDays): DateGames[] {
  return [...counts].flatMap((character, index) =>
    character === "."
      ? []
      : [{ date: addDays(first as GameDate, index), games: Number.parseInt(character, 36) }],
  );
}

const millisecondsPerHour = 3_600_000;

/** Hours that US-Eastern is behind UTC on a date: 4 from the second Sunday of March to the first of November, else 5. */
export function easternOffset(date: GameDate): 4 | 5 {
  const year = date.slice(0, 4);
  return date >= sunday(`${year}-03-08`) && date < sunday(`${year}-11-01`) ? 4 : 5;
}

function sunday(onOrAfter: string): string {
  const weekday = new Date(`${onOrAfter}T00:00:00Z`).getUTCDay();
  return addDays(onOrAfter as GameDate, (7 - weekday) % 7);
}

/** The instant `hours` after midnight US-Eastern of the date, in milliseconds since 1970. */
export function easternTime(date: GameDate, hours: number): number {
  return Date.parse(`${date}T00:00:00Z`) + (hours + easternOffset(date)) * millisecondsPerHour;
}

/** An instant as our files carry it: `2021-10-19T23:30:00Z`. */
export function isoInstant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
