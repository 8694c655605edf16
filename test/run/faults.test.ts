import { expect, test } from "vitest";
import { isFaultOfTheData, isOutOfMemory, isTransient } from "../../src/run/faults.ts";

type Kind = "data" | "memory" | "transient" | "stays";

/** Messages as DuckDB writes them. */
test.for<[Kind, string]>([
  ["data", "Conversion Error: Type DOUBLE with value inf can't be cast because the value is out of range"],
  ["data", "Out of Range Error: Overflow in multiplication of INT64 (5 * 9000000000000000000)!"],
  ["data", "Constraint Error: NOT NULL constraint failed: player_game_summary.points"],
  ["memory", "Out of Memory Error: failed to pin block of size 256.0 KiB (18.9 MiB/19.0 MiB used)"],
  ["memory", "TransactionContext Error: Failed to commit: could not allocate block of size 256.0 KiB"],
  ["transient", "TransactionContext Error: Conflict on tuple deletion!"],
  ["transient", 'IO Error: Could not read from file "w.duckdb": Input/output error'],
  [
    "stays",
    'TransactionContext Error: Failed to commit: Could not write file "w.duckdb.wal": No space left on device',
  ],
  [
    "stays",
    'TransactionContext Error: Failed to commit: Could not write file "w.duckdb.wal": File too large',
  ],
  ["stays", "Binder Error: Referenced column x not found in FROM clause!"],
  ["stays", "INTERRUPT Error: Interrupted!"],
])("%s: %s", ([kind, message]) => {
  const error = new Error(message);
  expect({
    data: isFaultOfTheData(error),
    memory: isOutOfMemory(error),
    transient: isTransient(error),
  }).toEqual({ data: kind === "data", memory: kind === "memory", transient: kind === "transient" });
});
