import { type Column, TABLES, tableOf } from "../tables.ts";
import { TEAMS } from "./teams.ts";

/** What ingest knows of a raw table beyond its schema file. SQL here is over a row under way, in our subset. */
export interface RawTable {
  /** Columns worked out from others of the same row: a mapping cannot fill them. */
  readonly worked?: Readonly<Record<string, string>>;
  /** What a column holds where the mapping or the file leaves it empty. */
  readonly defaults?: Readonly<Record<string, string>>;
  /** Columns derived from whole tables at the end of every ingest; until then they hold this. */
  readonly derived?: Readonly<Record<string, string>>;
  /** How a column compares with the row held before, where it is not simply equal. */
  readonly compared?: Readonly<Record<string, string>>;
  /** Each must not be FALSE; the text is what quarantine says. */
  readonly rules?: Readonly<Record<string, string>>;
}

/** A row whose id came from a name is, for ingest, the row of that name, whatever id the name has today. */
const byName = "CASE WHEN from_name THEN 'name:' || normalised_name(player_name) ELSE player_id END";

const snapshot = {
  snapshot_key: "COALESCE(instant_key(snapshot_at), 'unknown')",
  snapshot_kind: "CASE WHEN snapshot_at IS NULL THEN 'closing_unknown_time' ELSE 'timed' END",
};

const counts = "fgm fga fg3m fg3a ftm fta oreb dreb ast stl blk tov pf pts".split(" ");
const countRules = {
  [counts.map((name) => `COALESCE(${name}, 0) >= 0`).join(" AND ")]: "a count below zero",
  "fgm <= fga AND fg3m <= fg3a AND ftm <= fta": "more made than attempted",
  "fg3m <= fgm AND fg3a <= fga": "more threes than field goals",
};

const thirty = TEAMS.map(({ tricode }) => `'${tricode}'`).join(", ");

