import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { addDays, type GameDate } from "../../src/dates.ts";
import { writeDemoLeague } from "../../src/demo/league.ts";
import { finished } from "./command.ts";

/** The first days of a demo season: few, so that a hundred runs over them take minutes. */
const HALF = "2021-10-23" as GameDate;
const LAST = "2021-10-28" as GameDate;
const SEASON_END = "2022-06-30" as GameDate;

export interface SmallWorld {
  /** Files of the raw data but for the games of the last date, which are in a folder of their own. */
  readonly files: string;
  readonly lastDate: string;
  /** A warehouse that has only the former. */
  readonly oneDateShort: string;
  /** A warehouse that has both, and the first half of its dates built. */
  readonly halfBuilt: string;
}

/** Makes the world in a folder. */
export async function makeSmallWorld(folder: string): Promise<SmallWorld> {
  const [files, lastDate] = [join(folder, "files"), join(folder, "last-date")];
  const [oneDateShort, halfBuilt] = [join(folder, "short.duckdb"), join(folder, "half.duckdb")];
  const others = join(folder, "others");
  const withhold = { dates: datesBetween(LAST, SEASON_END), folder: others };
  await writeDemoLeague(files, { seed: 1, seasons: [2021], withhold });
  await writeDemoLeague(others, {
    seed: 1,
    seasons: [2021],
    withhold: { dates: [LAST], folder: lastDate },
  });
  await finished("ingest", files, "--warehouse", oneDateShort);
  copyFileSync(oneDateShort, halfBuilt);
  await finished("ingest", lastDate, "--warehouse", halfBuilt);
  await finished("run", "--end-date", HALF, "--warehouse", halfBuilt);
  return { files, lastDate, oneDateShort, halfBuilt };
}

function datesBetween(first: GameDate, last: GameDate): GameDate[] {
  const dates: GameDate[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}
