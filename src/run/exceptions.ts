import type { BrokenRow } from "../checks/broken-rows.ts";
import type { DateFindings } from "../checks/staged.ts";
import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import type { PartitionRecord } from "../progress/partition.ts";
import { onDates } from "../statements/date-list.ts";
import { tableOf } from "../tables.ts";
import type { Row, Warehouse } from "../warehouse/warehouse.ts";

interface Detail {
  readonly games?: readonly (string | { readonly game_id: string; readonly problem: string })[];
  readonly teams_without_listing?: readonly string[];
}

/** Replaces the rows of nba_backfill.exceptions of these partitions: what their details name, and every row set aside. */
export async function replaceExceptions(
  warehouse: Warehouse,
  processor: Processor,
  records: readonly PartitionRecord[],
  findings: ReadonlyMap<GameDate, DateFindings> | undefined,
): Promise<void> {
  const dates = records.map((record) => record.game_date);
  await warehouse.execute(
    `DELETE FROM nba_backfill.exceptions WHERE processor = '${processor.name}' AND ${onDates(dates)}`,
  );
  await warehouse.replaceRows(
    tableOf("nba_backfill.exceptions"),
    records.flatMap((record) => rowsOf(record, findings?.get(record.game_date)?.broken ?? [])),
  );
}

function rowsOf(record: PartitionRecord, broken: readonly BrokenRow[]): Row[] {
  if (record.exceptions === 0 || record.reason_detail === null) return [];
  const detail = JSON.parse(record.reason_detail) as Detail;
  const row = (kind: string, key: string, what: object): Row => ({
    processor: record.processor,
    game_date: record.game_date,
    kind,
    row_key: key,
    detail: JSON.stringify(what),
    run_id: record.run_id,
  });
  return [
    ...(detail.games ?? []).flatMap((game) =>
      typeof game === "string" ? [] : [row("game_set_aside", game.game_id, { problem: game.problem })],
    ),
    ...(detail.teams_without_listing ?? []).map((team) => row("no_listing", team, {})),
    ...broken.map(({ key, checks, values }) => row("row_contract", key, { checks, values })),
  ];
}
