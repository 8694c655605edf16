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
  /** Dates whose games (schedule, box scores, shots, lines, reports) go to files in a folder of their own, for later. */
  readonly withhold?: { readonly dates: readonly GameDate[]; readonly folder: string };
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
  const files = new TableFiles(folder);
  const { dates = [], folder: apart } = options.withhold ?? {};
  const withheld = apart === undefined ? files : new TableFiles(apart);
  const filesOf = (date: GameDate) => (dates.includes(date) ? withheld : files);
  const people = new People(seed);
  const tallies: SeasonTally[] = [];
  for (const seasonYear of DEMO_SEASONS.filter((year) => year <= Math.max(...seasons))) {
    const facts = seasonFacts(seasonYear);
    const rosters = people.season(facts);
    if (seasons.includes(seasonYear)) tallies.push(playSeason(facts, rosters, files, { seed, filesOf }));
  }
  for (const { id, name, birthDate } of people.players) {
    // Nobody knows when every fourteenth was born.
    files.row("players", id, name, Number(id) % 14 === 0 ? undefined : birthDate);
  }
  if (withheld !== files) withheld.close();
  return { folder, rows: files.close(), seasons: tallies };
}
