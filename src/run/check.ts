import { type Check, checksOf } from "../checks/declared.ts";
import { checkStatement } from "../checks/statement.ts";
import type { World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { BackfillError } from "../errors.ts";
import { type Selection, selectedDates, selectedProcessors } from "../plan/selection.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import { boundsOf } from "../processors/windows.ts";
import { holdsRows, type PartitionSummary, partitionKey } from "../progress/partition.ts";
import { tableOf } from "../tables.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";

/** What a check finds in the stored rows of a selection. */
export interface CheckFindings extends Check {
  /** Rows, keys, teams or columns that were looked at, and those that fail. */
  readonly checked: number;
  readonly found: number;
  /** Game dates with one that fails, and the first few of them. */
  readonly dates: number;
  readonly examples: readonly {
    readonly game_date: GameDate;
    readonly found: number;
    readonly example: string;
  }[];
}

export interface CheckedProcessor {
  readonly processor: ProcessorName;
  /** Partitions whose rows were checked. */
  readonly partitions: number;
  /** Selected partitions whose rows are not those of their last run, or that have none: how many of each kind. */
  readonly not_checked: Readonly<Partial<Record<NotChecked, number>>>;
  readonly checks: readonly CheckFindings[];
}

/** Why a partition is not checked. What has failed keeps the rows of a run before, or none. */
export type NotChecked = "failed" | "blocked" | "never_run";

/** True where no check that blocks fails, in no partition's last run either, and with `strict` none that warns. */
export function holds(checked: readonly CheckedProcessor[], strict: boolean): boolean {
  return checked.every(
    ({ checks, not_checked }) =>
      not_checked.failed === undefined &&
      checks.every(({ severity, found }) => found === 0 || (severity === "warn" && !strict)),
  );
}

/**
 * Makes the checks of a run again, on the rows that are stored; nothing but temporary tables is written. Throws
 * `range-invalid` where no run has got to anything selected.
 */
export async function checkSelection(
  warehouse: Warehouse,
  world: World,
  selection: Selection,
  progress: (processor: ProcessorName, partitions: number) => void,
): Promise<CheckedProcessor[]> {
  const dates = selectedDates(world, selection).map((entry) => entry.date);
  const checked: CheckedProcessor[] = [];
  for (const processor of selectedProcessors(world.processors, selection)) {
    const kinds = Map.groupBy(dates, (date) =>
      kindOf(world.partitions.get(partitionKey(processor.name, date))),
    );
    const { built = [], ...rest } = Object.fromEntries(kinds);
    if (built.length > 0) progress(processor.name, built.length);
    checked.push({
      processor: processor.name,
      partitions: built.length,
      not_checked: Object.fromEntries(Object.entries(rest).map(([kind, of]) => [kind, of.length])),
      checks: built.length === 0 ? [] : await checkStored(warehouse, world, processor, built),
    });
  }
  if (checked.every(({ partitions, not_checked }) => partitions === 0 && onlyNeverRun(not_checked))) {
    throw new BackfillError(
      "range-invalid",
      "nothing selected has been built yet, so there is nothing to check: nba-backfill run first",
    );
  }
  return checked;
}

function kindOf(recorded: PartitionSummary | undefined): NotChecked | "built" {
  if (!recorded) return "never_run";
  return holdsRows(recorded) ? "built" : (recorded.status as "failed" | "blocked");
}

function onlyNeverRun({ failed = 0, blocked = 0 }: CheckedProcessor["not_checked"]): boolean {
  return failed + blocked === 0;
}

const examplesEach = 3;

async function checkStored(
  warehouse: Warehouse,
  world: World,
  processor: Processor,
  dates: readonly GameDate[],
): Promise<CheckFindings[]> {
  const results = await warehouse.stage(
    tableOf("nba_backfill.check_results"),
    checkStatement(processor, dates, { stored: true }),
    { ...boundsOf(processor, dates, world.calendar), run_id: "check" },
  );
  const counts = await warehouse.read<{ check_name: string; checked: number; found: number; dates: number }>(
    `SELECT check_name, CAST(SUM(checked) AS INT64) AS checked, CAST(SUM(found) AS INT64) AS found,
       COUNTIF(found > 0) AS dates
     FROM ${results.name} GROUP BY check_name`,
  );
  const examples = await warehouse.read<{
    check_name: string;
    game_date: GameDate;
    found: number;
    example: string;
  }>(
    `SELECT check_name, game_date, found, example FROM ${results.name} WHERE found > 0
     QUALIFY ROW_NUMBER() OVER (PARTITION BY check_name ORDER BY game_date) <= ${examplesEach}
     ORDER BY game_date`,
  );
  return checksOf(processor).map((check) => {
    const { checked, found, dates } = counts.find(({ check_name }) => check_name === check.name) ?? {
      checked: 0,
      found: 0,
      dates: 0,
    };
    return {
      ...check,
      checked,
      found,
      dates,
      examples: examples
        .filter(({ check_name }) => check_name === check.name)
        .map(({ game_date, found, example }) => ({ game_date, found, example })),
    };
  });
}
