import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenMode, withWarehouse } from "../../src/cli/open.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nba-backfill-older-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const opened = <R>(mode: OpenMode, work: Parameters<typeof withWarehouse<R>>[2]) =>
  withWarehouse({ warehouse: join(folder, "old.duckdb"), threads: 1 }, mode, work);

/** Whether the table is there, and the version that the warehouse says it has. */
const found = (mode: OpenMode) =>
  opened(mode, async (warehouse) => {
    const [row] = await warehouse.read(
      `SELECT (SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'check_results') AS tables,
         (SELECT value FROM nba_backfill.warehouse_info WHERE name = 'schema_version') AS version`,
    );
    return row;
  });

test("a warehouse from before the results of checks gets their table when it is written to, not before", async () => {
  await opened("create", async (warehouse) => {
    await warehouse.execute("DROP TABLE nba_backfill.check_results");
    await warehouse.execute(
      "UPDATE nba_backfill.warehouse_info SET value = '1' WHERE name = 'schema_version'",
    );
  });
  expect(await found("read")).toEqual({ tables: 0, version: "1" });
  expect(await found("write")).toEqual({ tables: 1, version: "2" });
  expect(await found("read")).toEqual({ tables: 1, version: "2" });
});
