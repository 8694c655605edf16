import type { OffendingKey } from "../checks/offending-keys.ts";
import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { partitionKey } from "../progress/partition.ts";
import type { RawGame, ScheduledGame } from "../progress/raw-findings.ts";
import type { SourceChange } from "../progress/source-dates.ts";
import { changedInputs, type Reading } from "./changes.ts";
import type { PartitionCoverage, World } from "./coverage.ts";

/** What only the tables can add to a reason. */
export interface Evidence {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly log: ReadonlyMap<string, readonly SourceChange[]>;
  /** Final games without box scores. */
  readonly missing: readonly RawGame[];
  /** Games that nobody says are over. */
  readonly notOver: readonly ScheduledGame[];
  /** What is wrong with the rows of lost partitions, by partitionKey. */
  readonly offending: ReadonlyMap<string, readonly OffendingKey[]>;
}

/** What stands between a date and its summaries: games without box scores, and games that are not over. */
interface Obstacles {
  readonly missing: ReadonlyMap<GameDate, readonly RawGame[]>;
  readonly notOver: ReadonlyMap<GameDate, readonly ScheduledGame[]>;
}

/** A partition that is gone altogether has more keys than anybody reads. */
const KEYS_NAMED = 20;

/**
 * Names the changed inputs of what is stale or failed before they changed, what a summary waits for (raw tables that lack
 * games, games that are not over), and the keys that were lost.
 */
export function withEvidence(
  world: World,
  coverage: readonly PartitionCoverage[],
  evidence: Evidence,
): PartitionCoverage[] {
  const obstacles = {
    missing: Map.groupBy(evidence.missing, ({ game_date }) => game_date),
    notOver: Map.groupBy(evidence.notOver, ({ game_date }) => game_date),
  };
  return coverage.map((entry) => {
    if (entry.reason === "input_changed") return staleByInput(world, entry, evidence, obstacles);
    if (entry.state === "missing" || entry.reason === "raw_missing") return waiting(world, entry, obstacles);
    if (entry.state === "failed") return withChanges(world, entry, evidence);
    return entry.state === "lost" ? withKeys(entry, evidence) : entry;
  });
}

function withKeys(entry: PartitionCoverage, { offending }: Evidence): PartitionCoverage {
  const found = offending.get(partitionKey(entry.processor, entry.game_date)) ?? [];
  const keys = found.slice(0, KEYS_NAMED).map(({ key, fault }) => ({ ...key, fault }));
  const detail = { ...JSON.parse(entry.reason_detail ?? "{}"), keys, keys_total: found.length };
  return { ...entry, reason_detail: JSON.stringify(detail) };
}

function staleByInput(
  world: World,
  entry: PartitionCoverage,
  evidence: Evidence,
  obstacles: Obstacles,
): PartitionCoverage {
  const processor = processorOf(world, entry);
  const reading = evidence.readings.get(partitionKey(entry.processor, entry.game_date));
  if (!reading) return entry;
  const inputs = changedInputs(world, processor, entry.game_date, reading, evidence.log);
  const games = gamesWithout(processor, obstacles.missing.get(entry.game_date));
  const notOver = gamesNotOver(processor, obstacles.notOver.get(entry.game_date));
  return {
    ...entry,
    reason_detail: JSON.stringify({
      inputs,
      ...upstreamIn(entry),
      ...(games.length > 0 && { games }),
      ...(notOver.length > 0 && { games_not_over: notOver }),
    }),
  };
}

/** The partition that is to be built before this one, where there is one. */
function upstreamIn({ reason_detail }: PartitionCoverage): { readonly partitions?: unknown } {
  const { partitions } = JSON.parse(reason_detail ?? "{}");
  return partitions === undefined ? {} : { partitions };
}

/** What failed on inputs that are others by now may succeed on these. */
function withChanges(world: World, entry: PartitionCoverage, evidence: Evidence): PartitionCoverage {
  const reading = evidence.readings.get(partitionKey(entry.processor, entry.game_date));
  if (!reading) return entry;
  const inputs = changedInputs(world, processorOf(world, entry), entry.game_date, reading, evidence.log);
  if (inputs.length === 0) return entry;
  return { ...entry, reason_detail: JSON.stringify({ ...JSON.parse(entry.reason_detail ?? "{}"), inputs }) };
}

function processorOf(world: World, entry: PartitionCoverage): Processor {
  return world.processors.find(({ name }) => name === entry.processor)!;
}

/** The raw table without which a game cannot be summarised: of a player only the rates need his team's box score. */
function boxesOf(processor: Processor): string | undefined {
  const reads = (view: string) => processor.inputs.some((input) => input.view === view);
  if (reads("player_boxes")) return "nba_raw.player_boxscores";
  return reads("team_boxes") ? "nba_raw.team_boxscores" : undefined;
}

/** The games of a date that lack that table, as a reason's detail names them. */
function gamesWithout(processor: Processor, missing: readonly RawGame[] = []) {
  const table = boxesOf(processor);
  return missing
    .filter((game) => game.raw_table === table)
    .map(({ game_id, raw_table }) => ({ game_id, problem: "raw_missing", raw_table }));
}

/** A summary tells of games that are over, all of its date's. */
function gamesNotOver(processor: Processor, notOver: readonly ScheduledGame[] = []): string[] {
  return processor.kind === "summary" ? notOver.map(({ game_id }) => game_id) : [];
}

/** A summary that has no rows because its date is not played yet, or its box scores are not there. */
function waiting(world: World, entry: PartitionCoverage, obstacles: Obstacles): PartitionCoverage {
  const processor = processorOf(world, entry);
  const notOver = gamesNotOver(processor, obstacles.notOver.get(entry.game_date));
  if (entry.state === "missing" && notOver.length > 0) {
    return {
      ...entry,
      reason: "games_not_over",
      reason_detail: JSON.stringify({ games: notOver, ...upstreamIn(entry) }),
    };
  }
  const games = gamesWithout(processor, obstacles.missing.get(entry.game_date));
  if (games.length === 0) return entry;
  return { ...entry, reason: "raw_missing", reason_detail: JSON.stringify({ games, ...upstreamIn(entry) }) };
}
