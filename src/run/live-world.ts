import type { World } from "../coverage/coverage.ts";
import { unsettledOf } from "../coverage/history.ts";
import { rowsFound } from "../coverage/rows-found.ts";
import { type Unsettled, unsettledAfter } from "../coverage/unsettled.ts";
import type { GameDate } from "../dates.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import { refreshProgress } from "../progress/backfill-progress.ts";
import { type PartitionRecord, type PartitionSummary, partitionKey } from "../progress/partition.ts";
import type { SourceDate } from "../progress/source-dates.ts";
import type { DateFingerprint, Warehouse } from "../warehouse/warehouse.ts";

/** A world as the commits of a run change it, in memory, and what of it is about to change. */
export class LiveWorld {
  readonly world: World;
  readonly #partitions: Map<string, PartitionSummary>;
  readonly #actual: Map<string, DateFingerprint> | undefined;
  #unsettled: Unsettled | undefined;

  constructor(world: World) {
    this.#partitions = new Map(world.partitions);
    this.#actual = world.actual && new Map(world.actual);
    this.world = { ...world, partitions: this.#partitions, ...(this.#actual && { actual: this.#actual }) };
  }

  /**
   * Brings the owner's table in step with a commit, in its transaction: the dates of the records, and those of what read
   * the source dates that the commit changes. Gives what is about to change after it.
   */
  async keepProgress(
    warehouse: Warehouse,
    processor: Processor,
    dates: readonly GameDate[],
    changed: readonly SourceDate[],
    now: string,
  ): Promise<Unsettled> {
    const before = this.#knownUnsettled();
    const after = unsettledAfter(this.world, before, processor, dates, changed);
    const touched = [...after].flatMap(([name, of]) => {
      const known = before.get(name) ?? [];
      // Either grows and keeps what it has, or is the processor's own, whose dates are refreshed anyway.
      return of.length > known.length ? of.filter((date) => !known.includes(date)) : [];
    });
    const range = [...dates, ...touched].sort();
    const { historyStart } = this.world;
    const bounds = { first: range[0]!, last: range.at(-1)! };
    // What this commit writes is in memory only after it.
    const written = new Set(dates.map((date) => partitionKey(processor.name, date)));
    await refreshProgress(
      warehouse,
      bounds,
      historyStart,
      now,
      after,
      rowsFound(this.world, bounds, written),
    );
    return after;
  }

  /** Takes over what a commit has written. Had it failed, memory would claim what no table holds. */
  take(records: readonly PartitionRecord[], changed: readonly SourceDate[], unsettled?: Unsettled): void {
    for (const record of records) {
      const { game_date: date, row_count: rows, content_fingerprint } = record;
      const key = partitionKey(record.processor, date);
      this.#partitions.set(key, record);
      if (content_fingerprint === null) this.#actual?.delete(key);
      else this.#actual?.set(key, { date, rows, fingerprint: content_fingerprint });
    }
    for (const row of changed) {
      this.world.sourceDates.set(row);
      this.world.log?.set(row);
    }
    if (unsettled) this.#unsettled = unsettled;
  }

  /** These partitions have turned out to hold. */
  settle(processor: Processor, dates: readonly GameDate[]): void {
    this.#unsettled = unsettledAfter(this.world, this.#knownUnsettled(), processor, dates, []);
  }

  /** Whether a partition is about to change: what reads it now is to be built again after it. */
  isUnsettled(name: ProcessorName, date: GameDate): boolean {
    return this.#knownUnsettled().get(name)?.includes(date) ?? false;
  }

  #knownUnsettled(): Unsettled {
    this.#unsettled ??= unsettledOf(this.world);
    return this.#unsettled;
  }
}
