import type { Warehouse } from "../warehouse/warehouse.ts";
import type { MergedRows } from "./merge.ts";
import type { ScannedFile } from "./sources.ts";
import { type Source, skippedStatement } from "./stage.ts";
import type { FileSummary, IngestSummary, TableCounts } from "./summary.ts";

/** What became of a file, table by table. */
export async function countFile(
  warehouse: Warehouse,
  source: ScannedFile,
  merged: ReadonlyMap<string, readonly MergedRows[]>,
): Promise<FileSummary> {
  const tables: TableCounts[] = [];
  for (const table of new Set(source.mapping.targets.map((target) => target.table))) {
    const outcomes = merged.get(table)!.filter((row) => row.file_number === source.number);
    const count = (outcome: MergedRows["outcome"]) =>
      outcomes.find((row) => row.outcome === outcome)?.rows ?? 0;
    tables.push({
      table: `nba_raw.${table}`,
      rows: outcomes.reduce((sum, { rows }) => sum + rows, 0),
      inserted: count("inserted"),
      replaced: count("replaced"),
      unchanged: count("unchanged"),
      duplicate: count("duplicate"),
      superseded: count("superseded"),
      quarantined: count("quarantined"),
      reasons: count("quarantined") === 0 ? {} : await reasonsOf(warehouse, source, table),
    });
  }
  const skipped = skippedStatement(source);
  const skippedRows = skipped ? await warehouse.read<{ reason: string; skipped: number }>(skipped) : [];
  if (tables.some(({ table }) => table === "nba_raw.player_props")) {
    skippedRows.push(...(await alternatesOf(warehouse, source)));
  }
  return {
    file: source.name,
    mapping: source.mapping.name,
    rows: source.rows,
    brokenLines: source.brokenLines,
    skippedRows: byReason(skippedRows),
    tables,
  };
}

/** One count for each reason: a mapping can name alternates that its source marks itself. */
function byReason(rows: readonly { reason: string; skipped: number }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason, skipped } of rows) counts[reason] = (counts[reason] ?? 0) + skipped;
  return counts;
}

async function alternatesOf(warehouse: Warehouse, source: Source) {
  return warehouse.read<{ reason: string; skipped: number }>(
    `SELECT 'an alternate line' AS reason, COUNT(*) AS skipped FROM alternate_lines
     WHERE file_number = ${source.number} HAVING COUNT(*) > 0`,
  );
}

async function reasonsOf(
  warehouse: Warehouse,
  source: Source,
  table: string,
): Promise<Record<string, number>> {
  const rows = await warehouse.read<{ reason: string; rows: number }>(
    `SELECT reason, COUNT(*) AS rows FROM (
       SELECT SUBSTR(problem, 1, STRPOS(problem, ': ') - 1) AS reason FROM staged_${table}
       WHERE problem IS NOT NULL AND file_number = ${source.number}
       UNION ALL
       SELECT 'conflicting_duplicate' FROM judged_${table}
       WHERE outcome = 'quarantined' AND file_number = ${source.number}
     ) AS problems GROUP BY reason ORDER BY reason`,
  );
  return Object.fromEntries(rows.map((row) => [row.reason, row.rows]));
}

/** Names of players and arenas in the warehouse that nothing resolves. */
export async function countUnresolved(warehouse: Warehouse): Promise<IngestSummary["unresolved"]> {
  const [found] = await warehouse.read<{ players: number; arenas: number }>(
    `SELECT
       (SELECT COUNT(DISTINCT player_id) FROM (
         SELECT player_id FROM nba_raw.player_boxscores WHERE from_name
         UNION ALL SELECT player_id FROM nba_raw.player_props WHERE from_name
         UNION ALL SELECT player_id FROM nba_raw.injury_reports WHERE from_name
         UNION ALL SELECT player_id FROM nba_raw.rosters WHERE from_name
       ) AS named WHERE STARTS_WITH(player_id, 'name:')) AS players,
       (SELECT COUNT(DISTINCT arena_id) FROM nba_raw.schedule WHERE STARTS_WITH(arena_id, 'name:')) AS arenas`,
  );
  return found!;
}
