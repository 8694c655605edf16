import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { onDates } from "../statements/date-list.ts";
import { type StagedReaders, withPrefix } from "../statements/statement.ts";
import { tableOf } from "../tables.ts";
import { checksOf } from "./declared.ts";
import { KEY_PLACES, keyCtes } from "./keys.ts";
import { profileCtes, profilePlaces } from "./profile.ts";
import { rowCounts, rowPlaces } from "./rows.ts";
import { teamCounts, teamPlaces } from "./team-totals.ts";

/** The rows that are checked: computed and not committed yet, or as they are stored. */
export type Checked = { readonly staging: string } | { readonly stored: true };

/**
 * One statement for all checks of a processor over the rows of these dates, whatever their number: a row of
 * nba_backfill.check_results for each date and check. Rows set aside are expected keys that are rightly not stored.
 * Parameters: @run_id (STRING) and the bounds of the processor's statement.
 */
export function checkStatement(
  processor: Processor,
  dates: readonly GameDate[],
  rows: Checked,
  staged?: StagedReaders,
): string {
  const from = "staging" in rows ? rows.staging : storedRows(processor, dates);
  const ctes = [
    ...keyCtes(processor, from, "stored" in rows),
    rowCounts(processor, from),
    ...(processor.teamTotals.length > 0 ? [teamCounts(processor, from)] : []),
    ...profileCtes(processor, dates, from),
  ];
  const places = new Map(
    [...KEY_PLACES, ...rowPlaces(processor), ...teamPlaces(processor), ...profilePlaces(processor)].map(
      (place) => [place.name, place],
    ),
  );
  const selects = checksOf(processor).map(({ name, severity }) => {
    const { cte, checked, found, example } = places.get(name)!;
    return `SELECT '${processor.name}' AS processor, game_date, '${name}' AS check_name, '${severity}' AS severity,
  CAST(${checked} AS INT64) AS checked, CAST(${found} AS INT64) AS found, ${example} AS example, @run_id AS run_id
FROM ${cte}`;
  });
  return `${withPrefix(processor, dates, staged)},\n${ctes.join(",\n")}\n${selects.join("\nUNION ALL\n")}`;
}

function storedRows(processor: Processor, dates: readonly GameDate[]): string {
  const { columns } = tableOf(processor.table);
  return `(SELECT ${columns.map(({ name }) => name).join(", ")} FROM ${processor.table} WHERE ${onDates(dates)})`;
}
