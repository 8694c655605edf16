/** What the caller must fix. Things that happen during a run are rows in its result, never one of these. */
export type ErrorCode =
  | "usage"
  | "config-invalid"
  | "unknown-processor"
  | "range-invalid"
  | "input-invalid"
  | "mapping-invalid"
  | "feed-unavailable"
  | "warehouse-missing"
  | "warehouse-unavailable"
  | "warehouse-newer"
  | "warehouse-busy"
  | "unknown-run"
  | "plan-refused"
  | "lease-held"
  | "foreign-table"
  | "foreign-data"
  | "interrupted"
  | "sql-rejected"
  | "cost-cap";

/** Exit codes, one table for every command (README.md). */
export const EXIT = {
  complete: 0,
  notAllDone: 1,
  usage: 2,
  unavailable: 3,
  refused: 4,
  interrupted: 130,
} as const;

const exitCodeOf: Record<ErrorCode, number> = {
  usage: EXIT.usage,
  "config-invalid": EXIT.usage,
  "unknown-processor": EXIT.usage,
  "range-invalid": EXIT.usage,
  "input-invalid": EXIT.usage,
  "mapping-invalid": EXIT.usage,
  "feed-unavailable": EXIT.notAllDone,
  "warehouse-missing": EXIT.unavailable,
  "warehouse-unavailable": EXIT.unavailable,
  "warehouse-newer": EXIT.unavailable,
  "warehouse-busy": EXIT.unavailable,
  "unknown-run": EXIT.usage,
  "plan-refused": EXIT.refused,
  interrupted: EXIT.interrupted,
  "sql-rejected": EXIT.notAllDone,
  "lease-held": EXIT.refused,
  "foreign-table": EXIT.refused,
  "foreign-data": EXIT.refused,
  "cost-cap": EXIT.refused,
};

/** One clear line for the user, with a closed code that decides the exit code. */
export class BackfillError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "BackfillError";
    this.code = code;
  }

  get exitCode(): number {
    return exitCodeOf[this.code];
  }
}

/** A table that somebody has dropped, and what makes it again. */
export function noTable(id: string, cause?: unknown): BackfillError {
  const then = id.startsWith("nba_raw.")
    ? "'nba-backfill ingest PATH' makes it again and fills it"
    : "'nba-backfill run' makes it again and builds what it held";
  return new BackfillError("warehouse-unavailable", `the warehouse has no table ${id} any more: ${then}`, {
    cause,
  });
}

/** The message of anything thrown, on one line. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split("\n")[0] ?? text;
}
