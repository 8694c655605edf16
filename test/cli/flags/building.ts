import { code, common, engine, type Flags, json, type Observed, says, selection } from "./flag.ts";

const planned = (observed: Observed) => json(observed).partitions;
const done = (observed: Observed) => json(observed).done;
const chunks = (observed: Observed) => (json(observed).steps as { chunks: unknown[] }[])[0]!.chunks.length;

const historyStart = "--history-start 2023-01-01";
/** 2023-01-02 and 02-07 are to come. */
const now = "--now 2023-01-01T12:00:00Z";
const ONE = "--processor team_offense_game_summary";

/** What `plan` and a dry run of `run` select, of a world with nothing built. */
function planning(line: string): Flags {
  const of = { where: "cold", line: `${line} --json`, sees: planned, without: 45 } as const;
  const built = { where: "done", line: `${line} ${ONE} --json`, sees: planned, without: 0 } as const;
  return {
    ...selection("cold", `${line} --json`, planned),
    // As warm-up the dates before keep the three tables that describe the games of their date.
    historyStart: { ...of, flag: historyStart, with: 3 * 9 + 2 * 3 },
    now: { ...of, flag: now, with: 3 * 9 },
    limit: { ...of, flag: "--limit 2", with: 2 * 9 },
    chunk: {
      where: "cold",
      line: `${line} --json`,
      flag: "--chunk month",
      sees: chunks,
      without: 1,
      with: 3,
    },
    force: { ...built, flag: "--force", with: 5 },
    resume: { ...built, flag: "--no-resume", with: 5 },
    deep: { ...built, where: "edited", flag: "--deep", with: 1 },
  };
}

export const BUILDING: Readonly<Record<string, Flags>> = {
  plan: {
    ...planning("plan"),
    ...common("cold", "plan"),
    ...engine("cold", "plan"),
    out: {
      where: "cold",
      line: "plan",
      flag: "--out plan.json",
      sees: ({ file }) => file("plan.json")?.startsWith('{"format":"nba-backfill plan 1"'),
      without: undefined,
      with: true,
    },
  },
  run: {
    ...planning("run --dry-run"),
    ...common("cold", `run ${ONE}`),
    ...engine("cold", `run ${ONE}`),
    dryRun: {
      where: "cold",
      line: `run ${ONE} --json`,
      flag: "--dry-run",
      sees: (observed) => [done(observed), planned(observed)],
      without: [5, undefined],
      with: [undefined, 5],
    },
    plan: {
      where: "cold",
      line: "run --json",
      flag: "--plan plan-of-one-date.json",
      sees: done,
      without: 45,
      with: 9,
    },
    failFast: {
      where: "broken",
      line: "run --processor player_game_summary --chunk day --json",
      flag: "--fail-fast",
      sees: done,
      without: 4,
      with: 0,
    },
    events: {
      where: "cold",
      line: `run ${ONE}`,
      flag: "--events events.jsonl",
      sees: ({ file }) => file("events.jsonl")?.split("\n").map(typeOf),
      without: undefined,
      with: ["run-started", "step-started", "chunk-committing", "chunk-committed", "run-finished", undefined],
    },
  },
  phase: {
    ...common("cold", "phase 3 --year 2022 --dry-run"),
    ...engine("cold", "phase 3 --year 2022 --dry-run"),
    year: {
      where: "cold",
      line: "phase 3 --start-date 2022-12-30 --end-date 2023-02-07 --dry-run --json",
      flag: "--year 2023",
      sees: planned,
      without: 5 * 5,
      with: 3 * 5,
    },
    startDate: {
      where: "cold",
      line: "phase 3 --year 2023 --dry-run --json",
      flag: "--start-date 2023-01-02",
      sees: planned,
      without: 3 * 5,
      with: 2 * 5,
    },
    endDate: {
      where: "cold",
      line: "phase 3 --year 2023 --dry-run --json",
      flag: "--end-date 2023-01-01",
      sees: planned,
      without: 3 * 5,
      with: 5,
    },
    dryRun: {
      where: "cold",
      line: "phase 3 --start-date 2023-02-07 --end-date 2023-02-07 --json",
      flag: "--dry-run",
      sees: (observed) => [done(observed), planned(observed)],
      without: [5, undefined],
      with: [undefined, 5],
    },
    now: {
      where: "cold",
      line: "phase 3 --year 2023 --dry-run --json",
      flag: now,
      sees: planned,
      without: 3 * 5,
      with: 5,
    },
    historyStart: {
      where: "cold",
      line: "phase 3 --year 2022 --dry-run --json",
      flag: "--history-start 2022-12-31",
      sees: planned,
      without: 2 * 5,
      // The day before is warm-up: its three summaries.
      with: 5 + 3,
    },
    sequential: {
      where: "done",
      line: "phase 3 --year 2022",
      flag: "--sequential",
      sees: says(/one after the other/),
      without: false,
      with: true,
    },
    skipValidation: {
      where: "cold",
      line: "phase 4 --year 2022 --dry-run",
      flag: "--skip-validation",
      sees: says(/Phase 3 validation/),
      without: true,
      with: false,
    },
  },
  job: {
    ...common("cold", "job analytics/team_offense_game_summary --dry-run"),
    ...engine("cold", "job analytics/team_offense_game_summary --dry-run"),
    ...dates("job precompute/player_shot_zone_analysis --dry-run --json"),
    limit: {
      where: "cold",
      line: "job precompute/player_shot_zone_analysis --dry-run --json",
      flag: "--limit 3",
      sees: planned,
      without: 5,
      with: 3,
    },
    historyStart: {
      where: "cold",
      // It looks back on nothing, so that no warm-up stands in for what no longer counts.
      line: "job analytics/team_offense_game_summary --dry-run --json",
      flag: historyStart,
      sees: planned,
      without: 5,
      with: 3,
    },
    now: {
      where: "cold",
      line: "job analytics/upcoming_team_game_context --dry-run --json",
      flag: now,
      sees: planned,
      without: 5,
      with: 3,
    },
    dryRun: {
      where: "cold",
      line: "job analytics/team_offense_game_summary --json",
      flag: "--dry-run",
      sees: (observed) => [done(observed), planned(observed)],
      without: [5, undefined],
      with: [undefined, 5],
    },
    resume: {
      where: "done",
      line: "job analytics/team_offense_game_summary --json",
      flag: "--no-resume",
      sees: done,
      without: 0,
      with: 5,
    },
    list: {
      where: "empty",
      line: "job",
      flag: "--list",
      sees: (observed) => [code(observed), observed.stdout.split("\n").filter(isJobName).length],
      without: [2, 0],
      with: [0, 9],
    },
    status: {
      where: "cold",
      line: "job analytics/team_offense_game_summary",
      flag: "--status",
      sees: says(/^0 of 5 game dates complete/),
      without: false,
      with: true,
    },
  },
};

/** The options of a job that select dates. */
function dates(line: string): Flags {
  const of = { where: "cold", line, sees: planned, without: 5 } as const;
  return {
    startDate: { ...of, flag: "--start-date 2023-01-02", with: 2 },
    endDate: { ...of, flag: "--end-date 2023-01-01", with: 3 },
    dates: { ...of, flag: "--dates 2022-12-31,2023-02-07", with: 2 },
  };
}

function isJobName(line: string): boolean {
  return /^(analytics|precompute)\/\w+$/.test(line);
}

function typeOf(line: string): unknown {
  return line === "" ? undefined : (JSON.parse(line) as { type: string }).type;
}
