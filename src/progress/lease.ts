import { BackfillError } from "../errors.ts";
import { tableOf } from "../tables.ts";
import type { Reader, Warehouse } from "../warehouse/warehouse.ts";

/** Who writes: one run at a time. A later holder has a higher fence, and a commit with a lower one is refused. */
export interface Lease {
  readonly holder: string;
  readonly fence: number;
}

export interface LeaseClaim {
  readonly runId: string;
  readonly host: string;
  readonly pid: number;
}

/**
 * Takes the lease. On DuckDB the file itself keeps other writers out, so whatever row stands there is of a run that
 * is gone.
 */
export async function takeLease(warehouse: Warehouse, claim: LeaseClaim, now: string): Promise<Lease> {
  return warehouse.transaction(async () => {
    const fence = (await currentFence(warehouse)) + 1;
    await warehouse.replaceRows(tableOf("nba_backfill.lease"), [
      {
        name: "writer",
        holder: claim.runId,
        host: claim.host,
        pid: claim.pid,
        fence,
        acquired_at: now,
        heartbeat_at: now,
      },
    ]);
    return { holder: claim.runId, fence };
  });
}

/** The holder that never gave its lease back; call it where the engine says that nobody else writes. */
export async function leftBehind(
  reader: Reader,
): Promise<{ readonly holder: string; readonly host: string; readonly pid: number } | undefined> {
  const [row] = await reader.read<{ holder: string; host: string; pid: number }>(
    "SELECT holder, host, pid FROM nba_backfill.lease WHERE name = 'writer' AND holder <> ''",
  );
  return row;
}

/** Asserts within a commit's transaction that the lease is still ours, and gives a sign of life. */
export async function renewLease(warehouse: Warehouse, lease: Lease, now: string): Promise<void> {
  if ((await currentFence(warehouse)) !== lease.fence) {
    throw new BackfillError(
      "lease-held",
      `another run has taken over the lease of ${lease.holder}; nothing more is written`,
    );
  }
  await warehouse.execute(
    "UPDATE nba_backfill.lease SET heartbeat_at = CAST(@now AS TIMESTAMP) WHERE name = 'writer'",
    {
      now,
    },
  );
}

/** Keeps the row, so that the fence goes on growing, with nobody holding it. */
export async function releaseLease(warehouse: Warehouse, lease: Lease): Promise<void> {
  await warehouse.execute(
    "UPDATE nba_backfill.lease SET holder = '' WHERE name = 'writer' AND fence = @fence",
    {
      fence: lease.fence,
    },
  );
}

async function currentFence(reader: Reader): Promise<number> {
  const [row] = await reader.read<{ fence: number }>(
    "SELECT fence FROM nba_backfill.lease WHERE name = 'writer'",
  );
  return row?.fence ?? 0;
}
