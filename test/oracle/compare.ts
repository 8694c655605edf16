import { parseArgs } from "node:util";
import type { GameDate } from "../../src/dates.ts";
import { PROCESSOR_NAMES, type ProcessorName } from "../../src/processors/processor.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Reader } from "../../src/warehouse/warehouse.ts";
import { randomFrom } from "./chance.ts";
import { compareWarehouse, type Difference, type Partition } from "./difference.ts";

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

/** That many dates of each season, with the partitions that a run has recorded: of warm-up only the summaries. */
async function pickPartitions(reader: Reader, perSeason: number, seed: number): Promise<Partition[]> {
  const recorded = await reader.read<{ processor: ProcessorName; date: GameDate; season: number }>(
    `SELECT DISTINCT p.processor AS processor, p.game_date AS date, s.season_year AS season
     FROM nba_backfill.partitions AS p
     JOIN nba_raw.schedule AS s ON s.game_date = p.game_date
     WHERE p.status NOT IN ('failed', 'running')
     ORDER BY date, processor`,
  );
  const next = randomFrom(seed);
  const picked: Partition[] = [];
  for (const ofSeason of Map.groupBy(recorded, (row) => row.season).values()) {
    const left = [...Map.groupBy(ofSeason, (row) => row.date).values()];
    for (let i = 0; i < perSeason && left.length > 0; i++) {
      picked.push(...left.splice(Math.floor(next() * left.length), 1).flat());
    }
  }
  return picked;
}

function summarised(differences: readonly Difference[], examples: number): string {
  const groups = Map.groupBy(differences, ({ processor, column }) => `${processor}.${column}`);
  const lines: string[] = [];
  for (const [name, found] of groups) {
    lines.push(`${name}: ${found.length} on ${new Set(found.map((one) => one.date)).size} dates`);
    for (const one of found.slice(0, examples)) {
      lines.push(`    ${one.date} ${one.key}: stored ${one.stored}, oracle ${one.oracle}`);
    }
  }
  return lines.join("\n");
}

const [path] = positionals;
if (path === undefined)
  throw new Error("usage: bin/with-node test/oracle/compare.ts WAREHOUSE [--dates N] [--seed S]");
const warehouse = await DuckDbWarehouse.open({ path, readOnly: true });
const named = values.date as GameDate[] | undefined;
const partitions = (
  named?.flatMap((date) => PROCESSOR_NAMES.map((processor): Partition => ({ processor, date }))) ??
  (await pickPartitions(warehouse, Number(values.dates), Number(values.seed)))
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
