import type { Calendar } from "../src/calendar.ts";
import type { GameDate } from "../src/dates.ts";
import type { Processor } from "../src/processors/processor.ts";
import { boundsOf } from "../src/processors/windows.ts";
import { readCalendar } from "../src/progress/schedule.ts";
import { processorStatement, withPrefix } from "../src/statements/statement.ts";
import { type Column, TABLES, tableOf } from "../src/tables.ts";
import { DuckDbWarehouse } from "../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Row, Value } from "../src/warehouse/warehouse.ts";

/** What a run passes to every statement. */
export const stamps = { processor_version: "test", run_id: "test", computed_at: "2026-01-17T12:00:00Z" };

/** A real in-memory DuckDB with all tables, for rows worked out by hand. `await using` closes it. */
export class Fixture {
  readonly warehouse: DuckDbWarehouse;

  private constructor(warehouse: DuckDbWarehouse) {
    this.warehouse = warehouse;
  }

  static async open(): Promise<Fixture> {
    const warehouse = await DuckDbWarehouse.open({ path: ":memory:" });
    await warehouse.createTables(TABLES.values());
    return new Fixture(warehouse);
  }

  /** Inserts rows; a required column that a row leaves out gets 0, FALSE, '' or a fixed time. */
  async insert(tableId: string, rows: readonly Row[]): Promise<void> {
    const defaults = Object.fromEntries(
      tableOf(tableId)
        .columns.filter((column) => column.required)
        .map((column) => [column.name, defaultOf(column)]),
    );
    await this.warehouse.insertRows(
      tableId,
      rows.map((row) => ({ ...defaults, ...row })),
    );
  }

  calendar(): Promise<Calendar> {
    return readCalendar(this.warehouse);
  }

  /** Reads from the views and readers that a processor declares, as its query sees them for these dates. */
  async select<R extends Row = Row>(processor: Processor, sql: string, ...dates: string[]): Promise<R[]> {
    const targets = dates as GameDate[];
    const bounds = boundsOf(processor, targets, await this.calendar());
    return this.warehouse.read<R>(`${withPrefix(processor, targets)}\n${sql}`, bounds);
  }

  /** Computes a processor for these dates, replaces the dates in its table, and returns the rows of the table. */
  compute(processor: Processor, ...dates: string[]): Promise<Row[]> {
    return this.computeEdited(processor, dates, (sql) => sql);
  }

  /** The same with an edited statement: what a mistake in it would have made. */
  async computeEdited(
    processor: Processor,
    dates: readonly string[],
    edit: (sql: string) => string,
  ): Promise<Row[]> {
    const targets = dates as readonly GameDate[];
    const table = tableOf(processor.table);
    const staged = await this.warehouse.stage(table, edit(processorStatement(processor, targets)), {
      ...boundsOf(processor, targets, await this.calendar()),
      ...stamps,
    });
    await this.warehouse.execute(
      `DELETE FROM ${table.id} WHERE game_date IN (SELECT game_date FROM ${staged.name})`,
    );
    await this.warehouse.execute(`INSERT INTO ${table.id} SELECT * FROM ${staged.name}`);
    return this.warehouse.read(`SELECT * FROM ${staged.name} ORDER BY ${table.key.join(", ")}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.warehouse.close();
  }
}

function defaultOf(column: Column): Value {
  switch (column.type) {
    case "STRING":
      return "";
    case "BOOL":
      return false;
    case "DATE":
      return "2000-01-01";
    case "TIMESTAMP":
      return "2000-01-01T00:00:00Z";
    case "INT64":
    case "FLOAT64":
      return 0;
  }
}
