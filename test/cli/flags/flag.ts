import type { Engine } from "../engine.ts";
import type { Outcome } from "../in-process.ts";

/** What a command line did: what it printed, its exit code, how it set the engine, what lies in its folder. */
export interface Observed extends Outcome {
  readonly engine: Engine | undefined;
  /** The text of a file of the folder; undefined where there is none. */
  readonly file: (name: string) => string | undefined;
}

/** `cold`: raw data alone; `done`: all built; `lost`: a partition deleted; `edited`: a partition's rows changed; `unrecorded`: all built, by nobody we know; `odd`: a row that a check warns of; `broken`: raw rows of 2022-12-30 that no check lets pass. */
export type Where = "empty" | "cold" | "done" | "lost" | "edited" | "unrecorded" | "odd" | "broken";

/** A flag and the difference it makes to a command line. */
export interface Flag {
  readonly where: Where;
  readonly line: string;
  /** The flag with its value. */
  readonly flag: string;
  readonly sees: (observed: Observed) => unknown;
  readonly without: unknown;
  readonly with: unknown;
}

/** Flags by the names of the declared options. */
export type Flags = Readonly<Record<string, Flag>>;

export const json = ({ stdout }: Observed) => JSON.parse(stdout) as Record<string, unknown>;
const isJson = ({ stdout }: Observed) => /^\{.*\}\n$/s.test(stdout);
export const code = (observed: Observed) => observed.code;
export const says = (words: RegExp) => (observed: Observed) => words.test(observed.stdout + observed.stderr);

/** Flags that every command has which reads a warehouse. */
export function common(where: Where, line: string): Flags {
  return {
    json: { where, line, flag: "--json", sees: isJson, without: false, with: true },
    warehouse: { where, line, flag: "--warehouse elsewhere.duckdb", sees: code, without: 0, with: 3 },
  };
}

/** Flags that set the engine, as the engine itself says they are set. */
export function engine(where: Where, line: string): Flags {
  return {
    threads: {
      where,
      line: `${line} --threads 1`,
      flag: "--threads 3",
      sees: (observed) => observed.engine?.threads,
      without: 1,
      with: 3,
    },
    // 2 GB and 1 GB (1000 to the third) in DuckDB's words, which count by 1024.
    memory: {
      where,
      line,
      flag: "--memory 1GB",
      sees: (observed) => observed.engine?.memory,
      without: "1.8 GiB",
      with: "953.6 MiB",
    },
  };
}

/**
 * The options that select partitions, of a command that shows how many it selected. The world has nine processors on
 * 2022-12-30, 12-31, 2023-01-01, 01-02 and 02-07.
 */
export function selection(where: Where, line: string, count: (observed: Observed) => unknown): Flags {
  const flag = (text: string, selected: number) => ({
    where,
    line,
    flag: text,
    sees: count,
    without: 45,
    with: selected,
  });
  return {
    startDate: flag("--start-date 2023-01-02", 2 * 9),
    endDate: flag("--end-date 2023-01-01", 3 * 9),
    dates: flag("--dates 2022-12-31,2023-02-07", 2 * 9),
    year: flag("--year 2023", 3 * 9),
    // None of the dates is of that season.
    season: { where, line, flag: "--season 2021-22", sees: empty(count), without: false, with: true },
    phase: flag("--phase 4", 5 * 4),
    processor: flag("--processor ml_feature_store,player_game_summary", 5 * 2),
  };
}

/** Nothing selected: nothing counted, or a refusal. */
function empty(count: (observed: Observed) => unknown): (observed: Observed) => boolean {
  return (observed) => observed.code === 2 || count(observed) === 0;
}
