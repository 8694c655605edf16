import type { GameDate } from "../../src/dates.ts";
import type { ProcessorName } from "../../src/processors/processor.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Reader } from "../../src/warehouse/warehouse.ts";
import { randomFrom } from "./chance.ts";
import { compareWarehouse, type Difference, type Partition } from "./difference.ts";

/** That many dates of each season, with the partitions that a run has recorded: of warm-up only the summaries. */
export async function recordedPartitions(
  reader: Reader,
  perSeason: number,
  seed: number,
): Promise<Partition[]> {
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

/** One line for each column that differs, with examples. */
export function summarised(differences: readonly Difference[], examples: number): string {
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

/**
 * Judges random dates of every season of a warehouse and prints the seed that gives them again (NBA_BACKFILL_SEED).
 * Gives the seasons that had dates, the cells compared, and what differs in words.
 */
export async function judgeRandomDates(path: string, perSeason: number) {
  const seed = Number(process.env.NBA_BACKFILL_SEED ?? Date.now() % 1_000_000);
  const warehouse = await DuckDbWarehouse.open({ path, readOnly: true });
  try {
    const partitions = await recordedPartitions(warehouse, perSeason, seed);
    const dates = [...new Set(partitions.map(({ date }) => date))].sort();
    console.log(`oracle, seed ${seed}: ${dates.join(" ")}`);
    const { cells, differences } = await compareWarehouse(warehouse, partitions);
    return { dates, cells, differences: summarised(differences, 3) };
  } finally {
    await warehouse.close();
  }
}
