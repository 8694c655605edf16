import { removeSetAside } from "../checks/broken-rows.ts";
import type { World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { BackfillError, messageOf } from "../errors.ts";
import { type Selection, selectedDates, selectedProcessors } from "../plan/selection.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import { boundsOf } from "../processors/windows.ts";
import { holdsRows, partitionKey } from "../progress/partition.ts";
import { onDates } from "../statements/date-list.ts";
import { processorStatement } from "../statements/statement.ts";
import { type Column, contentColumns, type Table, tableOf } from "../tables.ts";
import type { Row, Value, Warehouse } from "../warehouse/warehouse.ts";

/** A value that the statement would change, and in whose row. */
export interface ChangedValue {
  readonly row: Row;
  readonly old: Value;
  readonly new: Value;
}

export interface ChangedColumn {
  readonly column: string;
  readonly rows: number;
  /** Of these, rows whose value was, or would become, NULL. */
  readonly was_null: number;
  readonly becomes_null: number;
  /** Largest |new - old|; null where no number became another number. */
  readonly largest: number | null;
  /** Largest differences first. */
  readonly examples: readonly ChangedValue[];
}

/** What the present statement of a processor makes of the stored inputs, against its stored rows. */
export interface ProcessorDifference {
  readonly processor: ProcessorName;
  /** Partitions compared. */
  readonly partitions: number;
  /** Selected partitions that hold nothing to compare: never built, blocked or failed. */
  readonly not_built: number;
  readonly rows: number;
  readonly added: number;
  readonly added_examples: readonly Row[];
  readonly removed: number;
  readonly removed_examples: readonly Row[];
  readonly changed: number;
  /** Computed rows that share their key with another: a run would refuse them. */
  readonly duplicates: number;
  /** Columns with changed values, those in most rows first. */
  readonly columns: readonly ChangedColumn[];
}

/** True where the statement makes exactly what is stored. */
export function isEqual({ added, removed, changed, duplicates }: ProcessorDifference): boolean {
  return added + removed + changed + duplicates === 0;
}

/**
 * Computes a selection into temporary tables and compares it with what is stored. Each processor reads the stored
 * tables, not what this has just computed for another. Throws `range-invalid` where nothing selected has been built,
 * `sql-rejected` where a statement cannot be computed.
 */
export async function diffSelection(
  warehouse: Warehouse,
  world: World,
  selection: Selection,
  effects: {
    readonly progress: (processor: ProcessorName, partitions: number) => void;
    /** Another statement than the processor's own. */
    readonly statementOf?: typeof processorStatement;
  },
): Promise<ProcessorDifference[]> {
  const dates = selectedDates(world, selection).map((entry) => entry.date);
  const differences: ProcessorDifference[] = [];
  for (const processor of selectedProcessors(world.processors, selection)) {
    const built = dates.filter((date) => isBuilt(world, processor, date));
    if (built.length === 0) continue;
    effects.progress(processor.name, built.length);
    const table = tableOf(processor.table);
    const statement = (effects.statementOf ?? processorStatement)(processor, built);
    const parameters = {
      ...boundsOf(processor, built, world.calendar),
      processor_version: world.versions.get(processor.name)!,
      run_id: "diff",
      computed_at: "1970-01-01T00:00:00Z",
    };
    const staging = await warehouse.stage(table, statement, parameters).catch((error: unknown) => {
      const message = `the statement of ${processor.name}: ${messageOf(error)}`;
      throw new BackfillError("sql-rejected", message, { cause: error });
    });
    await removeSetAside(warehouse, processor, staging, built);
    differences.push({
      processor: processor.name,
      partitions: built.length,
      not_built: dates.length - built.length,
      ...(await new Comparison(warehouse, table, staging.name, built).result()),
    });
    await warehouse.execute(`DROP TABLE ${staging.name}`);
  }
  if (differences.length === 0) {
    throw new BackfillError(
      "range-invalid",
      "nothing selected has been built yet, so there is nothing to compare with: nba-backfill run first",
    );
  }
  return differences;
}

function isBuilt(world: World, processor: Processor, date: GameDate): boolean {
  const recorded = world.partitions.get(partitionKey(processor.name, date));
  return recorded !== undefined && holdsRows(recorded);
}

/** Columns that say which row it is, as far as a table has them. */
const IDENTITY = ["game_date", "game_id", "team", "player_id", "player_name"];
const examplesEach = 5;

/** The stored rows of some dates beside computed ones, matched by the key of their table. */
class Comparison {
  readonly #warehouse: Warehouse;
  readonly #table: Table;
  readonly #computed: string;
  readonly #joined: string;
  readonly #values: readonly Column[];

  constructor(warehouse: Warehouse, table: Table, computed: string, dates: readonly GameDate[]) {
    this.#warehouse = warehouse;
    this.#table = table;
    this.#computed = computed;
    this.#values = contentColumns(table).filter(({ name }) => !table.key.includes(name));
    const keys = table.key.map((name) => `stored.${name} = computed.${name}`).join(" AND ");
    this.#joined = `(SELECT * FROM ${table.id} WHERE ${onDates(dates)}) AS stored
      FULL JOIN ${computed} AS computed ON ${keys}`;
  }

  async result(): Promise<Omit<ProcessorDifference, "processor" | "partitions" | "not_built">> {
    const counts = await this.#counts();
    const count = (name: string) => counts[name] as number;
    const changed = this.#values
      .filter(({ name }) => count(`changed_${name}`) > 0)
      .sort((a, b) => count(`changed_${b.name}`) - count(`changed_${a.name}`));
    const columns: ChangedColumn[] = [];
    for (const column of changed) {
      columns.push({
        column: column.name,
        rows: count(`changed_${column.name}`),
        was_null: count(`was_null_${column.name}`),
        becomes_null: count(`becomes_null_${column.name}`),
        largest: isNumber(column) ? (counts[`largest_${column.name}`] as number | null) : null,
        examples: await this.#changedValues(column),
      });
    }
    return {
      rows: count("all_rows"),
      added: count("added"),
      added_examples: count("added") > 0 ? await this.#unmatched("computed", "stored") : [],
      removed: count("removed"),
      removed_examples: count("removed") > 0 ? await this.#unmatched("stored", "computed") : [],
      changed: count("changed"),
      duplicates: await this.#duplicates(),
      columns,
    };
  }

  async #counts(): Promise<Row> {
    const of = (name: string, condition: string) => `COUNTIF(${condition}) AS ${name}`;
    const [counts] = await this.#warehouse.read(
      `SELECT ${[
        of("all_rows", this.#has("stored")),
        of("added", `NOT ${this.#has("stored")}`),
        of("removed", `NOT ${this.#has("computed")}`),
        of("changed", `${this.#both} AND (${this.#values.map(differs).join(" OR ")})`),
        ...this.#values.flatMap((column) => {
          const { name } = column;
          const both = `${this.#both} AND ${differs(column)}`;
          return [
            of(`changed_${name}`, both),
            of(`was_null_${name}`, `${both} AND stored.${name} IS NULL`),
            of(`becomes_null_${name}`, `${both} AND computed.${name} IS NULL`),
            ...(isNumber(column) ? [`MAX(IF(${both}, ${distance(column)}, NULL)) AS largest_${name}`] : []),
          ];
        }),
      ].join(",\n  ")}
       FROM ${this.#joined}`,
    );
    return counts!;
  }

  async #changedValues(column: Column): Promise<ChangedValue[]> {
    const { name } = column;
    const furthest = isNumber(column) ? `COALESCE(${distance(column)}, 0) DESC, ` : "";
    const rows = await this.#warehouse.read(
      `SELECT ${this.#identity("computed")}, stored.${name} AS old_value, computed.${name} AS new_value
       FROM ${this.#joined} WHERE ${this.#both} AND ${differs(column)}
       ORDER BY ${furthest}${this.#order("computed")} LIMIT ${examplesEach}`,
    );
    return rows.map(({ old_value, new_value, ...row }) => ({ row, old: old_value!, new: new_value! }));
  }

  #unmatched(side: string, other: string): Promise<Row[]> {
    return this.#warehouse.read(
      `SELECT ${this.#identity(side)} FROM ${this.#joined} WHERE NOT ${this.#has(other)}
       ORDER BY ${this.#order(side)} LIMIT ${examplesEach}`,
    );
  }

  async #duplicates(): Promise<number> {
    const [found] = await this.#warehouse.read<{ duplicates: number }>(
      `SELECT COALESCE(SUM(rows_of_key), 0) AS duplicates FROM (
         SELECT COUNT(*) AS rows_of_key FROM ${this.#computed} GROUP BY ${this.#table.key.join(", ")} HAVING COUNT(*) > 1)`,
    );
    return found!.duplicates;
  }

  /** A column of the key is NULL only on the side that has no row. */
  #has(side: string): string {
    return `${side}.${this.#table.key[0]} IS NOT NULL`;
  }

  get #both(): string {
    return `${this.#has("stored")} AND ${this.#has("computed")}`;
  }

  #identity(side: string): string {
    return IDENTITY.filter((name) => this.#table.columns.some((column) => column.name === name))
      .map((name) => `${side}.${name} AS ${name}`)
      .join(", ");
  }

  #order(side: string): string {
    return [...new Set(["game_date", ...this.#table.key])].map((name) => `${side}.${name}`).join(", ");
  }
}

function isNumber({ type }: Column): boolean {
  return type === "INT64" || type === "FLOAT64";
}

function differs({ name }: Column): string {
  return `stored.${name} IS DISTINCT FROM computed.${name}`;
}

function distance({ name }: Column): string {
  return `ABS(computed.${name} - stored.${name})`;
}
