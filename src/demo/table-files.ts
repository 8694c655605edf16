import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { BackfillError, messageOf } from "../errors.ts";

/** What a field of a file can hold; undefined is an empty field. No text of the demo needs quoting. */
export type Field = string | number | boolean | undefined;

/** Columns of the files, in our own layout: those of the raw tables that are not derived when files are ingested. */
const columnsOf = {
  schedule:
    "game_id season_year season_type game_date tipoff_at home_team away_team neutral_site status home_score away_score arena_id",
  player_boxscores:
    "game_id game_date player_id player_name team starter status dnp_reason lists_nonplayers seconds fgm fga fg3m fg3a ftm fta oreb dreb ast stl blk tov pf pts plus_minus",
  team_boxscores:
    "game_id game_date team minutes overtime_points overtime_periods fgm fga fg3m fg3a ftm fta oreb dreb ast stl blk tov pf pts team_fga official_possessions",
  shots:
    "game_id game_date event_id player_id team period seconds_left made shot_value zone distance_ft loc_x loc_y assist_player_id block_player_id",
  // A source without event numbers, assists and blocks.
  shots_without_marks:
    "game_id game_date player_id team period seconds_left made shot_value zone distance_ft loc_x loc_y",
  game_lines: "game_id game_date bookmaker market side snapshot_at point price",
  player_props:
    "game_id game_date player_id player_name bookmaker market snapshot_at team line over_price under_price",
  injury_reports: "game_id game_date team player_id player_name reported_at status reason reason_category",
  rosters: "team player_id player_name as_of_at",
  players: "player_id player_name birth_date",
} as const;

export type FileName = keyof typeof columnsOf;

const FLUSH_AT = 1 << 20;

/** CSV files in one folder, a file a table, written as rows come; `source` is demo on every row. */
export class TableFiles {
  readonly #files = new Map<FileName, { path: string; descriptor: number; pending: string; rows: number }>();

  /** Creates the folder and empty files with their headers. Throws `input-invalid` where that cannot be. */
  constructor(folder: string) {
    try {
      mkdirSync(folder, { recursive: true });
      for (const [name, columns] of Object.entries(columnsOf)) {
        const header = `${columns.replaceAll(" ", ",")},source\n`;
        const path = join(folder, `${name}.csv`);
        const descriptor = openSync(path, "w");
        this.#files.set(name as FileName, { path, descriptor, pending: header, rows: 0 });
      }
    } catch (error) {
      throw new BackfillError("input-invalid", `cannot write demo files in ${folder}: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  row(name: FileName, ...fields: readonly Field[]): void {
    const file = this.#files.get(name)!;
    let line = "";
    for (const field of fields) line += field === undefined ? "," : `${field},`;
    file.pending += `${line}demo\n`;
    file.rows++;
    if (file.pending.length >= FLUSH_AT) this.#flush(file);
  }

  /** Writes what is pending, closes the files, removes those without a row and returns the rows of each. */
  close(): Record<FileName, number> {
    const rows = {} as Record<FileName, number>;
    for (const [name, file] of this.#files) {
      this.#flush(file);
      closeSync(file.descriptor);
      if (file.rows === 0) rmSync(file.path);
      rows[name] = file.rows;
    }
    return rows;
  }

  #flush(file: { descriptor: number; pending: string }): void {
    writeSync(file.descriptor, file.pending, null, "latin1");
    file.pending = "";
  }
}
