import { code, common, engine, type Flags, json, type Observed } from "./flag.ts";

/** RAW, FEED, FEED_OF_ONE and SERVED stand for the raw files, saved feeds and the address of the same, served. */
const line = "ingest RAW/schedule.csv";
/** How many games of the feed were asked for. */
const asked = ({ stderr }: Observed) => stderr.match(/^game \d+ of /gm)?.length ?? 0;
/** A feed of three final games: on 2023-02-08, 02-09 and 02-10. */
const feed = { where: "empty", line: "ingest nba-cdn --from FEED", sees: asked, without: 3 } as const;

const { json: asJson } = common("empty", line);

export const LOADING: Flags = {
  json: asJson!,
  warehouse: {
    where: "cold",
    line: `${line} --json`,
    flag: "--warehouse elsewhere.duckdb",
    sees: (observed) => inserted(observed),
    // 38 games of the five dates.
    without: 0,
    with: 38,
  },
  ...engine("empty", line),
  mapping: {
    where: "empty",
    line,
    flag: "--mapping own-rosters",
    sees: code,
    without: 0,
    with: 2,
  },
  dryRun: {
    where: "empty",
    line,
    flag: "--dry-run",
    sees: ({ file }) => file("nba-backfill.duckdb") === undefined,
    without: false,
    with: true,
  },
  explain: {
    where: "empty",
    line,
    flag: "--explain",
    sees: ({ file }) => file("nba-backfill.duckdb") === undefined,
    without: false,
    with: true,
  },
  from: {
    where: "empty",
    line: "ingest nba-cdn --base-url SERVED/nothing",
    flag: "--from FEED",
    sees: code,
    without: 2,
    // Its box scores are cut off.
    with: 1,
  },
  baseUrl: {
    where: "empty",
    line: "ingest nba-cdn --base-url SERVED/nothing",
    flag: "--base-url SERVED",
    sees: code,
    without: 2,
    with: 0,
  },
  startDate: { ...feed, flag: "--start-date 2023-02-09", with: 2 },
  endDate: { ...feed, flag: "--end-date 2023-02-08", with: 1 },
  now: { ...feed, flag: "--now 2023-02-09T12:00:00Z", with: 2 },
  all: {
    where: "cold",
    // Of 2023-02-07, which the warehouse has whole.
    line: "ingest nba-cdn --from FEED_OF_ONE",
    flag: "--all",
    sees: asked,
    without: 0,
    with: 1,
  },
  lineLeadMinutes: {
    where: "cold",
    line: "ingest RAW/game_lines.csv --json",
    flag: "--line-lead-minutes 30",
    sees: (observed) =>
      (json(observed).derived as { rows: number }[]).reduce((sum, { rows }) => sum + rows, 0),
    without: 0,
    // The cut-off of each game, half an hour before its tip-off.
    with: 38,
  },
  cache: {
    where: "empty",
    line: "ingest nba-cdn --base-url SERVED",
    flag: "--cache kept",
    sees: ({ file }) => file("kept") !== undefined,
    without: false,
    with: true,
  },
};

function inserted(observed: Observed): number {
  const files = json(observed).files as { tables: { inserted: number }[] }[];
  return files.flatMap(({ tables }) => tables).reduce((sum, { inserted }) => sum + inserted, 0);
}
