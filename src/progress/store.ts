import type { GameDate } from "../dates.ts";
import { tableOf } from "../tables.ts";
import type { Reader, Row, Warehouse } from "../warehouse/warehouse.ts";
import { type PartitionRecord, type PartitionSummary, partitionKey } from "./partition.ts";
import { type SourceChange, type SourceDate, SourceDates } from "./source-dates.ts";

/** What differs from partition to partition; the rest many have in common. */
type Own = Pick<
  PartitionSummary,
  "game_date" | "row_count" | "expected_rows" | "content_fingerprint" | "input_hash"
>;

/**
 * The recorded state of every partition, without its JSON of inputs. One row per state that partitions share, what is
 * their own in one text: a few dozen rows come out of an engine sooner than eight thousand.
 */
export async function readPartitions(reader: Reader): Promise<PartitionSummary[]> {
  const shared = `processor, season_year, status, reason, reason_detail, exceptions, engine, processor_version, attempt,
    run_id, error`;
  const states = await reader.read<Omit<PartitionSummary, keyof Own> & { readonly partitions: string }>(
    `SELECT ${shared},
       STRING_AGG(CONCAT(
         CAST(game_date AS STRING), ' ', CAST(row_count AS STRING), ' ', COALESCE(CAST(expected_rows AS STRING), ''),
         ' ', COALESCE(content_fingerprint, ''), ' ', COALESCE(input_hash, '')
       ), ',') AS partitions
     FROM nba_backfill.partitions GROUP BY ${shared}`,
  );
  return states.flatMap(({ partitions, ...state }) =>
    partitions.split(",").map((text): PartitionSummary => {
      const [date, rows, expected, content, input] = text.split(" ") as [GameDate, ...string[]];
      return {
        ...state,
        game_date: date,
        row_count: Number(rows),
        expected_rows: expected ? Number(expected) : null,
        content_fingerprint: content || null,
        input_hash: input || null,
      };
    }),
  );
}

/** Replaces the state of these partitions. Call it in the transaction that replaces their data. */
export async function writePartitions(
  warehouse: Warehouse,
  records: readonly PartitionRecord[],
): Promise<void> {
  await warehouse.replaceRows(tableOf("nba_backfill.partitions"), records as unknown as readonly Row[]);
}

/** One row per view, its dates in one text: twenty rows come out of an engine sooner than twenty thousand. */
export async function readSourceDates(reader: Reader): Promise<SourceDates> {
  const views = await reader.read<{ view_name: string; dates: string }>(
    `SELECT view_name, STRING_AGG(CONCAT(CAST(source_date AS STRING), '=', fingerprint), ' ') AS dates
     FROM nba_backfill.source_dates GROUP BY view_name`,
  );
  return new SourceDates(
    views.flatMap(({ view_name, dates }) =>
      dates.split(" ").map((entry): SourceDate => {
        const [source_date, fingerprint] = entry.split("=") as [GameDate, string];
        return { view_name, source_date, fingerprint };
      }),
    ),
  );
}

/** View to its source dates with the time of their last change. */
export async function readSourceChanges(
  reader: Reader,
): Promise<ReadonlyMap<string, readonly SourceChange[]>> {
  const rows = await reader.read<SourceChange & Row>(
    `SELECT view_name, source_date, fingerprint, previous_fingerprint, changed_at
     FROM nba_backfill.source_dates ORDER BY source_date`,
  );
  return Map.groupBy(rows, (row) => row.view_name);
}

/** What each partition read when it was committed, by partitionKey; partitions that read nothing are not there. */
export async function readReadings(
  reader: Reader,
): Promise<ReadonlyMap<string, { readonly inputs: Record<string, string>; readonly committed_at: string }>> {
  const rows = await reader.read<{
    processor: string;
    game_date: string;
    inputs: string;
    committed_at: string;
  }>(
    "SELECT processor, game_date, inputs, committed_at FROM nba_backfill.partitions WHERE inputs IS NOT NULL",
  );
  return new Map(
    rows.map((row) => [
      partitionKey(row.processor, row.game_date),
      { inputs: JSON.parse(row.inputs) as Record<string, string>, committed_at: row.committed_at },
    ]),
  );
}

/** What a warehouse says of itself; see nba_backfill.warehouse_info. */
export async function readInfo(reader: Reader): Promise<ReadonlyMap<string, string>> {
  const rows = await reader.read<{ name: string; value: string }>(
    "SELECT name, value FROM nba_backfill.warehouse_info",
  );
  return new Map(rows.map((row) => [row.name, row.value]));
}

export async function writeInfo(warehouse: Warehouse, info: Readonly<Record<string, string>>): Promise<void> {
  const rows = Object.entries(info).map(([name, value]) => ({ name, value }));
  await warehouse.replaceRows(tableOf("nba_backfill.warehouse_info"), rows);
}

/** The first date that counts: as configured, else as the warehouse was made with, else the schedule's first. */
export function historyStart(
  configured: GameDate | undefined,
  info: ReadonlyMap<string, string>,
  first: GameDate | undefined,
): GameDate | undefined {
  return configured ?? (info.get("history_start") as GameDate | undefined) ?? first;
}

/**
 * Minutes before tip-off after which snapshots no longer count, as the last ingest had them; undefined in a warehouse
 * whose ingests did not say.
 */
export async function lineLeadMinutes(reader: Reader): Promise<number | undefined> {
  const recorded = (await readInfo(reader)).get("line_lead_minutes");
  return recorded === undefined ? undefined : Number(recorded);
}

/** The content fingerprint of every recorded partition, by {@link partitionKey}. */
export async function readFingerprints(reader: Reader): Promise<ReadonlyMap<string, string | null>> {
  const rows = await reader.read<{
    processor: string;
    game_date: string;
    content_fingerprint: string | null;
  }>("SELECT processor, game_date, content_fingerprint FROM nba_backfill.partitions");
  return new Map(rows.map((row) => [partitionKey(row.processor, row.game_date), row.content_fingerprint]));
}
