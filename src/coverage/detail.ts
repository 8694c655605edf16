import type { OffendingKey } from "../checks/offending-keys.ts";
import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { partitionKey } from "../progress/partition.ts";
import type { RawGame } from "../progress/raw-findings.ts";
import type { SourceChange } from "../progress/source-dates.ts";
import { changedInputs, type Reading } from "./changes.ts";
import type { PartitionCoverage, World } from "./coverage.ts";

/** What only the tables can add to a reason. */
export interface Evidence {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly log: ReadonlyMap<string, readonly SourceChange[]>;
  /** Final games without box scores. */
  readonly missing: readonly RawGame[];
  /** What is wrong with the rows of lost partitions, by partitionKey. */
  readonly offending: ReadonlyMap<string, readonly OffendingKey[]>;
}

type MissingGames = ReadonlyMap<GameDate, readonly RawGame[]>;

/** A partition that is gone altogether has more keys than anybody reads. */
const KEYS_NAMED = 20;

/** Names the changed inputs of what is stale, the raw tables that lack a summary's games, and the keys that were lost. */
export function withEvidence(
  world: World,
  coverage: readonly PartitionCoverage[],
  evidence: Evidence,
): PartitionCoverage[] {
  const missing = Map.groupBy(evidence.missing, ({ game_date }) => game_date);
  return coverage.map((entry) => {
    if (entry.reason === "input_changed") return staleByInput(world, entry, evidence, missing);
    if (entry.state === "missing" || entry.reason === "raw_missing") return rawMissing(world, entry, missing);
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
  missing: MissingGames,
): PartitionCoverage {
  const processor = world.processors.find(({ name }) => name === entry.processor)!;
  const reading = evidence.readings.get(partitionKey(entry.processor, entry.game_date));
  if (!reading) return entry;
  const inputs = changedInputs(world, processor, entry.game_date, reading, evidence.log);
  const games = gamesWithout(processor, missing.get(entry.game_date));
  return {
    ...entry,
    reason_detail: JSON.stringify({ inputs, ...(games.length > 0 && { games }) }),
  };
}

/** Which view stands for which raw table of box scores. */
const boxViews: Readonly<Record<string, string>> = {
  player_boxes: "nba_raw.player_boxscores",
  team_boxes: "nba_raw.team_boxscores",
};

/** The games of a date that lack a raw table which the processor reads, as a reason's detail names them. */
function gamesWithout(processor: Processor, missing: readonly RawGame[] = []) {
  const tables = processor.inputs.map(({ view }) => boxViews[view]);
  return missing
    .filter((game) => tables.includes(game.raw_table))
    .map(({ game_id, raw_table }) => ({ game_id, problem: "raw_missing", raw_table }));
}

function rawMissing(world: World, entry: PartitionCoverage, missing: MissingGames): PartitionCoverage {
  const processor = world.processors.find(({ name }) => name === entry.processor)!;
  const games = gamesWithout(processor, missing.get(entry.game_date));
  if (games.length === 0) return entry;
  return { ...entry, reason: "raw_missing", reason_detail: JSON.stringify({ games }) };
}
