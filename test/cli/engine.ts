import { vi } from "vitest";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";

export interface Engine {
  readonly threads: unknown;
  readonly memory: unknown;
}

/** From now on tells, of the warehouse opened last, how the engine itself says that it is set. */
export function watchEngine(): () => Engine | undefined {
  let engine: Engine | undefined;
  const open = DuckDbWarehouse.open.bind(DuckDbWarehouse);
  vi.spyOn(DuckDbWarehouse, "open").mockImplementation(async (options) => {
    const warehouse = await open(options);
    const [set] = await warehouse.read(
      "SELECT current_setting('threads') AS threads, current_setting('memory_limit') AS memory",
    );
    engine = { threads: set!.threads, memory: set!.memory };
    return warehouse;
  });
  return () => engine;
}
