import type { World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { rawViews } from "../processors/lineage.ts";
import type { Processor } from "../processors/processor.ts";
import { readActual } from "../progress/actual.ts";
import { changedSourceDates } from "../progress/fingerprints.ts";
import { partitionKey } from "../progress/partition.ts";
import { readCalendar } from "../progress/schedule.ts";
import { historyStart, readInfo, readPartitions, readSourceDates } from "../progress/store.ts";
import { processorVersion } from "../statements/version.ts";
import type { Reader } from "../warehouse/warehouse.ts";

export interface WorldOptions {
  readonly today: GameDate;
  readonly historyStart?: GameDate | undefined;
  /**
   * Also counts and hashes what the tables hold, raw and ours: what was changed behind our back shows. `computed`: ours
   * alone, where what the raw ones show has just been recorded.
   */
  readonly deep?: boolean | "computed";
}

/** Reads what planning and coverage compare: the schedule, the recorded state, and what the inputs are now. */
export async function readWorld(
  reader: Reader,
  processors: readonly Processor[],
  options: WorldOptions,
): Promise<World> {
  const calendar = await readCalendar(reader);
  const partitions = await readPartitions(reader);
  const sourceDates = await readSourceDates(reader);
  if (options.deep === true) {
    for (const changed of await changedSourceDates(reader, rawViews(), sourceDates)) sourceDates.set(changed);
  }
  return {
    calendar,
    historyStart:
      historyStart(options.historyStart, await readInfo(reader), calendar.dates[0]?.date) ?? options.today,
    today: options.today,
    processors,
    versions: new Map(processors.map((processor) => [processor.name, processorVersion(processor)])),
    engine: reader.engine,
    partitions: new Map(partitions.map((row) => [partitionKey(row.processor, row.game_date), row])),
    sourceDates,
    ...(options.deep && { actual: await readActual(reader, processors) }),
  };
}
