import { type Table, tableOf } from "../tables.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { EXTRA_COLUMNS, RAW_TABLES } from "./columns.ts";

/** What became of the rows of one file in one table. */
export interface MergedRows {
  readonly file_number: number;
  readonly outcome: "inserted" | "replaced" | "unchanged" | "duplicate" | "superseded" | "quarantined";
  readonly rows: number;
}

/**
 * Gives every staged row its outcome against the table as it is and against the other rows of this ingest: the
 * temporary table `judged_<table>`. Of two rows with one key the later one stays; within one file the earlier one of
 * two that differ is set aside, because nothing says which is right.
 */
export async function judge(warehouse: Warehouse, tableName: string): Promise<MergedRows[]> {
  const table = tableOf(`nba_raw.${tableName}`);
  const compared = RAW_TABLES[tableName]?.compared ?? {};
  const derived = RAW_TABLES[tableName]?.derived ?? {};
  const names = table.columns.map(({ name }) => name);
  const content = names.filter((name) => !(name in derived) && name !== "loaded_at");
  const comparable = (from: string) =>
    `(SELECT rows_of.*, ${names.map((name) => `${compared[name] ?? name} AS compared_${name}`).join(", ")}
      FROM ${from} AS rows_of)`;
  const equalKeys = (a: string, b: string) =>
    table.key.map((name) => `${a}.compared_${name} = ${b}.compared_${name}`).join(" AND ");
  const same = (a: string, b: string) =>
    content.map((name) => `${a}.compared_${name} IS NOT DISTINCT FROM ${b}.compared_${name}`).join(" AND ");

  if (tableName === "shots") await numberShots(warehouse);
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE judged_${tableName} AS
WITH ranked AS (
  SELECT rows_under_way.*,
    ROW_NUMBER() OVER (
      PARTITION BY ${table.key.map((name) => `compared_${name}`).join(", ")}
      ORDER BY file_number DESC, source_row DESC
    ) AS place
  FROM ${comparable(`staged_${tableName}`)} AS rows_under_way
  WHERE problem IS NULL
),
losers AS (SELECT ranked.* FROM ranked WHERE place > 1),
winners AS (SELECT ranked.* FROM ranked WHERE place = 1)
SELECT winners.file_number, winners.source_row, ${names.map((name) => `winners.${name}`).join(", ")},
  ${table.key.map((name) => `held.${name} AS held_${name}`).join(", ")},
  CASE
    WHEN held.${table.key[0]} IS NULL THEN 'inserted'
    WHEN ${same("winners", "held")} THEN 'unchanged'
    WHEN winners.file_number < 0 THEN 'superseded'
    ELSE 'replaced'
  END AS outcome
FROM winners LEFT JOIN ${comparable(table.id)} AS held ON ${equalKeys("winners", "held")}
UNION ALL
SELECT losers.file_number, losers.source_row, ${names.map((name) => `losers.${name}`).join(", ")},
  ${table.key.map((name) => `losers.${name}`).join(", ")},
  CASE
    WHEN ${same("losers", "winners")} THEN 'duplicate'
    WHEN losers.file_number = winners.file_number THEN 'quarantined'
    ELSE 'superseded'
  END
FROM losers JOIN winners ON ${equalKeys("losers", "winners")}`,
  );
  return warehouse.read(
    `SELECT file_number, outcome, COUNT(*) AS rows FROM (
       SELECT file_number, outcome FROM judged_${tableName}
       UNION ALL SELECT file_number, 'quarantined' FROM staged_${tableName} WHERE problem IS NOT NULL
     ) AS judged GROUP BY file_number, outcome ORDER BY file_number, outcome`,
  ) as unknown as Promise<MergedRows[]>;
}

/** Writes the judged rows: what is replaced goes, what is new or replaces comes. Gives the rows that went for good. */
export async function apply(warehouse: Warehouse, tableName: string): Promise<number> {
  const table = tableOf(`nba_raw.${tableName}`);
  const names = table.columns.map(({ name }) => name).join(", ");
  await warehouse.execute(
    `DELETE FROM ${table.id} AS held WHERE EXISTS (
       SELECT 1 FROM judged_${tableName} AS judged WHERE judged.outcome = 'replaced' AND ${heldKeys(table)}
     )`,
  );
  const removed = tableName === "shots" ? await removeLeftOverShots(warehouse, table) : 0;
  await warehouse.execute(
    `INSERT INTO ${table.id} (${names})
     SELECT ${names} FROM judged_${tableName} WHERE outcome IN ('inserted', 'replaced')`,
  );
  return removed;
}

function heldKeys(table: Table): string {
  return table.key.map((name) => `judged.held_${name} = held.${name}`).join(" AND ");
}

/**
 * Shots without an event number get their ordinal within the game. Equal shots of one file are counted apart; the same
 * shot in a second file is the same shot.
 */
async function numberShots(warehouse: Warehouse): Promise<void> {
  const order = "period, seconds_left DESC, player_id, loc_x, loc_y, made, shot_value";
  const columns = [...tableOf("nba_raw.shots").columns, ...(EXTRA_COLUMNS.shots ?? [])].map(
    ({ name }) => name,
  );
  const others = columns.filter((name) => name !== "event_id").join(", ");
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE unnumbered_shots AS
     SELECT file_number, source_row, problem, ${others},
       ROW_NUMBER() OVER (
         PARTITION BY file_number, game_id, ${order.replace(" DESC", "")} ORDER BY source_row
       ) AS occurrence
     FROM staged_shots WHERE event_id IS NULL AND problem IS NULL`,
  );
  await warehouse.execute("DELETE FROM staged_shots WHERE event_id IS NULL AND problem IS NULL");
  await warehouse.execute(
    `INSERT INTO staged_shots (file_number, source_row, problem, ${others}, event_id)
     SELECT file_number, source_row, problem, ${others},
       DENSE_RANK() OVER (PARTITION BY game_id ORDER BY ${order}, occurrence)
     FROM unnumbered_shots`,
  );
}

/** Ordinals mean something only within the whole game: a game loaded anew without event numbers replaces the old one. */
async function removeLeftOverShots(warehouse: Warehouse, table: Table): Promise<number> {
  const left = `FROM ${table.id} AS held
    WHERE held.game_id IN (SELECT game_id FROM unnumbered_shots WHERE file_number > 0)
      AND NOT EXISTS (
        SELECT 1 FROM judged_shots AS judged
        WHERE judged.game_id = held.game_id AND judged.event_id = held.event_id
      )`;
  const [counted] = await warehouse.read<{ rows: number }>(`SELECT COUNT(*) AS rows ${left}`);
  if (counted!.rows > 0) await warehouse.execute(`DELETE ${left}`);
  return counted!.rows;
}
