import { type Table, tableOf } from "../tables.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { RAW_TABLES } from "./columns.ts";

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
  const keys = table.key.map((name) => `compared_${name}`).join(", ");
  const rows = `${comparable(`staged_${tableName}`)} AS rows_under_way`;
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE repeated_keys AS
     SELECT ${keys} FROM ${rows} WHERE problem IS NULL GROUP BY ${keys} HAVING COUNT(*) > 1`,
  );
  const [{ repeated }] = (await warehouse.read<{ repeated: number }>(
    "SELECT COUNT(*) AS repeated FROM repeated_keys",
  )) as [{ repeated: number }];
  const isRepeated = `EXISTS (SELECT 1 FROM repeated_keys WHERE ${equalKeys("rows_under_way", "repeated_keys")})`;
  const columns = (alias: string) =>
    `${alias}.file_number, ${alias}.source_row, ${names.map((name) => `${alias}.${name}`).join(", ")}`;
  const judgeWinners = `SELECT ${columns("winners")},
  ${table.key.map((name) => `held.${name} AS held_${name}`).join(", ")},
  CASE
    WHEN held.${table.key[0]} IS NULL THEN 'inserted'
    WHEN ${same("winners", "held")} THEN 'unchanged'
    WHEN winners.file_number < 0 OR (winners.file_number = 0 AND winners.source <> held.source) THEN 'superseded'
    ELSE 'replaced'
  END AS outcome
FROM winners LEFT JOIN ${comparable(table.id)} AS held ON ${equalKeys("winners", "held")}`;
  // Rarely is any key repeated, and a window over all rows would cost more than everything else here.
  const statement =
    repeated === 0
      ? `WITH winners AS (SELECT * FROM ${rows} WHERE problem IS NULL)
${judgeWinners}`
      : `WITH ranked AS (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY ${keys} ORDER BY file_number DESC, source_row DESC) AS place,
    ROW_NUMBER() OVER (PARTITION BY ${keys}, file_number ORDER BY source_row DESC) AS place_in_file
  FROM ${rows} WHERE problem IS NULL AND ${isRepeated}
),
losers AS (SELECT * FROM ranked WHERE place > 1),
last_ones AS (SELECT * FROM ranked WHERE place = 1),
last_in_file AS (SELECT * FROM ranked WHERE place_in_file = 1),
winners AS (
  SELECT *, 1 AS place, 1 AS place_in_file FROM ${rows} WHERE problem IS NULL AND NOT ${isRepeated}
  UNION ALL SELECT * FROM last_ones
)
${judgeWinners}
UNION ALL
SELECT ${columns("losers")}, ${table.key.map((name) => `losers.${name}`).join(", ")},
  CASE
    WHEN NOT (${same("losers", "last_in_file")}) THEN 'quarantined'
    WHEN ${same("losers", "last_ones")} THEN 'duplicate'
    ELSE 'superseded'
  END
FROM losers
JOIN last_ones ON ${equalKeys("losers", "last_ones")}
JOIN last_in_file
  ON last_in_file.file_number = losers.file_number AND ${equalKeys("losers", "last_in_file")}`;
  await warehouse.execute(`CREATE OR REPLACE TEMP TABLE judged_${tableName} AS ${statement}`);
  return warehouse.read(
    `SELECT file_number, outcome, COUNT(*) AS rows FROM (
       SELECT file_number, outcome FROM judged_${tableName}
       UNION ALL SELECT file_number, 'quarantined' FROM staged_${tableName} WHERE problem IS NOT NULL
     ) AS judged GROUP BY file_number, outcome ORDER BY file_number, outcome`,
  ) as unknown as Promise<MergedRows[]>;
}

/**
 * Writes the judged rows: what is replaced goes, what is new or replaces comes. `wholeGames` says that the files hold
 * all shots of each of their games. Gives the rows that went for good.
 */
export async function apply(warehouse: Warehouse, tableName: string, wholeGames: boolean): Promise<number> {
  const table = tableOf(`nba_raw.${tableName}`);
  const names = table.columns.map(({ name }) => name).join(", ");
  await warehouse.execute(
    `DELETE FROM ${table.id} AS held WHERE EXISTS (
       SELECT 1 FROM judged_${tableName} AS judged WHERE judged.outcome = 'replaced' AND ${heldKeys(table)}
     )`,
  );
  const removed = tableName === "shots" ? await removeLeftOverShots(warehouse, table, wholeGames) : 0;
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
  const columns = order.replace(" DESC", "");
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE numbered_shots AS
     SELECT file_number, source_row, game_id,
       DENSE_RANK() OVER (PARTITION BY game_id ORDER BY ${order}, occurrence) AS ordinal
     FROM (
       SELECT file_number, source_row, game_id, ${columns},
         ROW_NUMBER() OVER (PARTITION BY file_number, game_id, ${columns} ORDER BY source_row) AS occurrence
       FROM staged_shots WHERE event_id IS NULL AND problem IS NULL
     ) AS counted`,
  );
  await warehouse.execute(
    `UPDATE staged_shots SET event_id = numbered_shots.ordinal FROM numbered_shots
     WHERE staged_shots.file_number = numbered_shots.file_number
       AND staged_shots.source_row = numbered_shots.source_row`,
  );
}

/**
 * Ordinals mean something only within the whole game: a game loaded anew without event numbers replaces the old one, as
 * does one of which a file holds all: another source numbers its events otherwise, and a correction can take one back.
 */
async function removeLeftOverShots(warehouse: Warehouse, table: Table, wholeGames: boolean): Promise<number> {
  const loaded = wholeGames ? "staged_shots" : "numbered_shots";
  const left = `FROM ${table.id} AS held
    WHERE held.game_id IN (SELECT game_id FROM ${loaded} WHERE file_number > 0)
      AND NOT EXISTS (
        SELECT 1 FROM staged_shots AS staged
        WHERE staged.game_id = held.game_id AND staged.event_id = held.event_id
      )`;
  const [counted] = await warehouse.read<{ rows: number }>(`SELECT COUNT(*) AS rows ${left}`);
  if (counted!.rows > 0) await warehouse.execute(`DELETE ${left}`);
  return counted!.rows;
}
