import type { GameDate } from "../../src/dates.ts";
import type { Processor } from "../../src/processors/processor.ts";
import { boundsOf } from "../../src/processors/windows.ts";
import { processorStatement, readSql, withPrefix } from "../../src/statements/statement.ts";
import { type Table, tableOf } from "../../src/tables.ts";
import type { Parameters, Row, Value } from "../../src/warehouse/warehouse.ts";
import { type Fixture, stamps } from "../fixture.ts";
import type { GoogleSql } from "./googlesql.ts";
import { scansOf } from "./scans.ts";

export interface Agreement {
  /** Rows on DuckDB. */
  readonly rows: number;
  /** One line for each cell that differs, and for each row that only one engine has. */
  readonly differences: readonly string[];
}

/** Both engines under the same rows. */
export interface Engines {
  readonly google: GoogleSql;
  readonly fixture: Fixture;
}

/** Runs a processor on DuckDB and on the reference implementation, on the same inputs, and compares every cell. */
export async function agreementOf(
  engines: Engines,
  processor: Processor,
  dates: readonly GameDate[],
): Promise<Agreement> {
  const parameters = { ...boundsOf(processor, dates, await engines.fixture.calendar()), ...stamps };
  const sql = processorStatement(processor, dates);
  const inputs = await inputsOf(engines, sql, parameters);
  const computed = await engines.fixture.compute(processor, ...dates);
  const meant = await engines.google.evaluate(sql, inputs, parameters);
  return { rows: computed.length, differences: differencesOf(computed, meant, tableOf(processor.table).key) };
}

/** The same for a query that stands beside the processor's own, such as expected.sql. */
export async function agreementBeside(
  engines: Engines,
  processor: Processor,
  file: string,
  dates: readonly GameDate[],
): Promise<Agreement> {
  const prefix = withPrefix(processor, dates);
  const query = readSql(`${processor.folder}/${file}`);
  const { columns } = await engines.google.analyze(`${prefix}\n(\n${query}\n)`);
  const names = columns.map(({ name }) => name);
  const sql = `${prefix},\nbeside AS (\n${query}\n)\nSELECT ${names.join(", ")} FROM beside`;
  const bounds = boundsOf(processor, dates, await engines.fixture.calendar());
  const found = await engines.fixture.warehouse.read(sql, bounds);
  const meant = await engines.google.evaluate(sql, await inputsOf(engines, sql, bounds), bounds);
  return { rows: found.length, differences: differencesOf(found, meant, names) };
}

/** What the statement can see: a request holds 4 MB, so neither other columns nor rows outside its bounds are sent. */
async function inputsOf({ google, fixture }: Engines, sql: string, parameters: Parameters) {
  const seen = new Map<string, { columns: Set<string>; limits: string[] }>();
  for (const { table, columns, bounds } of scansOf((await google.analyze(sql)).tree)) {
    const known = seen.get(table) ?? { columns: new Set(), limits: [] };
    for (const column of columns) known.columns.add(column);
    known.limits.push(...(bounds?.split(" ").map((name) => String(parameters[name.slice(1)])) ?? []));
    seen.set(table, known);
  }
  const inputs = new Map<Table, Row[]>();
  for (const [id, { columns, limits }] of seen) {
    const table = tableOf(id);
    const [from, to] = [limits.toSorted()[0]!, limits.toSorted().at(-1)!];
    const within = table.partitionBy
      ? `WHERE ${table.partitionBy} BETWEEN DATE '${from}' AND DATE '${to}'`
      : "";
    inputs.set(
      { ...table, columns: table.columns.filter(({ name }) => columns.has(name)) },
      await fixture.warehouse.read(`SELECT ${[...columns].join(", ")} FROM ${id} ${within}`),
    );
  }
  return inputs;
}

/** What differs between the rows of the two engines, cell by cell; floats may differ by 1e-9 of their size. */
export function differencesOf(
  computed: readonly Row[],
  meant: readonly Row[],
  key: readonly string[],
): string[] {
  const keyOf = (row: Row) => key.map((column) => row[column]).join(" ");
  const left = new Map(meant.map((row) => [keyOf(row), row]));
  const differences =
    meant.length === left.size ? [] : [`${meant.length - left.size} keys twice by GoogleSQL`];
  for (const row of computed) {
    const other = left.get(keyOf(row));
    left.delete(keyOf(row));
    if (other === undefined) differences.push(`${keyOf(row)}: only on DuckDB`);
    else {
      for (const column of new Set([...Object.keys(row), ...Object.keys(other)])) {
        if (same(row[column], other[column])) continue;
        differences.push(
          `${keyOf(row)}: ${column} is ${row[column]} on DuckDB, ${other[column]} by GoogleSQL`,
        );
      }
    }
  }
  for (const missing of left.keys()) differences.push(`${missing}: only by GoogleSQL`);
  return differences;
}

/** Equal, floats to 1e-9 relative. */
function same(a: Value | undefined, b: Value | undefined): boolean {
  if (typeof a !== "number" || typeof b !== "number") return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