export const RAW_TABLES: Readonly<Record<string, RawTable>> = {
  arenas: {
    defaults: { team: "''" },
    rules: {
      "role IN ('home', 'second_home', 'site')": "role is none of home, second_home, site",
      "latitude BETWEEN -90e0 AND 90e0 AND longitude BETWEEN -180e0 AND 180e0": "no place on earth",
    },
  },
  schedule: {
    derived: { asof_cutoff_at: "TIMESTAMP_SECONDS(0)", asof_cutoff_kind: "''" },
    defaults: { neutral_site: "FALSE" },
    rules: {
      "season_type IN ('regular', 'cup_final', 'play_in', 'playoffs', 'preseason', 'all_star')":
        "season_type is none of regular, cup_final, play_in, playoffs, preseason, all_star",
      "status IN ('scheduled', 'final', 'postponed', 'cancelled')":
        "status is none of scheduled, final, postponed, cancelled",
      "status <> 'final' OR (home_score IS NOT NULL AND away_score IS NOT NULL)": "final without a score",
      "COALESCE(home_score, 0) >= 0 AND COALESCE(away_score, 0) >= 0": "a score below zero",
      "home_team <> away_team": "a team that plays itself",
      // All-Star and preseason games may have others.
      [`season_type IN ('preseason', 'all_star') OR (home_team IN (${thirty}) AND away_team IN (${thirty}))`]:
        "an official game of a team that is none of the thirty",
    },
  },
  player_boxscores: {
    compared: { player_id: byName },
    defaults: {
      status: "'active'",
      lists_nonplayers: "FALSE",
      seconds: "CASE WHEN status IN ('dnp', 'inactive') THEN 0 END",
    },
    rules: {
      "status IN ('active', 'dnp', 'inactive')": "status is none of active, dnp, inactive",
      "seconds BETWEEN 0 AND 7200": "seconds is not between 0 and 7200",
      ...countRules,
    },
  },
  team_boxscores: {
    worked: { minutes_derived: "minutes IS NULL" },
    compared: { minutes: "CASE WHEN minutes_derived THEN NULL ELSE minutes END" },
    rules: {
      "minutes BETWEEN 240 AND 500": "minutes is not between 240 and 500",
      "overtime_points >= 0 AND overtime_periods >= 0": "a count below zero",
      ...countRules,
    },
  },
  shots: {
    worked: {
      zone: `CASE
        WHEN shot_value = 3 THEN 'three'
        WHEN official_zone = 'paint' THEN 'paint'
        WHEN official_zone IS NOT NULL THEN 'mid_range'
        WHEN loc_x IS NOT NULL AND loc_y IS NOT NULL
          THEN CASE WHEN ABS(loc_x) <= 80 AND loc_y <= 137.5e0 THEN 'paint' ELSE 'mid_range' END
        WHEN distance_ft IS NOT NULL THEN CASE WHEN distance_ft <= 8 THEN 'paint' ELSE 'mid_range' END
      END`,
      zone_method: `CASE
        WHEN official_zone IS NOT NULL THEN 'official'
        WHEN loc_x IS NOT NULL AND loc_y IS NOT NULL THEN 'xy'
        WHEN distance_ft IS NOT NULL THEN 'distance'
        WHEN shot_value = 3 THEN 'official'
      END`,
    },
    rules: {
      "shot_value IN (2, 3)": "shot_value is neither 2 nor 3",
      "official_zone IN ('paint', 'mid_range', 'three')": "official_zone is none of paint, mid_range, three",
      "period >= 1 AND seconds_left BETWEEN 0 AND 720": "no moment of a game",
    },
  },
  shot_coverage: {
    derived: { home_shots: "0", away_shots: "0", zone_method: "''" },
  },
  game_lines: {
    worked: snapshot,
    rules: {
      "(market IN ('spread', 'moneyline') AND side IN ('home', 'away')) OR (market = 'total' AND side IN ('over', 'under'))":
        "no side of a spread, total or moneyline",
      "CASE WHEN market = 'moneyline' THEN price IS NOT NULL ELSE point IS NOT NULL END":
        "a spread or total without a number, or a moneyline without a price",
      "price > 1": "decimal odds are above 1",
    },
  },
  player_props: {
    worked: snapshot,
    compared: { player_id: byName },
    defaults: {
      over_price: "CASE WHEN outcome = 'over' THEN price END",
      under_price: "CASE WHEN outcome = 'under' THEN price END",
    },
    rules: {
      "outcome IN ('over', 'under')": "outcome is neither over nor under",
      "over_price > 1 AND under_price > 1": "decimal odds are above 1",
    },
  },
  injury_reports: {
    compared: { player_id: byName },
    rules: {
      "status IN ('out', 'doubtful', 'questionable', 'probable', 'available', 'not_submitted')":
        "status is none of out, doubtful, questionable, probable, available, not_submitted",
      "reason_category IN ('injury', 'rest', 'g_league', 'suspension', 'personal', 'other')":
        "reason_category is none of injury, rest, g_league, suspension, personal, other",
      "(status = 'not_submitted') = (player_id = '')": "a player on a not_submitted row, or none on another",
    },
  },
  rosters: {
    worked: { as_of_date: "eastern_date(as_of_at)" },
    compared: { player_id: byName },
  },
  players: {},
  player_aliases: {},
};

interface ExtraColumn extends Pick<Column, "name" | "type"> {
  /** Columns of the table that it stands for. */
  readonly fills?: readonly string[];
}

/** Columns of a row under way that its table does not keep: they decide others. */
export const EXTRA_COLUMNS: Readonly<Record<string, readonly ExtraColumn[]>> = {
  shots: [
    { name: "official_zone", type: "STRING" },
    { name: "has_assists", type: "BOOL" },
    { name: "has_blocks", type: "BOOL" },
  ],
  // Of a source that has a row for each side of a line: which side, and its price.
  player_props: [
    { name: "outcome", type: "STRING" },
    { name: "price", type: "FLOAT64", fills: ["over_price", "under_price"] },
  ],
};

/** Tables whose rows belong to a game: the mapping's `game` finds it, and its date is the schedule's. */
export const gameTables: ReadonlySet<string> = new Set([
  "player_boxscores",
  "team_boxscores",
  "shots",
  "shot_coverage",
  "game_lines",
  "player_props",
  "injury_reports",
]);
const ofGame = { game_id: "", game_date: "" };

/** Columns that every raw row carries and no mapping fills by name. */
const stamps = ["source", "loaded_at"];

/** The columns of a raw table that a mapping may fill; undefined where there is no such table to load. */
export function fillableColumns(table: string): readonly string[] | undefined {
  const rules = RAW_TABLES[table];
  if (!rules || table === "shot_coverage" || !TABLES.has(`nba_raw.${table}`)) return undefined;
  const own = { ...rules.worked, ...rules.derived, from_name: "", ...(gameTables.has(table) ? ofGame : {}) };
  return tableOf(`nba_raw.${table}`)
    .columns.map(({ name }) => name)
    .filter((name) => !(name in own) && !stamps.includes(name));
}
