import type { Calendar } from "../calendar.ts";
import type { GameDate } from "../dates.ts";
import { PROCESSOR_NAMES, type ProcessorName } from "../processors/processor.ts";
import { onDates } from "../statements/date-list.ts";
import { tableOf } from "../tables.ts";
import type { Reader, Warehouse } from "../warehouse/warehouse.ts";

/** Phase 3 are the five analytics processors, Phase 4 the four precompute ones. */
const phases: readonly (readonly [number, readonly ProcessorName[]])[] = [
  [3, PROCESSOR_NAMES.slice(0, 5)],
  [4, PROCESSOR_NAMES.slice(5)],
];

/** What is recorded as done and yet is not done: its inputs are others by now, its rows are gone, or it waits for such. */
type NotDone = ReadonlyMap<ProcessorName, readonly GameDate[]>;

/** Rows in a processor's table by date, where they are not as many as recorded. */
export type RowsFound = ReadonlyMap<ProcessorName, ReadonlyMap<GameDate, number>>;

/**
 * Derives the rows of nba_backfill.backfill_progress for game dates from history_start on, in the range, from
 * partitions and the schedule; rows before history go. Notes of the others survive. Call it in the transaction that
 * changes the partitions, or what they read.
 */
export async function refreshProgress(
  warehouse: Warehouse,
  range: { readonly first: GameDate; readonly last: GameDate },
  historyStart: GameDate,
  now: string,
  notDone: NotDone,
  found: RowsFound = new Map(),
): Promise<void> {
  const parameters = {
    first: range.first < historyStart ? historyStart : range.first,
    last: range.last,
    start: historyStart,
    now,
  };
  const isDone = PROCESSOR_NAMES.map(
    (name) => `COALESCE(LOGICAL_OR(p.processor = '${name}' AND p.is_done), FALSE) AS ${name}`,
  );
  const rows = PROCESSOR_NAMES.map((name) => `${rowsOf(name, found.get(name))} AS ${name}_rows`);
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE progress_rows AS
WITH games AS (
  SELECT game_date, MIN(season_year) AS season_year, MAX(season_type) AS season_type, COUNT(*) AS games
  FROM nba_raw.schedule
  WHERE season_type IN ('regular', 'cup_final', 'play_in', 'playoffs') AND status NOT IN ('postponed', 'cancelled')
    AND game_date BETWEEN CAST(@first AS DATE) AND CAST(@last AS DATE)
  GROUP BY game_date
),
states AS (
  SELECT p.*, p.status IN ('complete', 'complete_with_exceptions') AND NOT (${isAmong(notDone, range)}) AS is_done
  FROM nba_backfill.partitions AS p
  WHERE p.game_date BETWEEN CAST(@first AS DATE) AND CAST(@last AS DATE)
),
latest_errors AS (
  SELECT game_date, error, committed_at FROM nba_backfill.partitions
  WHERE error IS NOT NULL
  QUALIFY ROW_NUMBER() OVER (PARTITION BY game_date ORDER BY committed_at DESC, processor) = 1
),
latest_runs AS (
  SELECT game_date, run_id FROM nba_backfill.partitions
  QUALIFY ROW_NUMBER() OVER (PARTITION BY game_date ORDER BY committed_at DESC, processor) = 1
)
SELECT games.game_date, games.season_year, games.season_type, games.games,
  ${[...isDone, ...rows].join(",\n  ")},
  ${phases.map(([phase, names]) => `${phaseDone(names)} AS phase${phase}_complete`).join(",\n  ")},
  ${phases.map(([phase, names]) => phaseTimes(phase, names)).join(",\n  ")},
  CAST(COUNTIF(p.status = 'failed') AS INT64) AS error_count,
  MIN(latest_errors.error) AS last_error, MIN(latest_errors.committed_at) AS last_error_at,
  CAST(COALESCE(SUM(p.exceptions), 0) AS INT64) AS exceptions,
  MIN(held.notes) AS notes, MIN(latest_runs.run_id) AS run_id, CAST(@now AS TIMESTAMP) AS updated_at
FROM games
LEFT JOIN states AS p ON p.game_date = games.game_date
LEFT JOIN latest_errors ON latest_errors.game_date = games.game_date
LEFT JOIN latest_runs ON latest_runs.game_date = games.game_date
LEFT JOIN nba_backfill.backfill_progress AS held ON held.game_date = games.game_date
GROUP BY games.game_date, games.season_year, games.season_type, games.games`,
    parameters,
  );
  await warehouse.execute(
    `DELETE FROM nba_backfill.backfill_progress
     WHERE game_date BETWEEN CAST(@first AS DATE) AND CAST(@last AS DATE) OR game_date < CAST(@start AS DATE)`,
    parameters,
  );
  const columns = tableOf("nba_backfill.backfill_progress")
    .columns.map(({ name }) => name)
    .join(", ");
  await warehouse.execute(
    `INSERT INTO nba_backfill.backfill_progress (${columns}) SELECT ${columns} FROM progress_rows`,
  );
}

/** Whether the table has the game dates of history, which may begin on another date than when it was derived. */
export async function hasDatesOf(
  reader: Reader,
  calendar: Calendar,
  historyStart: GameDate,
): Promise<boolean> {
  const dates = calendar.dates.filter(({ date }) => date >= historyStart);
  const [held] = await reader.read<{ dates: number; first: GameDate | null }>(
    "SELECT COUNT(*) AS dates, MIN(game_date) AS first FROM nba_backfill.backfill_progress",
  );
  return held!.dates === dates.length && held!.first === (dates[0]?.date ?? null);
}

function rowsOf(name: ProcessorName, found: ReadonlyMap<GameDate, number> = new Map()): string {
  const recorded = `CAST(COALESCE(SUM(IF(p.processor = '${name}', p.row_count, 0)), 0) AS INT64)`;
  if (found.size === 0) return recorded;
  const others = [...found].map(([date, rows]) => `WHEN DATE '${date}' THEN ${rows}`);
  return `CASE games.game_date ${others.join(" ")} ELSE ${recorded} END`;
}

/** A condition on partitions `p` of a range of dates. */
function isAmong(partitions: NotDone, { first, last }: { first: GameDate; last: GameDate }): string {
  const conditions = [...partitions].flatMap(([name, all]) => {
    const dates = all.filter((date) => date >= first && date <= last);
    return dates.length === 0 ? [] : [`p.processor = '${name}' AND ${onDates(dates, "p.game_date")}`];
  });
  return conditions.length === 0 ? "FALSE" : conditions.join("\n      OR ");
}

function phaseDone(names: readonly ProcessorName[]): string {
  return `COUNTIF(${isOneOf(names)} AND p.is_done) = ${names.length}`;
}

function phaseTimes(phase: number, names: readonly ProcessorName[]): string {
  const ofPhase = isOneOf(names);
  return `MIN(IF(${ofPhase}, p.started_at, NULL)) AS phase${phase}_started_at,
  IF(${phaseDone(names)}, MAX(IF(${ofPhase}, p.committed_at, NULL)), NULL) AS phase${phase}_completed_at`;
}

function isOneOf(names: readonly ProcessorName[]): string {
  return `p.processor IN (${names.map((name) => `'${name}'`).join(", ")})`;
}
