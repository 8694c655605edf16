import { code, common, engine, type Flags, json, type Observed, says, selection } from "./flag.ts";

const partitions = (observed: Observed) => (json(observed).partitions as unknown[]).length;
const gameDates = (observed: Observed) => json(observed).game_dates;
const lines = ({ stdout }: Observed) => stdout.trimEnd().split("\n").length;

/** 2022-12-30 and 12-31 are before it. */
const historyStart = "--history-start 2023-01-01";
/** Seven in the morning there: 2023-01-02 and 02-07 are to come. */
const now = "--now 2023-01-01T12:00:00Z";

/** `coverage` and `gaps`, where all 45 partitions are missing. */
function coverage(name: string): Flags {
  const line = `${name} --json`;
  const of = { where: "cold", line, sees: partitions, without: 45 } as const;
  return {
    ...selection("cold", line, partitions),
    ...common("cold", name),
    historyStart: { ...of, flag: historyStart, with: 3 * 9 },
    now: { ...of, flag: now, with: 3 * 9 },
    only: { ...of, flag: "--only stale", with: 0 },
    failOnGaps: { ...of, flag: "--fail-on-gaps", sees: code, without: 0, with: 1 },
    shallow: {
      where: "lost",
      line: `${name} --fail-on-gaps`,
      flag: "--shallow",
      sees: code,
      without: 1,
      with: 0,
    },
    csv: {
      where: "cold",
      line: name,
      flag: "--csv",
      sees: ({ stdout }) => [
        stdout.startsWith("processor,game_date,"),
        stdout.trimEnd().split("\n").length === 46,
      ],
      without: [false, false],
      with: [true, true],
    },
  };
}

const diff = "diff --dates 2022-12-31 --processor team_offense_game_summary";
const show = "show team_offense_game_summary 2023-02-07";

export const READING: Readonly<Record<string, Flags>> = {
  coverage: coverage("coverage"),
  gaps: coverage("gaps"),
  diff: {
    ...common("done", diff),
    ...engine("done", diff),
    ...selection("done", "diff --json", (observed) =>
      (json(observed).processors as { partitions: number }[]).reduce((sum, of) => sum + of.partitions, 0),
    ),
    historyStart: { where: "done", line: diff, flag: historyStart, sees: code, without: 0, with: 2 },
    now: {
      where: "done",
      line: "diff --dates 2023-02-07 --processor team_offense_game_summary",
      flag: now,
      sees: code,
      without: 0,
      with: 2,
    },
  },
  explain: {
    ...common("cold", "explain ml_feature_store 2023-02-07"),
    shallow: {
      where: "lost",
      line: "explain team_offense_game_summary 2022-12-31 --json",
      flag: "--shallow",
      sees: (observed) => /"state":"(\w+)"/.exec(observed.stdout)?.[1],
      without: "lost",
      with: "complete",
    },
    historyStart: {
      where: "cold",
      line: "explain ml_feature_store 2023-02-07",
      flag: "--history-start 2023-02-08",
      sees: says(/warm-up before 2023-02-08/),
      without: false,
      with: true,
    },
    now: {
      where: "cold",
      line: "explain ml_feature_store 2023-02-07",
      flag: now,
      sees: says(/in the future/),
      without: false,
      with: true,
    },
  },
  monitor: {
    ...common("cold", "monitor"),
    now: { where: "cold", line: "monitor --json", flag: now, sees: gameDates, without: 5, with: 3 },
    historyStart: {
      where: "cold",
      line: "monitor --json",
      flag: historyStart,
      sees: gameDates,
      without: 5,
      with: 3,
    },
    year: {
      where: "cold",
      line: "monitor --json",
      flag: "--year 2022",
      sees: gameDates,
      without: 5,
      with: 2,
    },
    processor: {
      where: "cold",
      line: "monitor --json",
      flag: "--processor ml_feature_store",
      sees: (observed) => Object.keys(json(observed).by_processor as object).length,
      without: 9,
      with: 1,
    },
    update: {
      where: "lost",
      line: "monitor",
      flag: "--update",
      sees: says(/backfill_progress is up to date/),
      without: false,
      with: true,
    },
  },
  runs: common("done", "runs"),
  "runs show": common("done", "runs show 20"),
  show: {
    ...common("done", show),
    // Six games on 2023-02-07, a row for each side.
    team: {
      where: "done",
      line: `${show} --csv`,
      flag: "--team BOS",
      sees: lines,
      without: 1 + 12,
      with: 1 + 1,
    },
    player: {
      where: "done",
      line: "show player_game_summary 2023-02-07 --csv",
      flag: "--player 9000022",
      sees: lines,
      without: 1 + 188,
      with: 1 + 1,
    },
    columns: {
      where: "done",
      line: `${show} --csv`,
      flag: "--columns team,pts",
      sees: ({ stdout }) => stdout.startsWith("team,pts\n"),
      without: false,
      with: true,
    },
    csv: {
      where: "done",
      line: show,
      flag: "--csv",
      sees: ({ stdout }) => [lines({ stdout } as Observed) === 1 + 12, stdout.split(",").length > 12 * 10],
      without: [false, false],
      with: [true, true],
    },
    historyStart: {
      where: "cold",
      line: show,
      flag: "--history-start 2023-02-08",
      sees: says(/2023-02-07 is warm-up before history/),
      without: false,
      with: true,
    },
    now: {
      where: "cold",
      line: show,
      flag: now,
      sees: says(/2023-02-07 is still to come/),
      without: false,
      with: true,
    },
  },
  status: {
    ...common("cold", "status"),
    historyStart: {
      where: "cold",
      line: "status --json",
      flag: historyStart,
      sees: gameDates,
      without: 5,
      with: 3,
    },
    now: { where: "cold", line: "status --json", flag: now, sees: gameDates, without: 5, with: 3 },
  },
};
