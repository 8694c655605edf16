import type { World } from "../../src/coverage/coverage.ts";
import type { GameDate } from "../../src/dates.ts";
import { type PlanOptions, planBackfill } from "../../src/plan/plan.ts";
import type { Processor } from "../../src/processors/processor.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { recordIngest } from "../../src/run/look.ts";
import { executeRun, type RunResult } from "../../src/run/run.ts";
import { readWorld } from "../../src/run/world.ts";
import type { Warehouse } from "../../src/warehouse/warehouse.ts";
import type { Fixture } from "../fixture.ts";
import { leagueOf } from "../oracle/league.ts";
import { warehouseOf } from "../oracle/stored.ts";

/** A fixture, or any other open warehouse of the league. */
interface Held {
  readonly warehouse: Warehouse;
}

/** The run's date, and the processors as they are in the code of the day. */
interface Present {
  readonly today?: GameDate;
  readonly elapsedMs?: () => number;
  readonly processors?: readonly Processor[];
}

/** The day after the last of the league's seasons. */
const END = "2023-03-01" as GameDate;
const now = "2023-03-01T12:00:00Z";

/** The league is no basketball: its rates break the row contracts, which are not what is tested here. */
export const unchecked: readonly Processor[] = PROCESSORS.map((processor) => ({
  ...processor,
  rowChecks: [],
}));

/** The league in a warehouse, nothing computed. */
export async function leagueWarehouse(): Promise<Fixture> {
  const fixture = await warehouseOf(leagueOf(7));
  await recordIngest(fixture.warehouse, now);
  return fixture;
}

/** Everything planning compares, what the tables hold included. */
export function worldOf(
  { warehouse }: Held,
  { today = END, processors = unchecked }: Present = {},
): Promise<World> {
  return readWorld(warehouse, processors, { today, deep: true });
}

/** Plans and executes; all dates where none are named. */
export async function run(
  { warehouse }: Held,
  {
    today = END,
    processors = unchecked,
    elapsedMs = () => performance.now(),
    ...options
  }: Partial<PlanOptions> & Present = {},
  dates?: readonly GameDate[],
): Promise<RunResult> {
  const world = await worldOf({ warehouse }, { today, processors });
  const plan = planBackfill(world, dates ? { dates } : {}, { chunk: "all", force: false, ...options });
  return executeRun(
    warehouse,
    world,
    plan,
    { claim: { runId: "run", host: "host", pid: 1 }, command: "run", selection: "{}" },
    {
      now: () => new Date(now),
      elapsedMs,
      sleep: async () => undefined,
      onEvent: () => undefined,
      stop: new AbortController().signal,
    },
  );
}

/** Every row of every table by its key and hash, and every state but what tells of the run itself. */
export async function contentOf({ warehouse }: Fixture): Promise<string[]> {
  const rows: string[] = [];
  for (const { table } of PROCESSORS) {
    for (const row of await warehouse.read(`SELECT game_date, row_hash FROM ${table} ORDER BY 1, 2`)) {
      rows.push(`${table} ${row.game_date} ${row.row_hash}`);
    }
  }
  for (const row of await warehouse.read(
    `SELECT processor, game_date, status, reason, row_count, expected_rows, content_fingerprint, input_hash
     FROM nba_backfill.partitions ORDER BY 1, 2`,
  )) {
    rows.push(JSON.stringify(row));
  }
  return rows;
}
