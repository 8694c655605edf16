import type { PartitionState } from "../../src/coverage/coverage.ts";
import type { Reason } from "../../src/progress/partition.ts";

/** A warehouse to do things to. */
export interface Place {
  /** Changes the file behind the program's back. */
  readonly sql: (...statements: string[]) => Promise<void>;
  readonly cli: (line: string) => Promise<void>;
  /** Runs a command line in which every statement of a processor makes this mistake in what it stages. */
  readonly mistaken: (line: string, mistake: (staging: string) => string) => Promise<void>;
}

/** How a partition gets into a state, what is said of it, and the command that gets it out. */
export interface Scenario {
  readonly state: PartitionState;
  readonly reason: Reason | null;
  readonly provoke: (place: Place) => Promise<void>;
  readonly processor: string;
  /** {@link DATE} where it does not say otherwise. */
  readonly date?: string;
  readonly detail: unknown;
  readonly why: RegExp;
  /** As printed; null where nothing is to be done. */
  readonly command: string | null;
  /** The raw file that PATH stands for. */
  readonly path?: string;
}

/** The last game date of the few there are: what happens to it touches no other. */
export const DATE = "2023-02-07";
export const on = `game_date = DATE '${DATE}'`;
/** The first of the date's six games, and a team in it. */
export const game = `(SELECT MIN(game_id) FROM nba_raw.schedule WHERE ${on})`;
/** One who scored in that game. */
export const scorer = `(SELECT MIN(player_id) FROM nba_raw.player_boxscores WHERE game_id = ${game} AND pts > 0)`;

export const offense = "team_offense_game_summary";
export const runAlone = (processor: string) => `nba-backfill run --processor ${processor} --dates ${DATE}`;
export const forced = (processor: string) => `run --processor ${processor} --dates ${DATE} --force`;
export const withRaw = (run: string) => `nba-backfill ingest PATH && ${run}`;
export const forget = (processor: string) =>
  `DELETE FROM nba_backfill.partitions WHERE processor = '${processor}' AND ${on}`;
