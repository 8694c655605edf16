export const CODES = [0, 1, 2, 3, 4, 130] as const;
export type Code = (typeof CODES)[number];

/**
 * Where a command line runs: `empty` has no warehouse, `text` a file that is none, `cold` raw data alone, `done` all of it
 * built, `edited` a row of that changed, `held` is one that another process writes to.
 */
export type Where = "empty" | "text" | "cold" | "done" | "edited" | "held";

/** A command line that leaves with the code. */
export interface Row {
  readonly where: Where;
  readonly line: string;
  readonly says: RegExp;
  /** Ctrl-C comes when the command says this. */
  readonly interruptedAt?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Why a command never leaves with a code. */
type Never = string;

const READS = "reads only: a shell says 130 for it as for any program that Ctrl-C ends";
const TELLS = "tells how things are, whatever they are; coverage and gaps have --fail-on-gaps";
const STATE = "reads the recorded state, which a holder of the warehouse does not keep to itself";

const wrong = (command: string, line = `${command} --nope`): Row => ({
  where: "done",
  line,
  says: /unknown option '--nope'/,
});
const none = (line: string): Row => ({ where: "empty", line, says: /no warehouse nba-backfill.duckdb/ });
const held = (line: string): Row => ({
  where: "held",
  line,
  says: /^nba-backfill: run \S+ \(.*, pid \d+\) has held nba-backfill.duckdb since/,
});
const stopped = (line: string): Row => ({
  where: "cold",
  line,
  says: /Stopping after the chunk under way/,
  interruptedAt: "player_game_summary 2022-12-30",
});

/** A row, or why there is none, for every command and code. */
export const ROWS: Readonly<Record<string, Readonly<Record<Code, Row | Never>>>> = {
  adopt: {
    0: { where: "done", line: "adopt", says: /Nothing to adopt/ },
    1: "needs rows that no run recorded: test/slow/adopt.test.ts",
    2: { where: "done", line: "adopt nobody", says: /no processor nobody/ },
    3: none("adopt"),
    4: held("adopt"),
    130: "one commit: Ctrl-C ends it before or after, and the next run takes over its lease",
  },
  cancel: {
    0: "needs a run under way: a test of its own below",
    1: "asks, and has no part in how the run ends",
    2: { where: "done", line: "cancel", says: /no run is under way/ },
    3: none("cancel"),
    4: "what it cannot cancel is no run: 2",
    130: READS,
  },
  check: {
    0: { where: "done", line: "check --dates 2023-02-07", says: /^Sound: / },
    1: { where: "edited", line: "check player_game_summary", says: /points_from_makes \(block\): \d+ rows/ },
    2: { where: "done", line: "check --year 2020", says: /no game dates in/ },
    3: none("check"),
    4: held("check"),
    130: READS,
  },
  coverage: {
    0: { where: "cold", line: "coverage", says: /missing/ },
    1: { where: "cold", line: "coverage --fail-on-gaps", says: /missing/ },
    2: wrong("coverage"),
    3: none("coverage"),
    4: STATE,
    130: READS,
  },
  demo: {
    0: "takes a minute: test/slow/demo.test.ts",
    1: "its data are whole",
    2: { where: "empty", line: "demo --seed x", says: /not a number/ },
    3: { where: "text", line: "demo --warehouse text.duckdb", says: /not a valid DuckDB database/ },
    4: { where: "done", line: "demo", says: /holds other data than the demo's/ },
    130: "takes half a minute to begin: the run in it is the one of 'run'",
  },
  diff: {
    0: { where: "done", line: "diff --dates 2023-02-07 --processor player_game_summary", says: /^Equal: / },
    1: {
      where: "edited",
      line: "diff --dates 2023-02-07 --processor player_game_summary",
      says: /pts/,
    },
    2: { where: "done", line: "diff --year 2020", says: /no game dates in/ },
    3: none("diff"),
    4: held("diff"),
    130: READS,
  },
  explain: {
    0: { where: "cold", line: "explain ml_feature_store 2023-02-07", says: /never run/ },
    1: TELLS,
    2: { where: "cold", line: "explain ml_feature_store soon", says: /soon is not a date/ },
    3: none("explain ml_feature_store 2023-02-07"),
    4: STATE,
    130: READS,
  },
  gaps: {
    0: { where: "cold", line: "gaps", says: /nba-backfill run/ },
    1: { where: "cold", line: "gaps --fail-on-gaps", says: /nba-backfill run/ },
    2: wrong("gaps"),
    3: none("gaps"),
    4: STATE,
    130: READS,
  },
  ingest: {
    0: { where: "empty", line: "ingest RAW/schedule.csv", says: /schedule/ },
    1: { where: "empty", line: "ingest nba-cdn --from broken-feed", says: /boxscore_0022200990.json/ },
    2: { where: "empty", line: "ingest nowhere", says: /nothing at nowhere/ },
    3: {
      where: "text",
      line: "ingest RAW/schedule.csv --warehouse text.duckdb",
      says: /not a valid DuckDB database/,
    },
    4: held("ingest RAW/schedule.csv"),
    130: "loads all or nothing: a shell says 130 for it as for any program that Ctrl-C ends",
  },
  job: {
    0: { where: "done", line: "job precompute/ml_feature_store", says: /Nothing to do|0 partitions/ },
    1: { where: "cold", line: "job precompute/ml_feature_store", says: /blocked/ },
    2: { where: "done", line: "job analytics/ml_feature_store", says: /its name is precompute/ },
    3: none("job analytics/player_game_summary"),
    4: held("job analytics/player_game_summary"),
    // In one chunk, which Ctrl-C lets it finish, it would be complete.
    130: { ...stopped("job analytics/player_game_summary"), env: { NBA_BACKFILL_CHUNK: "day" } },
  },
  monitor: {
    0: { where: "cold", line: "monitor", says: /0 of 5 game dates complete/ },
    1: TELLS,
    2: wrong("monitor"),
    3: none("monitor"),
    4: held("monitor --update"),
    130: {
      where: "cold",
      line: "monitor --watch --update",
      says: /is up to date/,
      interruptedAt: "is up to date",
    },
  },
  phase: {
    0: { where: "done", line: "phase 4 --year 2022", says: /every input of the selected dates is there/ },
    1: { where: "cold", line: "phase 4 --year 2022", says: /which blocks them/ },
    2: { where: "done", line: "phase 4", says: /name a --year, or a --start-date and an --end-date/ },
    3: none("phase 3 --year 2022"),
    4: held("phase 3 --year 2022"),
    130: stopped("phase 3 --year 2022"),
  },
  plan: {
    0: { where: "cold", line: "plan", says: /45 partitions to build/ },
    1: "a plan may hold what will be blocked: the run of it judges",
    2: { where: "cold", line: "plan --year 2020", says: /no game dates in/ },
    3: none("plan"),
    4: STATE,
    130: READS,
  },
  run: {
    0: { where: "done", line: "run", says: /Nothing to do|0 partitions/ },
    1: { where: "cold", line: "run --phase 4", says: /blocked/ },
    2: { where: "cold", line: "run --processor nobody", says: /no processor nobody/ },
    3: none("run"),
    4: held("run"),
    130: stopped("run --chunk day"),
  },
  runs: {
    0: { where: "done", line: "runs", says: /complete/ },
    1: TELLS,
    2: wrong("runs"),
    3: none("runs"),
    4: STATE,
    130: READS,
  },
  "runs show": {
    0: { where: "done", line: "runs show 20", says: /complete/ },
    1: TELLS,
    2: { where: "done", line: "runs show nothing", says: /there is no run nothing/ },
    3: none("runs show 20"),
    4: STATE,
    130: READS,
  },
  show: {
    0: { where: "done", line: "show player_game_summary 2023-02-07", says: /rows/ },
    1: TELLS,
    2: { where: "done", line: "show player_game_summary soon", says: /soon is not a date/ },
    3: none("show player_game_summary 2023-02-07"),
    4: held("show player_game_summary 2023-02-07"),
    130: READS,
  },
  status: {
    0: { where: "cold", line: "status", says: /missing/ },
    1: TELLS,
    2: wrong("status"),
    3: none("status"),
    4: STATE,
    130: READS,
  },
};
