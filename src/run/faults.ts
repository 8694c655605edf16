import { messageOf } from "../errors.ts";

/** Errors that a value of some date causes; any other would meet every date: the disk, the statement itself. */
export function isFaultOfTheData(error: unknown): boolean {
  return /^(Constraint|Conversion|Out of Range|Invalid Input) Error/.test(messageOf(error));
}

/** Fewer dates at once take less; within a commit DuckDB calls it by another name. */
export function isOutOfMemory(error: unknown): boolean {
  return /^Out of Memory Error|(failed to|could not) (allocate|pin) /.test(messageOf(error));
}

/** How long a fault that may pass is waited for before each further try. */
export const RETRY_WAITS_MS = [200, 1000, 5000];

/** The disk or a lock, for a moment; a full disk stays full. */
export function isTransient(error: unknown): boolean {
  const message = messageOf(error);
  const stays = /No space left|File too large|quota exceeded|Read-only file system/i.test(message);
  return /^(IO|TransactionContext) Error/.test(message) && !stays && !isOutOfMemory(error);
}
