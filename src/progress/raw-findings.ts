import { OFFICIAL_SEASON_TYPES } from "../calendar.ts";
import type { GameDate } from "../dates.ts";
import type { Reader, Row } from "../warehouse/warehouse.ts";

/** A game that a raw table has and the schedule lacks, or the other way round. */
export interface RawGame {
  readonly game_date: GameDate;
  readonly game_id: string;
  readonly raw_table: string;
}

/** What the raw tables say beside the calendar. */
export interface RawFindings {
  /** Dates that have exhibition games alone. */
  readonly exhibition: ReadonlySet<GameDate>;
  /** Raw games that the schedule does not know; null where the raw tables cannot be read. */
  readonly unscheduled: readonly RawGame[] | null;
  /** Final official games without rows in a table that summaries need. */
  readonly missing: readonly RawGame[];
  /** Official games that nobody says are over, those to come included. */
  readonly notOver: readonly ScheduledGame[];
}

export type ScheduledGame = Pick<RawGame, "game_date" | "game_id">;

const official = OFFICIAL_SEASON_TYPES.map((type) => `'${type}'`).join(", ");
const boxes = ["player_boxscores", "team_boxscores"];

/** The findings that the schedule alone gives, where the raw tables cannot be read. */
export async function readScheduleFindings(reader: Reader): Promise<RawFindings> {
  const exhibition = await reader.read<{ game_date: GameDate }>(
    `SELECT game_date FROM nba_raw.schedule WHERE status NOT IN ('postponed', 'cancelled')
     GROUP BY game_date HAVING MAX(CASE WHEN season_type IN (${official}) THEN 1 ELSE 0 END) = 0`,
  );
  const notOver = await reader.read<ScheduledGame & Row>(
    `SELECT game_date, game_id FROM nba_raw.schedule
     WHERE season_type IN (${official}) AND status NOT IN ('final', 'postponed', 'cancelled')
     ORDER BY game_date, game_id`,
  );
  return {
    exhibition: new Set(exhibition.map((row) => row.game_date)),
    unscheduled: null,
    missing: [],
    notOver,
  };
}

export async function readRawFindings(reader: Reader): Promise<RawFindings> {
  const ofSchedule = await readScheduleFindings(reader);
  const unscheduled = await readUnscheduled(reader);
  const missing = await reader.read<RawGame & Row>(
    `${boxes.map(finalsWithout).join("\nUNION ALL\n")}\nORDER BY game_date, game_id, raw_table`,
  );
  return { ...ofSchedule, unscheduled, missing };
}

/** Raw games that the schedule does not know, each as often as tables have it. */
export async function readUnscheduled(reader: Reader): Promise<readonly RawGame[]> {
  return reader.read<RawGame & Row>(
    `${[...boxes, "shots"].map(gamesOutsideSchedule).join("\nUNION ALL\n")}\nORDER BY game_date, game_id, raw_table`,
  );
}

function gamesOutsideSchedule(table: string): string {
  return `SELECT DISTINCT held.game_date, held.game_id, 'nba_raw.${table}' AS raw_table FROM nba_raw.${table} AS held
WHERE NOT EXISTS (SELECT 1 FROM nba_raw.schedule AS s WHERE s.game_id = held.game_id)`;
}

function finalsWithout(table: string): string {
  return `SELECT s.game_date, s.game_id, 'nba_raw.${table}' AS raw_table FROM nba_raw.schedule AS s
WHERE s.status = 'final' AND s.season_type IN (${official})
  AND NOT EXISTS (SELECT 1 FROM nba_raw.${table} AS held WHERE held.game_id = s.game_id)`;
}
