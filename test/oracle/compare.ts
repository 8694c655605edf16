import { parseArgs } from "node:util";
import type { GameDate } from "../../src/dates.ts";
import { PROCESSOR_NAMES } from "../../src/processors/processor.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import { compareWarehouse, type Partition } from "./difference.ts";
import { recordedPartitions, summarised } from "./random-dates.ts";

// bin/with-node test/oracle/compare.ts WAREHOUSE [--dates N] [--seed S] [--date D]... [--processor P]... [--examples N]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dates: { type: "string", default: "3" },
    seed: { type: "string", default: "1" },
    date: { type: "string", multiple: true },
    processor: { type: "string", multiple: true },
    examples: { type: "string", default: "3" },
  },
});

const [path] = positionals;
if (path === undefined)
  throw new Error("usage: bin/with-node test/oracle/compare.ts WAREHOUSE [--dates N] [--seed S]");
const warehouse = await DuckDbWarehouse.open({ path, readOnly: true });
const named = values.date as GameDate[] | undefined;
const partitions = (
  named?.flatMap((date) => PROCESSOR_NAMES.map((processor): Partition => ({ processor, date }))) ??
  (await recordedPartitions(warehouse, Number(values.dates), Number(values.seed)))
).filter(({ processor }) => values.processor?.includes(processor) ?? true);
const { rows, cells, differences } = await compareWarehouse(warehouse, partitions, (done, found) => {
  if (found.differences.length > 0) {
    console.error(
      `${done.date} ${done.processor}: ${found.differences.length} differences in ${found.rows} rows`,
    );
  }
});
await warehouse.close();
console.log(summarised(differences, Number(values.examples)));
console.log(
  `${partitions.length} partitions on ${new Set(partitions.map((one) => one.date)).size} dates, ${rows} rows, ${cells} cells: ${differences.length} differences`,
);
process.exitCode = differences.length > 0 ? 1 : 0;
