import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeDemoLeague } from "../../src/demo/league.ts";
import { nbaBackfill } from "./in-process.ts";

/** Game dates on both sides of a new year and one by itself: the demo's season of 2022-23, seed 1, has games on each. */
export const DATES = ["2022-12-30", "2022-12-31", "2023-01-01", "2023-01-02", "2023-02-07"];

/** Patience with the making of it, on a machine that is busy. */
export const MAKING_MS = 300_000;

/** Two warehouses over the same few dates: `cold` holds raw data alone, `done` what a run made of it. */
export interface FewDates {
  /** The raw files, as `ingest` takes them. */
  readonly raw: string;
  /** A folder of its own, empty or with one of the warehouses as nba-backfill.duckdb. */
  readonly folder: (holds?: "cold" | "done") => string;
  readonly remove: () => void;
}

export async function fewDates(): Promise<FewDates> {
  const root = mkdtempSync(join(tmpdir(), "nba-backfill-few-dates-"));
  const [league, raw, made] = ["league", "raw", "made"].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  await writeDemoLeague(league, { seed: 1, seasons: [2022] });
  for (const folder of [raw, made]) mkdirSync(folder);
  for (const name of FILES) writeFileSync(join(raw, `${name}.csv`), cut(join(league, `${name}.csv`)));
  await succeed(made, ["ingest", raw]);
  copyFileSync(join(made, WAREHOUSE), join(root, "cold"));
  await succeed(made, ["run"]);
  copyFileSync(join(made, WAREHOUSE), join(root, "done"));
  let folders = 0;
  return {
    raw,
    folder: (holds) => {
      const folder = join(root, `folder-${++folders}`);
      mkdirSync(folder);
      if (holds) copyFileSync(join(root, holds), join(folder, WAREHOUSE));
      return folder;
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}

const WAREHOUSE = "nba-backfill.duckdb";

const FILES = [
  "schedule",
  "player_boxscores",
  "team_boxscores",
  "shots",
  "shots_without_marks",
  "game_lines",
  "player_props",
  "injury_reports",
  "rosters",
  "players",
];

/** The rows of the dates; all of a file whose rows have no game date. */
function cut(file: string): string {
  const [header, ...lines] = readFileSync(file, "latin1").trimEnd().split("\n");
  const column = header!.split(",").indexOf("game_date");
  const kept = column < 0 ? lines : lines.filter((line) => DATES.includes(line.split(",")[column]!));
  return `${[header, ...kept].join("\n")}\n`;
}

async function succeed(folder: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await nbaBackfill(folder, args);
  if (code !== 0) throw new Error(`${args.join(" ")} left with ${code}:\n${stderr}`);
}
