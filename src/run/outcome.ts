import type { DateFindings } from "../checks/staged.ts";
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
  const fault = keyFault(found) ?? contractFault(processor, found);
  if (fault) return fault;
  return processor.kind === "summary" ? judgeSummary(found) : judgeAsOf(found, missingGames);
}

function keyFault(found: DateFindings): Outcome | undefined {
  const faults: readonly [Reason, number, string][] = [
    ["keys_duplicate", found.duplicates, "rows share a key with another"],
    ["keys_missing", found.missing, "expected keys have no row"],
    ["keys_unexpected", found.unexpected, "rows have a key that nobody expected"],
  ];
  const fault = faults.find(([, count]) => count > 0);
  if (!fault) return undefined;
  const [reason, count, sentence] = fault;
  const example = found.example === null ? "" : `, such as ${found.example}`;
  return failed(reason, { count, example: found.example }, `${count} ${sentence}${example}`);
}

function contractFault(processor: Processor, found: DateFindings): Outcome | undefined {
  const broken = processor.rowChecks.find(
    (check) => check.severity === "block" && (found.violations[check.name] ?? 0) > 0,
  );
  if (!broken) return undefined;
  const count = found.violations[broken.name]!;
  return failed(
    "check_failed",
    { check: broken.name, rows: count },
    `${count} rows break ${broken.name} (${broken.sql})`,
  );
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

function judgeAsOf(found: DateFindings, missingGames: readonly string[]): Outcome {
  const teams = found.teamsWithoutListing;
  if (found.holes === 0 && teams.length === 0) return complete;
  return {
    status: "complete_with_exceptions",
    reason: found.holes > 0 ? "window_hole" : "no_listing",
    detail: {
      ...(found.holes > 0 ? { rows: found.holes, games: missingGames } : {}),
      ...(teams.length > 0 ? { teams_without_listing: teams } : {}),
    },
    exceptions: teams.length + (found.holes > 0 ? missingGames.length : 0),
    error: null,
  };
}
