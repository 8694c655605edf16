import type { GameDate } from "../dates.ts";
import { DEMO_SEASONS, seasonFacts } from "./calendar-facts.ts";
import { People } from "./rosters.ts";
import { playSeason } from "./season.ts";
import { type FileName, TableFiles } from "./table-files.ts";
import type { SeasonTally } from "./tally.ts";

export interface DemoOptions {
  /** The same seed writes the same bytes. */
  readonly seed: number;
  /** Starting years of the seasons to write; all five if left out. A season is the same with and without the others. */
  readonly seasons?: readonly number[];
  /** Dates whose box scores and shots are left out, to be supplied later. */
  readonly withhold?: readonly GameDate[];
}

export interface DemoLeague {
  readonly folder: string;
  /** Rows written to each file of the folder. */
  readonly rows: Readonly<Record<FileName, number>>;
  readonly seasons: readonly SeasonTally[];
}

/**
 * A made-up league of thirty teams on the real calendar, as CSV files in our own layout. Throws `input-invalid` where
 * the folder cannot be written.
 */
export async function writeDemoLeague(folder: string, options: DemoOptions): Promise<DemoLeague> {
  const { seed, seasons = DEMO_SEASONS } = options;
  const withheld = new Set(options.withhold);
  const files = new TableFiles(folder);
  const people = new People(seed);
  const tallies: SeasonTally[] = [];
  for (const seasonYear of DEMO_SEASONS.filter((year) => year <= Math.max(...seasons))) {
    const facts = seasonFacts(seasonYear);
    const rosters = people.season(facts);
    if (seasons.includes(seasonYear)) tallies.push(playSeason(facts, rosters, files, { seed, withheld }));
  }
  for (const { id, name, birthDate } of people.players) {
    // Nobody knows when every fourteenth was born.
    files.row("players", id, name, Number(id) % 14 === 0 ? undefined : birthDate);
  }
  return { folder, rows: files.close(), seasons: tallies };
}
