import { OFFICIAL_SEASON_TYPES } from "../calendar.ts";
import { type PartitionCoverage, stateOf, type World } from "../coverage/coverage.ts";
import { type IdleKind, idleKind } from "../coverage/days.ts";
import type { GameDate } from "../dates.ts";
import { BackfillError } from "../errors.ts";
import type { Processor } from "../processors/processor.ts";
import { tableOf } from "../tables.ts";
import type { Reader, Row } from "../warehouse/warehouse.ts";
import { type Person, personNamed, readPeople } from "./people.ts";

/** Whose rows are asked for; all rows where neither is named. */
export interface Subject {
  /** Id, name or a part of one. */
  readonly player?: string;
  /** Tricode. */
  readonly team?: string;
}

/** One partition as it is stored. */
export interface ShownPartition {
  readonly coverage: PartitionCoverage;
  /** Why the date needs nothing; null for a game date of history. */
  readonly idle: IdleKind | null;
  readonly run: {
    readonly run_id: string;
    readonly committed_at: string;
    readonly error: string | null;
  } | null;
  readonly player: Person | null;
  readonly team: string | null;
  /** All rows of the partition. */
  readonly stored: number;
  /** Those asked for. */
  readonly rows: readonly Row[];
  /** Names of the players, also where the table has none. */
  readonly people: ReadonlyMap<string, Person>;
}

/** Reads the rows of one partition with its state. Throws `range-invalid` for a date without official games. */
export async function showPartition(
  reader: Reader,
  world: World,
  processor: Processor,
  date: GameDate,
  subject: Subject,
): Promise<ShownPartition> {
  const entry = world.calendar.get(date);
  if (!entry)
    throw new BackfillError("range-invalid", `${date} is no official game date${around(world, date)}`);
  const { columns, id } = tableOf(processor.table);
  const has = (name: string) => columns.some((column) => column.name === name);
  if (subject.player !== undefined && !has("player_id")) {
    throw new BackfillError("usage", `${processor.name} has rows of teams, not of players: use --team`);
  }
  const team = subject.team === undefined ? null : await teamNamed(reader, subject.team);
  const order = ["game_id", "team", "player_id"].filter(has).join(", ");
  const all = await reader.read(`SELECT * FROM ${id} WHERE game_date = DATE '${date}' ORDER BY ${order}`);
  const people = has("player_id") ? await readPeople(reader) : new Map<string, Person>();
  const present = new Set(all.map((row) => row.player_id as string));
  const player = subject.player === undefined ? null : personNamed(subject.player, people, present);
  const [run] = await reader.read<{ run_id: string; committed_at: string; error: string | null }>(
    `SELECT run_id, committed_at, error FROM nba_backfill.partitions
     WHERE processor = '${processor.name}' AND game_date = DATE '${date}'`,
  );
  return {
    coverage: asSeen(stateOf(world, processor, entry), all.length),
    idle: idleKind(world, new Set(), date) ?? null,
    run: run ?? null,
    player,
    team,
    stored: all.length,
    rows: all.filter(
      (row) => (!player || row.player_id === player.player_id) && (team === null || row.team === team),
    ),
    people,
  };
}

/** With the rows in hand: none of a record, or another number than recorded. */
function asSeen(found: PartitionCoverage, rows: number): PartitionCoverage {
  if (found.state === "missing" && rows > 0)
    return { ...found, state: "unrecorded", reason: "unrecorded", rows };
  if (found.rows === rows) return found;
  const reason = rows < found.rows ? "rows_deleted" : "rows_edited";
  const detail = { rows_recorded: found.rows, rows_found: rows };
  return { ...found, state: "lost", reason, reason_detail: JSON.stringify(detail), rows };
}

async function teamNamed(reader: Reader, asked: string): Promise<string> {
  const official = OFFICIAL_SEASON_TYPES.map((type) => `'${type}'`).join(", ");
  const teams = await reader.read<{ team: string }>(
    `SELECT home_team AS team FROM nba_raw.schedule WHERE season_type IN (${official})
     UNION DISTINCT SELECT away_team FROM nba_raw.schedule WHERE season_type IN (${official}) ORDER BY 1`,
  );
  const tricodes = teams.map(({ team }) => team);
  const team = asked.toUpperCase();
  if (tricodes.includes(team)) return team;
  throw new BackfillError("usage", `no team ${asked}; the schedule has ${tricodes.join(", ")}`);
}

function around({ calendar }: World, date: GameDate): string {
  const before = calendar.dates.findLast((entry) => entry.date < date)?.date;
  const after = calendar.dates.find((entry) => entry.date > date)?.date;
  const nearest = [before && `${before} is the one before`, after && `${after} the one after`].filter(
    Boolean,
  );
  return nearest.length > 0 ? `: ${nearest.join(", ")}` : ": the schedule is empty, ingest raw data first";
}
