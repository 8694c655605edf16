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

/** That many dates of each season, of those on which the processor tables hold anything. */
async function pickDates(reader: Reader, perSeason: number, seed: number): Promise<GameDate[]> {
  const held = await reader.read<{ date: GameDate; season: number }>(
    `SELECT DISTINCT game_date AS date, season_year AS season FROM nba_analytics.upcoming_team_game_context
     UNION DISTINCT SELECT DISTINCT game_date, season_year FROM nba_analytics.team_offense_game_summary
     ORDER BY 1`,
  );
  const next = randomFrom(seed);
  const picked: GameDate[] = [];
  for (const dates of Map.groupBy(held, (row) => row.season).values()) {
    const left = dates.map((row) => row.date);
    for (let i = 0; i < perSeason && left.length > 0; i++) {
      picked.push(...left.splice(Math.floor(next() * left.length), 1));
    }
  }
  return picked.sort();
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
const dates =
  (values.date as GameDate[] | undefined) ??
  (await pickDates(warehouse, Number(values.dates), Number(values.seed)));
const processors = (values.processor as ProcessorName[] | undefined) ?? PROCESSOR_NAMES;
const partitions: Partition[] = dates.flatMap((date) => processors.map((processor) => ({ processor, date })));
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
  `${partitions.length} partitions on ${dates.length} dates, ${rows} rows, ${cells} cells: ${differences.length} differences`,
);
process.exitCode = differences.length > 0 ? 1 : 0;
