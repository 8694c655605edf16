import { readFileSync } from "node:fs";
import type { GameDate } from "../dates.ts";
import { type Table, tableOf } from "../tables.ts";
import type { Reader, Warehouse } from "../warehouse/warehouse.ts";
import { playerNames } from "./player-names.ts";

/** What is worked out from whole raw tables at the end of every ingest. */
interface Derivation {
  /** The file derive/<name>.sql: the key of each row whose values change, and `new_<column>` for each of these. */
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** Names need what an ingest has at hand; the others follow from the raw tables alone. */
  readonly ofNames?: true;
}

/** In this order: the date of a row comes from the schedule, names are resolved by dates. */
export const DERIVATIONS: readonly Derivation[] = [
  { name: "cutoffs", table: "nba_raw.schedule", columns: ["asof_cutoff_at", "asof_cutoff_kind"] },
  { name: "arena_names", table: "nba_raw.schedule", columns: ["arena_id"], ofNames: true },
  ...["player_boxscores", "team_boxscores", "shots", "shot_coverage", "game_lines", "player_props"].map(
    (table) => ({
      name: "game_dates",
      table: `nba_raw.${table}`,
      columns: ["game_date"],
    }),
  ),
  { name: "team_minutes", table: "nba_raw.team_boxscores", columns: ["minutes"] },
  {
    name: "shot_coverage",
    table: "nba_raw.shot_coverage",
    columns: ["home_shots", "away_shots", "zone_method"],
  },
  ...["player_boxscores", "player_props", "injury_reports", "rosters"].map((table) => ({
    name: "player_names",
    table: `nba_raw.${table}`,
    columns: ["player_id"],
    ofNames: true as const,
  })),
];

export interface Derived {
  readonly name: string;
  readonly table: string;
  readonly rows: number;
}

/** Of a lead that nobody knows no cut-off follows. */
function ofTables(lineLeadMinutes: number | undefined): readonly Derivation[] {
  return DERIVATIONS.filter(
    ({ name, ofNames }) => !ofNames && !(name === "cutoffs" && lineLeadMinutes === undefined),
  );
}

/** Derives everything anew and writes what differs. */
export function deriveAll(warehouse: Warehouse, lineLeadMinutes: number): Promise<Derived[]> {
  return deriveEach(warehouse, DERIVATIONS, lineLeadMinutes);
}

/** The same of what follows from the raw tables alone, after another program has changed them; gives what differed. */
export async function deriveAgain(
  warehouse: Warehouse,
  lineLeadMinutes: number | undefined,
): Promise<Derived[]> {
  const derived = await deriveEach(warehouse, ofTables(lineLeadMinutes), lineLeadMinutes ?? 0);
  return derived.filter(({ rows }) => rows > 0);
}

/** What {@link deriveAgain} would write of the scheduled games, counted by date of the schedule. */
export async function notDerived(
  reader: Reader,
  lineLeadMinutes: number | undefined,
): Promise<(Derived & { readonly game_date: GameDate })[]> {
  const differing = [];
  for (const { name, table } of ofTables(lineLeadMinutes)) {
    const found = await reader.read<{ game_date: GameDate; rows: number }>(
      `SELECT schedule.game_date AS game_date, COUNT(*) AS rows
       FROM (\n${selectOf(name, tableOf(table))}\n) AS differing
       JOIN nba_raw.schedule AS schedule ON schedule.game_id = differing.game_id
       GROUP BY schedule.game_date ORDER BY 1`,
      { line_lead_minutes: lineLeadMinutes ?? 0 },
    );
    differing.push(...found.map((of) => ({ name, table, ...of })));
  }
  return differing;
}

async function deriveEach(
  warehouse: Warehouse,
  derivations: readonly Derivation[],
  lineLeadMinutes: number,
): Promise<Derived[]> {
  const derived: Derived[] = [];
  for (const { name, table, columns } of derivations) {
    const rows = await derive(warehouse, selectOf(name, tableOf(table)), tableOf(table), columns, {
      line_lead_minutes: lineLeadMinutes,
    });
    derived.push({ name, table, rows });
  }
  return derived;
}

async function derive(
  warehouse: Warehouse,
  select: string,
  table: Table,
  columns: readonly string[],
  parameters: Record<string, number>,
): Promise<number> {
  const [held] = await warehouse.read<{ some: boolean }>(`SELECT COUNT(*) > 0 AS some FROM ${table.id}`);
  if (!held!.some) return 0;
  const key = table.key.map((name) => `held.${name} AS ${name}`).join(", ");
  const values = columns.map((name) => `held.${name} AS new_${name}`).join(", ");
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE derived_rows AS SELECT ${key}, ${values} FROM ${table.id} AS held LIMIT 0`,
  );
  await warehouse.execute(
    `INSERT INTO derived_rows (${[...table.key, ...columns.map((name) => `new_${name}`)].join(", ")}) ${select}`,
    parameters,
  );
  const [counted] = await warehouse.read<{ rows: number }>("SELECT COUNT(*) AS rows FROM derived_rows");
  if (counted!.rows > 0) {
    await warehouse.execute(
      `UPDATE ${table.id} AS held SET ${columns.map((name) => `${name} = derived_rows.new_${name}`).join(", ")}
       FROM derived_rows WHERE ${table.key.map((name) => `held.${name} = derived_rows.${name}`).join(" AND ")}`,
    );
  }
  return counted!.rows;
}

/** The SELECT of a derivation. Two are the same for several tables and are made from the table's key. */
export function selectOf(name: string, table: Table): string {
  if (name === "game_dates") return gameDates(table);
  if (name === "player_names") return playerNames(table);
  return readFileSync(new URL(`derive/${name}.sql`, import.meta.url), "utf8");
}

function gameDates(table: Table): string {
  return `SELECT ${table.key.map((column) => `held.${column} AS ${column}`).join(", ")}, schedule.game_date AS new_game_date
FROM ${table.id} AS held
JOIN nba_raw.schedule AS schedule ON schedule.game_id = held.game_id
WHERE held.game_date <> schedule.game_date`;
}
