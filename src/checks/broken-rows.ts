import type { GameDate } from "../dates.ts";
import type { Processor, RowCheck } from "../processors/processor.ts";
import { onDates } from "../statements/date-list.ts";
import { contentColumns, tableOf } from "../tables.ts";
import type { Reader, Row, Staging, Warehouse } from "../warehouse/warehouse.ts";
import { rowKey } from "./keys.ts";

/** A row that breaks contracts that block, with the values they speak of. */
export interface BrokenRow {
  /** Its key within the date. */
  readonly key: string;
  readonly checks: readonly string[];
  readonly values: Row;
}

/** The contracts of a single row that block. */
export function contractsOf(processor: Processor): readonly RowCheck[] {
  return processor.rowChecks.filter(({ severity }) => severity === "block");
}

/** The staged rows of these dates that break a contract. */
export async function brokenRows(
  reader: Reader,
  processor: Processor,
  staging: Staging,
  dates: readonly GameDate[],
): Promise<ReadonlyMap<GameDate, readonly BrokenRow[]>> {
  if (dates.length === 0) return new Map();
  const contracts = contractsOf(processor);
  const flags = contracts.map(({ sql }, index) => `NOT (${sql}) AS broken_${index}`).join(", ");
  const columns = contentColumns(tableOf(processor.table)).map(({ name }) => name);
  const rows = await reader.read<Row & { game_date: GameDate; row_key: string }>(
    `SELECT ${columns.join(", ")}, ${rowKey(processor)} AS row_key, ${flags}
     FROM ${staging.name} WHERE ${areBroken(processor, dates)} ORDER BY game_date, row_key`,
  );
  const broken = rows.map((row) => {
    const checks = contracts.filter((_, index) => row[`broken_${index}`] === true);
    const named = columns.filter((column) =>
      checks.some(({ sql }) => new RegExp(`\\b${column}\\b`).test(sql)),
    );
    return {
      date: row.game_date,
      key: row.row_key,
      checks: checks.map(({ name }) => name),
      values: Object.fromEntries(named.map((column) => [column, row[column]!])),
    };
  });
  return new Map(
    [...Map.groupBy(broken, ({ date }) => date)].map(([date, group]) => [
      date,
      group.map(({ key, checks, values }) => ({ key, checks, values })),
    ]),
  );
}

/** Takes the broken rows of these dates out of what will be committed. */
export async function removeBroken(
  warehouse: Warehouse,
  processor: Processor,
  staging: Staging,
  dates: readonly GameDate[],
): Promise<void> {
  if (dates.length > 0) {
    await warehouse.execute(`DELETE FROM ${staging.name} WHERE ${areBroken(processor, dates)}`);
  }
}

/** Takes out of rows computed anew those that a run has set aside and would set aside again. */
export async function removeSetAside(
  warehouse: Warehouse,
  processor: Processor,
  staging: Staging,
  dates: readonly GameDate[],
): Promise<void> {
  if (contractsOf(processor).length === 0) return;
  await warehouse.execute(
    `DELETE FROM ${staging.name} WHERE ${areBroken(processor, dates)}
       AND CAST(game_date AS STRING) || ' ' || ${rowKey(processor)} IN (
         SELECT CAST(game_date AS STRING) || ' ' || row_key FROM nba_backfill.exceptions
         WHERE processor = '${processor.name}' AND kind = 'row_contract'
       )`,
  );
}

function areBroken(processor: Processor, dates: readonly GameDate[]): string {
  const broken = contractsOf(processor).map(({ sql }) => `NOT (${sql})`);
  return `${onDates(dates)} AND (${broken.join(" OR ")})`;
}
