import { tableOf } from "../tables.ts";
import { fillableColumns, gameTables, RAW_TABLES } from "./columns.ts";
import type { Expression, Mapping } from "./mapping.ts";

/** The columns without which a file is not this table in our own layout. */
const recognisedBy: Readonly<Record<string, string>> = {
  schedule: "game_id season_year season_type game_date home_team away_team status",
  player_boxscores: "game_id game_date player_id team seconds fgm fga pts",
  team_boxscores: "game_id game_date team fgm fga oreb dreb tov pts",
  shots: "game_id game_date player_id team made shot_value",
  game_lines: "game_id game_date bookmaker market side",
  player_props: "game_id game_date bookmaker market line",
  injury_reports: "game_date team reported_at status",
  rosters: "team as_of_at",
  players: "player_id player_name",
  player_aliases: "alias player_id",
  arenas: "arena_id team role name latitude longitude time_zone",
};

const person = (name: string, optional = false): Expression => ({
  from: name,
  as: "person_id",
  ...(optional ? { optional } : {}),
});

const personOrName: Expression = {
  player: { id: person("player_id", true), name: { from: "player_name", optional: true } },
};

/** Columns of our layout that are read otherwise than by name and type. */
const special: Readonly<Record<string, Readonly<Record<string, Expression>>>> = {
  schedule: {
    game_id: { from: "game_id", as: "game_id" },
    season_year: { from: "season_year", as: "season" },
    home_team: { team: "home_team", unknown: "keep" },
    away_team: { team: "away_team", unknown: "keep" },
    arena_id: { arena: { from: "arena_id", optional: true } },
  },
  player_boxscores: { player_id: person("player_id") },
  shots: {
    player_id: person("player_id"),
    // A zone is the source's own word unless the file says that it was worked out.
    official_zone: {
      when: { column: "zone_method", in: ["xy", "distance"], optional: true },
      use: { value: null },
      otherwise: { from: "zone", optional: true },
    },
    assist_player_id: person("assist_player_id", true),
    block_player_id: person("block_player_id", true),
    has_assists: { has_column: "assist_player_id" },
    has_blocks: { has_column: "block_player_id" },
  },
  player_props: { player_id: personOrName },
  injury_reports: {
    player_id: {
      when: { column: "status", in: ["not_submitted"] },
      use: { value: "" },
      otherwise: personOrName,
    },
  },
  rosters: { player_id: personOrName },
  players: { player_id: person("player_id") },
  player_aliases: { alias: { from: "alias", as: "normalised_name" }, player_id: person("player_id") },
  arenas: { team: { team: { from: "team", optional: true } } },
};

/**
 * Our own layout of a raw table: its columns by their names, those that are derived or optional left out at will, and
 * `source` where a file says itself where its rows come from.
 */
function ownLayout(table: string): Mapping {
  const defaults = RAW_TABLES[table]?.defaults ?? {};
  const shape = tableOf(`nba_raw.${table}`);
  const fillable = fillableColumns(table)!;
  const columns: Record<string, Expression> = { ...special[table] };
  for (const { name, required } of shape.columns) {
    if (!fillable.includes(name) || columns[name] !== undefined) continue;
    const optional = !required || name in defaults || name === "event_id";
    const from: Expression = optional ? { from: name, optional: true } : { from: name };
    columns[name] = name === "team" ? { team: from } : from;
  }
  return {
    name: `own-${table.replaceAll("_", "-")}`,
    description: `Our own layout of nba_raw.${table}.`,
    recognise: recognisedBy[table]!.split(" "),
    only: [...shape.columns.map(({ name }) => name)],
    source: { first: [{ from: "source", optional: true }, { value: "own layout" }] },
    ...(gameTables.has(table)
      ? { game: { id: { from: "game_id", as: "game_id", optional: true }, date: "game_date" } }
      : {}),
    targets: [{ table, columns }],
  };
}

/** Mappings for files in our own layout, one for each raw table. */
export function ownLayouts(): Mapping[] {
  return Object.keys(recognisedBy).map(ownLayout);
}
