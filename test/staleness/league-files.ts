import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ingest } from "../../src/ingest/ingest.ts";
import { recordIngest } from "../../src/run/look.ts";
import { TABLES } from "../../src/tables.ts";
import { DuckDbWarehouse } from "../../src/warehouse/duckdb/duckdb-warehouse.ts";
import type { Row, Warehouse } from "../../src/warehouse/warehouse.ts";
import { leagueOf } from "../oracle/league.ts";

/** Rows in our own layout, by raw table: what a file for `ingest` holds. */
export type Files = Readonly<Record<string, readonly Row[]>>;

/** The messy league as files. What ingest derives from other rows is left out. */
export function filesOf(seed: number): Files {
  const raw = leagueOf(seed);
  const rows = (list: readonly object[]) => list as readonly Row[];
  return {
    schedule: raw.schedule.map(({ asof_cutoff_at, ...game }) => ({ ...game, tipoff_at: asof_cutoff_at })),
    player_boxscores: rows(raw.player_boxscores),
    team_boxscores: rows(raw.team_boxscores),
    shots: raw.shots.map((shot) => ({ ...shot, ...PLACES[shot.zone] })),
    game_lines: rows(raw.game_lines),
    player_props: raw.player_props.map(({ player_id, ...prop }) =>
      player_id.startsWith("name:")
        ? { ...prop, player_id: null, player_name: player_id.slice(5) }
        : { ...prop, player_id },
    ),
    injury_reports: rows(raw.injury_reports),
    rosters: rows(raw.rosters),
    players: rows(raw.players),
  };
}

/** Where a shot of each zone may have been taken: in tenths of feet, and in feet. */
const PLACES: Readonly<Record<string, Row>> = {
  paint: { loc_x: 0, loc_y: 50, distance_ft: 5 },
  mid_range: { loc_x: 0, loc_y: 180, distance_ft: 18 },
  three: { loc_x: 0, loc_y: 260, distance_ft: 26 },
};

/** A warehouse with all tables and no row; in memory without a path. */
export async function emptyWarehouse(path = ":memory:"): Promise<DuckDbWarehouse> {
  const warehouse = await DuckDbWarehouse.open({ path, threads: 1 });
  await warehouse.createTables(TABLES.values());
  return warehouse;
}

/** Loads files by the real ingest. */
export async function ingestFiles(warehouse: Warehouse, files: Files, now: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "nba-backfill-staleness-"));
  try {
    writeFiles(files, folder);
    await ingestPath(warehouse, folder, now);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes files; those without a row not. */
export function writeFiles(files: Files, folder: string): void {
  for (const [table, rows] of Object.entries(files)) {
    if (rows.length > 0) writeFileSync(join(folder, `${table}.csv`), csvOf(rows));
  }
}

/** Loads a file or folder by the real ingest; every row must fit. */
export async function ingestPath(warehouse: Warehouse, path: string, now: string): Promise<void> {
  await ingest(
    warehouse,
    { paths: [path] },
    { now: new Date(now), afterLoad: async () => void (await recordIngest(warehouse, now)) },
  );
  const [left] = await warehouse.read("SELECT * FROM nba_raw.quarantine LIMIT 1");
  if (left) throw new Error(`a row does not fit: ${JSON.stringify(left)}`);
}

function csvOf(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0]!);
  const lines = rows.map((row) => columns.map((column) => row[column] ?? "").join(","));
  return `${[columns.join(","), ...lines].join("\n")}\n`;
}
