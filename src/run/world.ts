import type { World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import type { Processor } from "../processors/processor.ts";
import { partitionKey } from "../progress/partition.ts";
import { readCalendar } from "../progress/schedule.ts";
import { historyStart, readInfo, readPartitions, readSourceDates } from "../progress/store.ts";
import { processorVersion } from "../statements/version.ts";
import type { Reader } from "../warehouse/warehouse.ts";

/** Reads what planning and coverage compare: the schedule, the recorded state, and what the inputs are now. */
export async function readWorld(
  reader: Reader,
  processors: readonly Processor[],
  options: { readonly today: GameDate; readonly historyStart?: GameDate | undefined },
): Promise<World> {
  const calendar = await readCalendar(reader);
  const partitions = await readPartitions(reader);
  return {
    calendar,
    historyStart:
      historyStart(options.historyStart, await readInfo(reader), calendar.dates[0]?.date) ?? options.today,
    today: options.today,
    processors,
    versions: new Map(processors.map((processor) => [processor.name, processorVersion(processor)])),
    engine: reader.engine,
    partitions: new Map(partitions.map((row) => [partitionKey(row.processor, row.game_date), row])),
    sourceDates: await readSourceDates(reader),
  };
}
