import type { DateFindings } from "../checks/staged.ts";
import { counted } from "../counted.ts";
import type { Processor } from "../processors/processor.ts";
import type { PartitionRecord, Reason } from "../progress/partition.ts";

/** What becomes of one partition, decided from what was found in its staged rows. */
export interface Outcome {
  readonly status: PartitionRecord["status"];
  readonly reason: Reason | null;
  readonly detail: object | null;
  readonly exceptions: number;
  readonly error: string | null;
}

const complete: Outcome = { status: "complete", reason: null, detail: null, exceptions: 0, error: null };

/**
 * @param missingGames final games of the season before the date that have no summary: what a window with a hole lacks
 */
export function judge(processor: Processor, found: DateFindings, missingGames: readonly string[]): Outcome {
  const fault = keyFault(found) ?? referenceFault(processor, found) ?? contractFault(found);
  if (fault) return fault;
  return withSetAside(
    processor.kind === "summary" ? judgeSummary(found) : judgeAsOf(found, missingGames),
    found,
  );
}

/** Faults of keys, of what the rows refer to, and too many broken rows keep the whole partition out of its table. */
function keyFault(found: DateFindings): Outcome | undefined {
  const faults: readonly [Reason, (count: number) => string][] = [
    ["keys_duplicate", (rows) => `${counted(rows, "row")} with the key of another`],
    ["keys_missing", (keys) => `${counted(keys, "expected key")} without a row`],
    ["keys_unexpected", (rows) => `${counted(rows, "row")} with a key that nobody expected`],
  ];
  const fault = faults.find(([reason]) => found.failures[reason]);
  if (!fault) return undefined;
  const [reason, sentence] = fault;
  const { found: count, example } = found.failures[reason]!;
  return failed(reason, { count, example }, `${sentence(count)}${suchAs(example)}`);
}

function referenceFault(processor: Processor, found: DateFindings): Outcome | undefined {
  const broken = processor.references.find(
    ({ name, severity }) => severity === "block" && found.failures[name],
  );
  if (!broken) return undefined;
  const { found: count, example } = found.failures[broken.name]!;
  return failed(
    "check_failed",
    { check: broken.name, rows: count, example },
    `${breaking(count, counted(count, "row"))} ${broken.name}: ${broken.table} does not hold what ${count === 1 ? "it refers" : "they refer"} to${suchAs(example)}`,
  );
}

/** Largest share of a partition's rows that may be set aside. */
const SET_ASIDE_AT_MOST = 0.02;

function contractFault({ rows, broken }: DateFindings): Outcome | undefined {
  if (broken.length <= SET_ASIDE_AT_MOST * rows) return undefined;
  const checks = [...new Set(broken.flatMap((row) => row.checks))];
  return failed(
    "check_failed",
    { checks, rows: broken.length, example: broken[0]!.key },
    `${breaking(broken.length, `${broken.length} of ${counted(rows, "row")}`)} ${checks.join(", ")}${suchAs(broken[0]!.key)}: more than 2 %`,
  );
}

function breaking(count: number, rows: string): string {
  return `${rows} ${count === 1 ? "breaks" : "break"}`;
}

function suchAs(example: string | null): string {
  return example === null ? "" : `, such as ${example}`;
}

/** Rows named in a state's detail; nba_backfill.exceptions has them all. */
const ROWS_NAMED = 20;

/** What is done otherwise is done but for these rows. */
function withSetAside(outcome: Outcome, { broken }: DateFindings): Outcome {
  if (broken.length === 0) return outcome;
  const rows = broken.slice(0, ROWS_NAMED).map(({ key, checks }) => ({ key, checks }));
  return {
    ...outcome,
    status: outcome.status === "complete" ? "complete_with_exceptions" : outcome.status,
    reason: outcome.reason ?? "rows_set_aside",
    detail: { ...outcome.detail, rows_set_aside: rows, rows_set_aside_total: broken.length },
    exceptions: outcome.exceptions + broken.length,
  };
}

function failed(reason: Reason, detail: object, error: string): Outcome {
  return { status: "failed", reason, detail, exceptions: 0, error };
}

function judgeSummary(found: DateFindings): Outcome {
  const { games, unfinished, finalGames } = found;
  if (finalGames > 0 && games.length === finalGames && unfinished.length === 0) {
    return {
      ...complete,
      status: "blocked",
      reason: reasonOf(games),
      detail: { games },
      exceptions: games.length,
    };
  }
  if (unfinished.length > 0) {
    return {
      ...complete,
      status: "not_final",
      reason: "games_not_over",
      detail: { games: unfinished, set_aside: games },
    };
  }
  if (games.length > 0) {
    return {
      ...complete,
      status: "incomplete",
      reason: reasonOf(games),
      detail: { games },
      exceptions: games.length,
    };
  }
  return complete;
}

function reasonOf(games: DateFindings["games"]): Reason {
  return games.some((game) => game.problem === "raw_missing") ? "raw_missing" : "games_set_aside";
}

/** Rows whose window of the current season lacks games. */
export function holesIn(found: DateFindings): number {
  return found.failures.window_holes?.found ?? 0;
}

function judgeAsOf(found: DateFindings, missingGames: readonly string[]): Outcome {
  const teams = found.teamsWithoutListing;
  const holes = holesIn(found);
  if (holes === 0 && teams.length === 0) return complete;
  return {
    status: "complete_with_exceptions",
    reason: holes > 0 ? "window_hole" : "no_listing",
    detail: {
      ...(holes > 0 ? { rows: holes, games: missingGames } : {}),
      ...(teams.length > 0 ? { teams_without_listing: teams } : {}),
    },
    exceptions: teams.length + (holes > 0 ? missingGames.length : 0),
    error: null,
  };
}
