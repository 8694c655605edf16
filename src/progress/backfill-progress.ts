import type { Calendar } from "../calendar.ts";
import type { GameDate } from "../dates.ts";
import { PROCESSOR_NAMES, type ProcessorName } from "../processors/processor.ts";
import { onDates } from "../statements/date-list.ts";
import { tableOf } from "../tables.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

/** Phase 3 are the five analytics processors, Phase 4 the four precompute ones. */
const phases: readonly (readonly [number, readonly ProcessorName[]])[] = [
  [3, PROCESSOR_NAMES.slice(0, 5)],
  [4, PROCESSOR_NAMES.slice(5)],
];

const done = "p.status IN ('complete', 'complete_with_exceptions')";

/**
 * Derives the rows of nba_backfill.backfill_progress for game dates from history_start on, in the range, from
 * partitions and the schedule; rows before history go. Notes of the others survive. Call it in the transaction that changes the partitions.
 */
export async function refreshProgress(
  warehouse: Warehouse,
  range: { readonly first: GameDate; readonly last: GameDate },
  historyStart: GameDate,
  now: string,
): Promise<void> {
  const parameters = {
    first: range.first < historyStart ? historyStart : range.first,
    last: range.last,
    start: historyStart,
    now,
  };
  const isDone = PROCESSOR_NAMES.map(
    (name) => `COALESCE(LOGICAL_OR(p.processor = '${name}' AND ${done}), FALSE) AS ${name}`,
  );
  const rows = PROCESSOR_NAMES.map(
    (name) => `CAST(COALESCE(SUM(IF(p.processor = '${name}', p.row_count, 0)), 0) AS INT64) AS ${name}_rows`,
  );
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE progress_rows AS
WITH games AS (
  SELECT game_date, MIN(season_year) AS season_year, MAX(season_type) AS season_type, COUNT(*) AS games
  FROM nba_raw.schedule
  WHERE season_type IN ('regular', 'cup_final', 'play_in', 'playoffs') AND status NOT IN ('postponed', 'cancelled')
    AND game_date BETWEEN CAST(@first AS DATE) AND CAST(@last AS DATE)
  GROUP BY game_date
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
LEFT JOIN nba_backfill.partitions AS p ON p.game_date = games.game_date
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

/** Derives the table anew where history begins on another date than when it was derived. */
export async function followHistoryStart(
  warehouse: Warehouse,
  calendar: Calendar,
  historyStart: GameDate,
  now: string,
): Promise<void> {
  const dates = calendar.dates.filter(({ date }) => date >= historyStart);
  const [held] = await warehouse.read<{ dates: number; first: GameDate | null }>(
    "SELECT COUNT(*) AS dates, MIN(game_date) AS first FROM nba_backfill.backfill_progress",
  );
  const [first, last] = [dates[0]?.date, dates.at(-1)?.date];
  if (held!.dates === dates.length && held!.first === (first ?? null)) return;
  await warehouse.transaction(async () => {
    await refreshProgress(
      warehouse,
      { first: first ?? historyStart, last: last ?? historyStart },
      historyStart,
      now,
    );
  });
}

function phaseDone(names: readonly ProcessorName[]): string {
  return `COUNTIF(${isOneOf(names)} AND ${done}) = ${names.length}`;
}

function phaseTimes(phase: number, names: readonly ProcessorName[]): string {
  const ofPhase = isOneOf(names);
  return `MIN(IF(${ofPhase}, p.started_at, NULL)) AS phase${phase}_started_at,
  IF(${phaseDone(names)}, MAX(IF(${ofPhase}, p.committed_at, NULL)), NULL) AS phase${phase}_completed_at`;
}

function isOneOf(names: readonly ProcessorName[]): string {
  return `p.processor IN (${names.map((name) => `'${name}'`).join(", ")})`;
}

/**
 * Takes back what the progress table says of partitions that were recorded as done and are so no longer: stale, lost,
 * or waiting for one that is. Call it in the transaction that refreshes the table.
 */
export async function markNotDone(
  warehouse: Warehouse,
  partitions: readonly { readonly processor: ProcessorName; readonly game_date: GameDate }[],
): Promise<void> {
  for (const [name, of] of Map.groupBy(partitions, ({ processor }) => processor)) {
    const [phase] = phases.find(([, names]) => names.includes(name))!;
    const dates = of.map(({ game_date }) => game_date);
    await warehouse.execute(
      `UPDATE nba_backfill.backfill_progress
       SET ${name} = FALSE, phase${phase}_complete = FALSE, phase${phase}_completed_at = NULL
       WHERE ${onDates(dates)}`,
    );
  }
}
