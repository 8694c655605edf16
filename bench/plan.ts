/**
 * What planning costs where history is long: 100,000 partitions, read from a file and planned, with nothing built yet and
 * with everything built and one date changed; beside a bare DuckDB that opens the same file and counts them.
 *
 *   bin/with-node bench/plan.ts [--rounds N] [--dates N]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { addDays, type GameDate } from "../src/dates.ts";
import { PROCESSORS } from "../src/processors/registry.ts";
import { VIEWS } from "../src/processors/views.ts";
import { inputHash } from "../src/progress/source-dates.ts";
import { writeInfo } from "../src/progress/store.ts";
import { readWorld } from "../src/run/world.ts";
import { TABLES } from "../src/tables.ts";
import { DuckDbWarehouse } from "../src/warehouse/duckdb/duckdb-warehouse.ts";
import { bareDuckDb, compare, ours } from "./processes.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    /** Nine partitions a date. */
    dates: { type: "string", default: "11112" },
  },
});

/** Seasons of 170 dates with a summer between them, from 1946 on. */
function gameDates(count: number): { date: GameDate; seasonYear: number }[] {
  const seasonYears = Array.from({ length: Math.ceil(count / 170) }, (_, index) => 1946 + index);
  const dates = seasonYears.flatMap((seasonYear) =>
    Array.from({ length: 170 }, (_, day) => ({
      date: addDays(`${seasonYear}-10-20` as GameDate, day),
      seasonYear,
    })),
  );
  return dates.slice(0, count);
}

const NOW = "2026-01-16T17:00:00Z";
const today = "2026-01-16" as GameDate;

/** A warehouse of that many dates with one game each: what planning reads of it, and no data. */
async function makeWarehouse(path: string, recorded: boolean): Promise<void> {
  const warehouse = await DuckDbWarehouse.open({ path });
  await warehouse.createTables(TABLES.values());
  await writeInfo(warehouse, { schema_version: "1" });
  const dates = gameDates(Number(values.dates));
  const stamp = NOW;
  await warehouse.insertRows(
    "nba_raw.schedule",
    dates.map(({ date, seasonYear }, index) => ({
      game_id: `bench-${index}`,
      season_year: seasonYear,
      season_type: "regular",
      game_date: date,
      asof_cutoff_at: stamp,
      asof_cutoff_kind: "tipoff",
      home_team: "BOS",
      away_team: "LAL",
      neutral_site: false,
      status: "final",
      source: "bench",
      loaded_at: stamp,
    })),
  );
  for (const { name } of VIEWS) {
    await warehouse.insertRows(
      "nba_backfill.source_dates",
      dates.map(({ date }, index) => ({
        view_name: name,
        source_date: date,
        fingerprint: `12:${index}00000000000000007`,
        changed_at: stamp,
      })),
    );
  }
  if (recorded) await recordAll(warehouse, stamp);
  await warehouse.close();
}

/** Everything done, and then one date of one view changed in the last season. */
async function recordAll(warehouse: DuckDbWarehouse, stamp: string): Promise<void> {
  const world = await readWorld(warehouse, PROCESSORS, { today });
  for (const processor of PROCESSORS) {
    await warehouse.insertRows(
      "nba_backfill.partitions",
      world.calendar.dates.map(({ date, seasonYear }) => {
        const inputs = world.sourceDates.inputsOf(processor, date, world.calendar);
        return {
          processor: processor.name,
          game_date: date,
          season_year: seasonYear,
          status: "complete",
          row_count: 300,
          exceptions: 0,
          input_hash: inputHash(inputs),
          inputs: JSON.stringify(inputs),
          engine: warehouse.engine,
          processor_version: world.versions.get(processor.name)!,
          run_id: "bench",
          attempt: 1,
          started_at: stamp,
          committed_at: stamp,
          duration_ms: 5,
        };
      }),
    );
  }
  const changed = world.calendar.dates.at(-100)!.date;
  await warehouse.execute(
    "UPDATE nba_backfill.source_dates SET fingerprint = '13:9' WHERE view_name = 'team_boxes' AND source_date = CAST(@changed AS DATE)",
    { changed },
  );
}

const folder = mkdtempSync(join(tmpdir(), "nba-backfill-plan-"));
try {
  const [cold, built] = [join(folder, "cold.duckdb"), join(folder, "built.duckdb")];
  await makeWarehouse(cold, false);
  await makeWarehouse(built, true);
  const plan = (name: string, warehouse: string) =>
    ours(name, "plan", "--warehouse", warehouse, "--now", NOW, "--chunk", "season");
  process.stdout.write(`partitions  ${Number(values.dates) * PROCESSORS.length}\n`);
  compare(
    [bareDuckDb(built), plan("plan, nothing built", cold), plan("plan, all built", built)],
    Number(values.rounds),
  );
} finally {
  rmSync(folder, { recursive: true });
}
