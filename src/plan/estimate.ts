import type { World } from "../coverage/coverage.ts";
import { DONE, partitionKey } from "../progress/partition.ts";
import type { BuiltChunk, RunRecord } from "../progress/runs.ts";
import type { Plan, PlanStep } from "./plan.ts";

/** What a step takes and makes where none of it turns out unchanged; null where no earlier run tells. */
export interface Estimate {
  readonly rows: number | null;
  readonly milliseconds: number | null;
  /** It takes no more than that, and nothing tells how much less. */
  readonly atMost: boolean;
}

export function estimateSteps(world: World, plan: Plan, built: readonly BuiltChunk[]): readonly Estimate[] {
  return plan.steps.map((step) => {
    const rows = rowsOf(world, step);
    const own = built.filter((chunk) => chunk.processor === step.processor && chunk.milliseconds > 0);
    const chunks = telling(own);
    if (chunks.length === 0) return { rows, milliseconds: null, atMost: false };
    const sizes = step.chunks.map((chunk) => chunk.length);
    const known = chunks.map(({ partitions }) => partitions);
    const isOneSize = !differ(Math.min(...known), Math.max(...known));
    const cost = isOneSize ? costOfOneSize(chunks) : lineThrough(chunks);
    return {
      rows,
      milliseconds: Math.round(sizes.reduce((sum, size) => sum + cost(size), 0)),
      atMost: isOneSize && sizes.some((size) => differ(size, mean(known))),
    };
  });
}

/**
 * How many times as long as its statements a run takes, commits and bookkeeping included: by the runs of which no
 * partition was built again since, whose times are all still there. Null where there is none.
 */
export function runOverStatements(built: readonly BuiltChunk[], runs: readonly RunRecord[]): number | null {
  const chunksOf = Map.groupBy(built, ({ run_id }) => run_id);
  let [whole, computed] = [0, 0];
  for (const { run_id, started_at, finished_at, complete, not_done } of runs) {
    const chunks = chunksOf.get(run_id) ?? [];
    const sum = (of: "partitions" | "milliseconds") => chunks.reduce((total, chunk) => total + chunk[of], 0);
    // What has built nothing tells nothing of what building takes.
    if (sum("milliseconds") === 0) continue;
    if (finished_at === null || sum("partitions") !== complete + not_done) continue;
    whole += Date.parse(finished_at) - Date.parse(started_at);
    computed += sum("milliseconds");
  }
  return computed === 0 ? null : Math.max(1, whole / computed);
}

type ChunkCost = (partitions: number) => number;
type Measured = Pick<BuiltChunk, "partitions" | "milliseconds">;

/** Whether two sizes, or times, lie far enough apart to tell what a statement costs from what its dates cost. */
function differ(size: number, other: number): boolean {
  return Math.max(size, other) >= 2 * Math.min(size, other);
}

/**
 * Without the chunks that look small and are not: a date costs most in a small chunk, so where it costs no more than in
 * the largest, it is one that later runs have left of a larger.
 */
function telling(chunks: readonly Measured[]): readonly Measured[] {
  const largest = chunks.reduce(
    (most, chunk) => (chunk.partitions > most.partitions ? chunk : most),
    chunks[0]!,
  );
  const perDate = ({ partitions, milliseconds }: Measured) => milliseconds / partitions;
  return chunks.filter(
    (chunk) => !differ(chunk.partitions, largest.partitions) || perDate(chunk) >= 2 * perDate(largest),
  );
}

/** A chunk costs what a statement costs and so much for each date: the line of least squares, neither of the two below nothing. */
function lineThrough(chunks: readonly Measured[]): ChunkCost {
  const size = mean(chunks.map(({ partitions }) => partitions));
  const time = mean(chunks.map(({ milliseconds }) => milliseconds));
  const sum = (of: (chunk: Measured) => number) => chunks.reduce((total, chunk) => total + of(chunk), 0);
  const slope =
    sum(({ partitions, milliseconds }) => (partitions - size) * (milliseconds - time)) /
    sum(({ partitions }) => (partitions - size) ** 2);
  if (slope < 0) return () => time;
  const statement = Math.max(0, time - slope * size);
  return (partitions) => statement + slope * partitions;
}

/** Chunks of one size hide what a statement costs: a smaller one takes no longer, of a larger one each date does not. */
function costOfOneSize(chunks: readonly Measured[]): ChunkCost {
  const size = mean(chunks.map(({ partitions }) => partitions));
  const time = mean(chunks.map(({ milliseconds }) => milliseconds));
  return (partitions) => time * Math.max(1, partitions / size);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * As many as each partition had or should have had, else as its processor's partitions have: per game, or per date where
 * that varies less, as where each team of the league has a row.
 */
function rowsOf(world: World, { processor, chunks }: PlanStep): number | null {
  const rowsOn = (date: string) => {
    const recorded = world.partitions.get(partitionKey(processor, date));
    return (
      recorded?.expected_rows ?? (recorded && DONE.includes(recorded.status) ? recorded.row_count : undefined)
    );
  };
  const known = world.calendar.dates.flatMap(({ date, games }) => {
    const rows = rowsOn(date);
    return rows === undefined ? [] : [{ rows, games }];
  });
  if (known.length === 0) return null;
  const perDate = mean(known.map(({ rows }) => rows));
  const perGame = perDate / mean(known.map(({ games }) => games));
  const ofGames =
    variation(known.map(({ rows, games }) => rows / games)) <= variation(known.map(({ rows }) => rows));
  const elsewhere = (games: number) => (ofGames ? games * perGame : perDate);
  return Math.round(chunks.flat().reduce((sum, of) => sum + (rowsOn(of.date) ?? elsewhere(of.games)), 0));
}

/** Standard deviation over mean. */
function variation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2))) / (middle || 1);
}
