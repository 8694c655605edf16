import { hash } from "node:crypto";
import { tableOf } from "../../tables.ts";

/** What the side file mirrors: what planning, status and the list of runs read. */
export const MIRRORED: ReadonlyMap<string, readonly string[]> = new Map([
  ["nba_backfill.partitions", columnsOf("nba_backfill.partitions")],
  ["nba_backfill.source_dates", columnsOf("nba_backfill.source_dates")],
  ["nba_backfill.warehouse_info", columnsOf("nba_backfill.warehouse_info")],
  ["nba_backfill.runs", columnsOf("nba_backfill.runs")],
  ["nba_raw.schedule", ["game_id", "game_date", "season_year", "season_type", "status"]],
]);

function columnsOf(table: string): string[] {
  return tableOf(table).columns.map(({ name }) => name);
}

/** `nba_raw.schedule` to `schedule`: SQLite's schemas are attached files. */
export function plain(table: string): string {
  return tableOf(table).name;
}

/** The statements that make a side file. */
export const SHAPE: string = [
  ...[...MIRRORED].map(([table, columns]) => {
    const key = tableOf(table).key.filter((column) => columns.includes(column));
    return `CREATE TABLE ${plain(table)} (${columns.join(", ")}, PRIMARY KEY (${key.join(", ")}))`;
  }),
  "CREATE TABLE holder (run_id, command, host, pid, since, heartbeat_at)",
  "CREATE TABLE cancels (requested_at)",
  "CREATE TABLE recorded (engine, as_of, in_step, made_from)",
].join(";\n");

/** Made from the shape, so that nobody can forget to raise it; SQLite keeps it as a file's user_version. */
export const VERSION: number = Number.parseInt(hash("sha256", SHAPE, "hex").slice(0, 7), 16);

/** The SQLite file beside a DuckDB warehouse, and what SQLite puts beside that. */
export function sideFiles(warehouse: string): readonly [string, string, string] {
  const path = `${warehouse}.state.sqlite`;
  return [path, `${path}-wal`, `${path}-shm`];
}

/** The process that has the warehouse open for writing. */
export interface Holder {
  /** Empty until its run begins, and for commands that are no run. */
  readonly run_id: string;
  readonly command: string;
  readonly host: string;
  readonly pid: number;
  readonly since: string;
  readonly heartbeat_at: string;
}
