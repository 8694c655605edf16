import type { Warehouse } from "../warehouse/warehouse.ts";
import { literal } from "./expression.ts";
import type { Source } from "./stage.ts";

/** What one line of one book is, before which of its numbers is the line. */
const offer = ["file_number", "origin", "game_id", "player_id", "bookmaker", "market", "snapshot_key"];
const sameOffer = (a: string, b: string) => offer.map((name) => `${a}.${name} = ${b}.${name}`).join(" AND ");

/**
 * Makes one row of what a file offers for one player, book, market and snapshot. Of several numbers (alternates) the
 * main line stays: the one whose two prices are nearest to each other, where the book sees over and under alike; a
 * number with one price is none while there is one with two, and of equals the lowest is. The rows of the others are
 * counted in `alternate_lines` and go. A source with a row for each side has its two rows joined.
 */
export async function settlePropLines(warehouse: Warehouse, sources: readonly Source[]): Promise<void> {
  await createOrigins(warehouse, sources);
  const offered = `(SELECT staged.*, COALESCE(origins.origin, '') AS origin
    FROM staged_player_props AS staged
    LEFT JOIN prop_origins AS origins
      ON origins.file_number = staged.file_number AND origins.source_row = staged.source_row
    WHERE staged.problem IS NULL)`;
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE prop_lines AS
     SELECT ${offer.join(", ")}, line, MAX(source_row) AS last_row, LOGICAL_OR(outcome IS NOT NULL) AS by_side,
       ARG_MAX(over_price, source_row) AS over_price, ARG_MAX(under_price, source_row) AS under_price
     FROM ${offered} AS offered GROUP BY ${offer.join(", ")}, line
     QUALIFY LOGICAL_OR(outcome IS NOT NULL) OR COUNT(*) OVER (PARTITION BY ${offer.join(", ")}) > 1`,
  );
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE main_lines AS SELECT * FROM prop_lines
     QUALIFY ROW_NUMBER() OVER (
       PARTITION BY ${offer.join(", ")}
       ORDER BY over_price IS NULL OR under_price IS NULL,
         ABS(over_price - under_price) / (over_price + under_price), line
     ) = 1`,
  );
  await warehouse.execute(
    `CREATE OR REPLACE TEMP TABLE alternate_lines AS
     SELECT offered.file_number AS file_number, offered.source_row AS source_row
     FROM ${offered} AS offered JOIN main_lines ON ${sameOffer("main_lines", "offered")}
     WHERE offered.line <> main_lines.line`,
  );
  await removeRows(warehouse, "SELECT file_number, source_row FROM alternate_lines");
  // Of two prices of one side the last is the line's; the row with another one stays and is a conflicting duplicate.
  await removeRows(
    warehouse,
    `SELECT offered.file_number, offered.source_row
     FROM ${offered} AS offered JOIN main_lines ON ${sameOffer("main_lines", "offered")}
     WHERE main_lines.by_side AND offered.source_row <> main_lines.last_row
       AND COALESCE(offered.over_price = main_lines.over_price, TRUE)
       AND COALESCE(offered.under_price = main_lines.under_price, TRUE)`,
  );
  await warehouse.execute(
    `UPDATE staged_player_props AS staged
     SET over_price = main_lines.over_price, under_price = main_lines.under_price
     FROM main_lines WHERE main_lines.by_side
       AND main_lines.file_number = staged.file_number AND main_lines.last_row = staged.source_row`,
  );
}

/** Rows that are tried again come together, whatever file they were in: each stands with those of its own file only. */
async function createOrigins(warehouse: Warehouse, sources: readonly Source[]): Promise<void> {
  await warehouse.execute(
    "CREATE OR REPLACE TEMP TABLE prop_origins (file_number INT64, source_row INT64, origin STRING)",
  );
  for (const { number, table, retry } of sources) {
    if (!retry) continue;
    await warehouse.execute(
      `INSERT INTO prop_origins
       SELECT ${number}, source.source_row, regexp_replace(held.file, ${literal(", row [0-9]+$")}, '')
       FROM ${table} AS source
       JOIN nba_raw.quarantine AS held
         ON held.row_key = source.quarantine_key AND held.table_name = 'nba_raw.player_props'`,
    );
  }
}

async function removeRows(warehouse: Warehouse, rows: string): Promise<void> {
  await warehouse.execute(`DELETE FROM staged_player_props WHERE (file_number, source_row) IN (${rows})`);
}
