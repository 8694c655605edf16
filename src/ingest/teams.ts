import { readFileSync } from "node:fs";

export interface Team {
  readonly tricode: string;
  /** NBA team id, names and other codes that sources use. */
  readonly names: readonly string[];
}

/** The thirty teams, as data/teams.csv names them. */
export const TEAMS: readonly Team[] = readFileSync(new URL("data/teams.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [tricode, id, names] = line.split(",");
    return { tricode: tricode!, names: [tricode!, id!, ...names!.split("|")] };
  });
