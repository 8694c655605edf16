import type { Warehouse } from "../warehouse/warehouse.ts";

/** What one line of one book is, before which of its numbers is the line. */
const offer = ["file_number", "game_id", "player_id", "bookmaker", "market", "snapshot_key"];
const sameOffer = (a: string, b: string) => offer.map((name) => `${a}.${name} = ${b}.${name}`).join(" AND ");

/**
 * Makes one row of what a file offers for one player, book, market and snapshot. Of several numbers (alternates) the
 * main line stays: the one whose two prices are nearest to each other, where the book sees over and under alike; a
 * number with one price is none while there is one with two, and of equals the lowest is. The rows of the others are
 * counted in `alternate_lines` and go. A source with a row for each side has its two rows joined.
 */
export async function settlePropLines(warehouse: Warehouse): Promise<void> {
  const offered = "(SELECT * FROM staged_player_props WHERE problem IS NULL)";
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

async function removeRows(warehouse: Warehouse, rows: string): Promise<void> {
  await warehouse.execute(`DELETE FROM staged_player_props WHERE (file_number, source_row) IN (${rows})`);
}
