import type { GameDate } from "../dates.ts";
import type { View } from "../processors/views.ts";
import { readSql } from "../statements/statement.ts";
import { tableOf } from "../tables.ts";
import type { Parameters, Reader, Warehouse } from "../warehouse/warehouse.ts";
import type { SourceDate, SourceDates } from "./source-dates.ts";

const everything = { first: "0001-01-02" as GameDate, last: "9999-12-31" as GameDate };

/**
 * Recomputes the fingerprints of views from what their tables hold, between two dates, and gives those that differ
 * from what `known` has. A source date whose rows are gone gets `0:0`.
 */
export async function changedSourceDates(
  reader: Reader,
  views: readonly View[],
  known: SourceDates,
  range: { readonly first: GameDate; readonly last: GameDate } = everything,
): Promise<SourceDate[]> {
  const bounds: Parameters = {
    first_target_date: range.first,
    last_target_date: range.last,
    first_input_date: range.first,
    last_input_date: range.last,
  };
  const changed: SourceDate[] = [];
  for (const view of views) {
    const seen = await reader.fingerprints(readSql(`views/${view.name}.sql`), view.dateColumn, bounds);
    const present = new Set(seen.map(({ date }) => date));
    for (const { date, fingerprint } of seen) {
      if (known.get(view.name, date) !== fingerprint) {
        changed.push({ view_name: view.name, source_date: date, fingerprint });
      }
    }
    for (const date of known.datesOf(view.name)) {
      if (!present.has(date) && date >= range.first && date <= range.last) {
        changed.push({ view_name: view.name, source_date: date, fingerprint: "0:0" });
      }
    }
  }
  return changed;
}

/** Records changed source dates, keeping what was there before and when it changed. */
export async function recordSourceDates(
  warehouse: Warehouse,
  changed: readonly SourceDate[],
  known: SourceDates,
  now: string,
): Promise<void> {
  await warehouse.replaceRows(
    tableOf("nba_backfill.source_dates"),
    changed.map((row) => ({
      ...row,
      previous_fingerprint: known.get(row.view_name, row.source_date) ?? null,
      changed_at: now,
    })),
  );
}
