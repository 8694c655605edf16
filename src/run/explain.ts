import { stateOf, type World } from "../coverage/coverage.ts";
import { type IdleKind, idleKind } from "../coverage/days.ts";
import { type Story, storyOf } from "../coverage/story.ts";
import type { GameDate } from "../dates.ts";
import { isSelected } from "../plan/under-way.ts";
import type { Processor } from "../processors/processor.ts";
import type { PartitionRecord } from "../progress/partition.ts";
import type { RawGame } from "../progress/raw-findings.ts";
import { type RunRecord, readRuns } from "../progress/runs.ts";
import type { Reader, Row } from "../warehouse/warehouse.ts";
import type { Reconciled } from "./reconcile.ts";

/** What a date is: a game date of history, one that needs nothing, or one that the schedule cannot tell of. */
export type DayKind = IdleKind | "game_date" | "unscheduled" | "no_schedule";

export interface Day {
  readonly game_date: GameDate;
  readonly kind: DayKind;
  /** Official games of the schedule. */
  readonly games: number;
  readonly before: GameDate | null;
  readonly after: GameDate | null;
  /** Raw games of the date that the schedule lacks. */
  readonly raw_games: readonly RawGame[];
  readonly history_start: GameDate;
  readonly today: GameDate;
}

/** How a partition came to be recorded as it is. */
export type Recording = Pick<
  PartitionRecord,
  "run_id" | "attempt" | "started_at" | "committed_at" | "row_count" | "duration_ms"
>;

export interface Explanation {
  readonly day: Day;
  /** Null for a date that has no partition. */
  readonly story: Story | null;
  /** The latest writing; null where no run has recorded the partition. */
  readonly recording: Recording | null;
  /** Runs that selected the partition, the latest first: the one that wrote it, and those that left it as it was. */
  readonly runs: readonly RunRecord[];
}

/** Reads what there is to tell of one partition. */
export async function explainPartition(
  reader: Reader,
  reconciled: Reconciled,
  processor: Processor,
  date: GameDate,
  runUnderWay?: string,
): Promise<Explanation> {
  const { world, coverage, warmUp, evidence } = reconciled;
  const day = dayOf(reconciled, date);
  const entry = world.calendar.get(date);
  if (!entry || date > world.today) return { day, story: null, recording: null, runs: [] };
  const found =
    [...warmUp, ...coverage].find((of) => of.processor === processor.name && of.game_date === date) ??
    stateOf(world, processor, entry);
  const [recording] = await reader.read<Recording & Row>(
    `SELECT run_id, attempt, started_at, committed_at, row_count, duration_ms FROM nba_backfill.partitions
     WHERE processor = '${processor.name}' AND CAST(game_date AS STRING) = '${date}'`,
  );
  const runs = await readRuns(reader, runUnderWay);
  // Selections are compared with the schedule as it is: what ran before the date was in it did not select it.
  const since = evidence.log
    .get("fixtures")
    ?.find((of) => of.source_date === date && of.previous_fingerprint === null)?.changed_at;
  return {
    day,
    story: storyOf(world, processor, found, evidence),
    recording: recording ?? null,
    runs: runs.filter(
      (run) =>
        run.run_id === recording?.run_id ||
        (day.kind === "game_date" &&
          (since === undefined || run.started_at >= since) &&
          isSelected(JSON.parse(run.selection))(found)),
    ),
  };
}

function dayOf({ world, findings }: Reconciled, date: GameDate): Day {
  const raw_games = (findings.unscheduled ?? []).filter(({ game_date }) => game_date === date);
  return {
    game_date: date,
    kind: kindOf(world, findings.exhibition, date, raw_games.length > 0),
    games: world.calendar.get(date)?.games ?? 0,
    before: world.calendar.dates.findLast((entry) => entry.date < date)?.date ?? null,
    after: world.calendar.dates.find((entry) => entry.date > date)?.date ?? null,
    raw_games,
    history_start: world.historyStart,
    today: world.today,
  };
}

function kindOf(
  world: World,
  exhibition: ReadonlySet<GameDate>,
  date: GameDate,
  hasRawGames: boolean,
): DayKind {
  if (world.calendar.dates.length === 0) return "no_schedule";
  if (hasRawGames && !world.calendar.get(date)) return "unscheduled";
  return idleKind(world, exhibition, date) ?? "game_date";
}
