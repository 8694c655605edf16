import { join } from "node:path";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";

/** What another program does to the warehouse of a folder while no command of ours has it open. */
export async function inWarehouse<T>(
  folder: string,
  work: (warehouse: DuckDbWarehouse) => Promise<T>,
): Promise<T> {
  const warehouse = await DuckDbWarehouse.open({ path: join(folder, "nba-backfill.duckdb") });
  try {
    return await work(warehouse);
  } finally {
    await warehouse.close();
  }
}

export function change(folder: string, ...statements: readonly string[]): Promise<void> {
  return inWarehouse(folder, async (warehouse) => {
    for (const statement of statements) await warehouse.execute(statement);
  });
}

export function readRows<R extends Row>(folder: string, query: string): Promise<R[]> {
  return inWarehouse(folder, (warehouse) => warehouse.read<R>(query));
}
