import { removeBroken } from "../checks/broken-rows.ts";
import { replaceResults } from "../checks/results.ts";
import { type Inspection, inspectStaging } from "../checks/staged.ts";
import type { GameDate } from "../dates.ts";
import { viewsOf } from "../processors/lineage.ts";
import type { Processor } from "../processors/processor.ts";
import { type Bounds, boundsOf } from "../processors/windows.ts";
import { contentOf } from "../progress/actual.ts";
import { changedSourceDates, recordSourceDates } from "../progress/fingerprints.ts";
import { renewLease } from "../progress/lease.ts";
import { holdsRows, type PartitionRecord } from "../progress/partition.ts";
import { inputHash, type SourceDate } from "../progress/source-dates.ts";
import { writePartitions } from "../progress/store.ts";
import { onDates } from "../statements/date-list.ts";
import { processorStatement, type StagedReaders, withPrefix } from "../statements/statement.ts";
import { tableOf } from "../tables.ts";
import type { Staging, Warehouse } from "../warehouse/warehouse.ts";
import type { ChunkContext } from "./context.ts";
import { replaceExceptions } from "./exceptions.ts";
import { holesIn, judge, type Outcome } from "./outcome.ts";

/** Builds the partitions of these dates: staged, inspected, judged, and committed with their state in one transaction. */
export async function buildChunk(
  context: ChunkContext,
  processor: Processor,
  dates: readonly GameDate[],
): Promise<readonly PartitionRecord[]> {
  const { warehouse, calendar } = context;
  const began = context.now().toISOString();
  const beganMs = context.elapsedMs();
  const bounds = boundsOf(processor, dates, calendar);
  const readers = await stageReaders(warehouse, processor, dates, bounds);
  const statement = processorStatement(processor, dates, readers);
  const staging = await warehouse.stage(tableOf(processor.table), statement, {
    ...bounds,
    processor_version: context.version,
    run_id: context.runId,
    computed_at: context.startedAt,
  });
  const judged = await judgeStaging(context, processor, staging, dates, { at: began, ms: beganMs }, readers);
  await commitRecords(context, processor, judged.records, judged);
  return judged.records;
}

/** Computes the readers that a processor wants staged, for the statements of this chunk. */
async function stageReaders(
  warehouse: Warehouse,
  processor: Processor,
  dates: readonly GameDate[],
  bounds: Bounds,
): Promise<StagedReaders> {
  const staged: Record<string, string> = {};
  for (const reader of processor.staged) {
    const name = `staging_${reader}`;
    const select = `${withPrefix(processor, dates, staged)}\nSELECT * FROM ${reader}`;
    await warehouse.execute(`CREATE OR REPLACE TEMP TABLE ${name} AS ${select}`, bounds);
    staged[reader] = name;
  }
  return staged;
}

/** What to commit of a chunk: its staged rows but for those set aside, what its checks found, and the states. */
export interface Judged {
  readonly records: readonly PartitionRecord[];
  readonly staging: Staging;
  readonly inspection: Inspection;
}

/**
 * Checks the staged rows of these dates and takes out those set aside.
 *
 * @param began when their computation began, for the record
 */
export async function judgeStaging(
  context: ChunkContext,
  processor: Processor,
  staging: Staging,
  dates: readonly GameDate[],
  began: { readonly at: string; readonly ms: number },
  readers?: StagedReaders,
): Promise<Judged> {
  const { warehouse, calendar, runId } = context;
  const table = tableOf(processor.table);
  const parameters = { ...boundsOf(processor, dates, calendar), run_id: runId };
  const inspection = await inspectStaging(warehouse, processor, staging, dates, parameters, readers);
  const { findings } = inspection;
  const outcomes = new Map(
    dates.map((date) => {
      const found = findings.get(date)!;
      return [date, judge(processor, found, holesIn(found) > 0 ? context.missingGames(date) : [])];
    }),
  );
  const broken = dates.filter((date) => findings.get(date)!.broken.length > 0);
  await removeBroken(warehouse, processor, staging, broken);
  const contents = new Map(
    (await warehouse.fingerprints(contentOf(table, staging.name), "game_date")).map((found) => [
      found.date,
      found,
    ]),
  );
  const failed = dates.filter((date) => outcomes.get(date)!.status === "failed");
  const held = await heldRows(warehouse, processor, failed);
  const durationMs = context.elapsedMs() - began.ms;
  // Each has its share in whole milliseconds, so that they add up to the chunk's.
  const until = (partitions: number) => Math.round((durationMs * partitions) / dates.length);
  const records = dates.map((date, index) => {
    const found = findings.get(date)!;
    const outcome = outcomes.get(date)!;
    const staged = holdsRows(outcome);
    const content = contents.get(date) ?? { rows: 0, fingerprint: "0:0" };
    return recordOf(context, processor, date, outcome, {
      rows: staged ? content.rows : 0,
      fingerprint: staged ? content.fingerprint : null,
      ...held.get(date),
      expected: found.expected,
      began: began.at,
      durationMs: until(index + 1) - until(index),
    });
  });
  return { records, staging, inspection };
}

/** What the table holds of these dates: a failure leaves it there, and says so. */
export async function heldRows(
  warehouse: Warehouse,
  processor: Processor,
  dates: readonly GameDate[],
): Promise<ReadonlyMap<GameDate, { readonly rows: number; readonly fingerprint: string }>> {
  if (dates.length === 0) return new Map();
  const select = `${contentOf(tableOf(processor.table), processor.table)} WHERE ${onDates(dates)}`;
  const found = new Map((await warehouse.fingerprints(select, "game_date")).map((held) => [held.date, held]));
  return new Map(
    dates.map((date) => {
      const { rows, fingerprint } = found.get(date) ?? { rows: 0, fingerprint: "0:0" };
      return [date, { rows, fingerprint }];
    }),
  );
}

interface Measured {
  readonly rows: number;
  readonly expected: number | null;
  readonly fingerprint: string | null;
  readonly began: string;
  readonly durationMs: number;
}

/** The state row of a partition. */
export function recordOf(
  context: ChunkContext,
  processor: Processor,
  date: GameDate,
  outcome: Outcome,
  measured: Measured,
): PartitionRecord {
  const inputs = context.sourceDates.inputsOf(processor, date, context.calendar);
  // A partition that waits for another of its date has read nothing: without a hash it is looked at again each time.
  const waits = outcome.reason === "upstream_missing";
  return {
    processor: processor.name,
    game_date: date,
    season_year: context.calendar.get(date)!.seasonYear,
    status: outcome.status,
    reason: outcome.reason,
    reason_detail: outcome.detail && JSON.stringify(outcome.detail),
    row_count: measured.rows,
    expected_rows: measured.expected,
    exceptions: outcome.exceptions,
    content_fingerprint: measured.fingerprint,
    input_hash: waits ? null : inputHash(inputs),
    inputs: waits ? null : JSON.stringify(inputs),
    engine: context.warehouse.engine,
    processor_version: context.version,
    run_id: context.runId,
    attempt: context.attempt(date),
    error: outcome.error,
    started_at: measured.began,
    committed_at: context.now().toISOString(),
    duration_ms: measured.durationMs,
    bytes_billed: null,
  };
}

/** Replaces the dates' rows by what is staged, with state, source dates and progress, all or nothing, and takes it over. */
export async function commitRecords(
  context: ChunkContext,
  processor: Processor,
  records: readonly PartitionRecord[],
  judged: Judged | undefined,
): Promise<void> {
  const { first, last } = rangeOf(records);
  const { warehouse, live } = context;
  const dates = records.map((record) => record.game_date);
  // An interrupt ends the statement under way; between two statements there is none to end.
  context.abort?.throwIfAborted();
  context.onEvent({ type: "chunk-committing", processor: processor.name, first, last });
  const { changed, unsettled } = await warehouse.transaction(async () => {
    const changed = await replacePartitions(context, processor, records, judged);
    const now = context.now().toISOString();
    const unsettled = await live.keepProgress(warehouse, processor, dates, changed, now);
    await context.alongside();
    context.abort?.throwIfAborted();
    return { changed, unsettled };
  });
  live.take(records, changed, unsettled);
}

/** The statements of a commit but for progress, for a transaction around them. Gives the source dates that changed. */
export async function replacePartitions(
  context: ChunkContext,
  processor: Processor,
  records: readonly PartitionRecord[],
  judged: Judged | undefined,
): Promise<readonly SourceDate[]> {
  const { warehouse, live } = context;
  const now = context.now().toISOString();
  const range = rangeOf(records);
  const replaced = records.filter((record) => record.status !== "failed").map((record) => record.game_date);
  const written = records.filter(holdsRows).map((record) => record.game_date);
  await renewLease(warehouse, context.lease, now);
  await warehouse.execute(`DELETE FROM ${processor.table} WHERE ${onDates(replaced)}`);
  if (judged) {
    const all = written.length === records.length;
    const filter = all ? "" : ` WHERE ${onDates(written)}`;
    await warehouse.execute(`INSERT INTO ${processor.table} SELECT * FROM ${judged.staging.name}${filter}`);
  }
  await writePartitions(warehouse, records);
  await replaceExceptions(warehouse, processor, records, judged?.inspection.findings);
  const dates = records.map((record) => record.game_date);
  await replaceResults(warehouse, processor, dates, judged?.inspection.results);
  const { sourceDates, log } = live.world;
  const views = viewsOf(processor.table);
  const changed = await changedSourceDates(warehouse, views, sourceDates, range);
  // What was edited behind our back on other dates stays out of the log.
  const logged = log
    ? (await changedSourceDates(warehouse, views, log, range)).filter((row) =>
        dates.includes(row.source_date),
      )
    : changed;
  await recordSourceDates(warehouse, logged, log ?? sourceDates, now);
  return log ? [...changed, ...logged] : changed;
}

function rangeOf(records: readonly PartitionRecord[]): { readonly first: GameDate; readonly last: GameDate } {
  const dates = records.map((record) => record.game_date).sort();
  return { first: dates[0]!, last: dates.at(-1)! };
}
