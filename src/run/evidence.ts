import { type OffendingKey, offendingKeys } from "../checks/offending-keys.ts";
import type { PartitionCoverage, World } from "../coverage/coverage.ts";
import type { Evidence } from "../coverage/detail.ts";
import { boundsOf } from "../processors/windows.ts";
import { tablesOf } from "../progress/actual.ts";
import { partitionKey } from "../progress/partition.ts";
import type { RawFindings } from "../progress/raw-findings.ts";
import { readReadings, readSourceChanges } from "../progress/store.ts";
import type { Reader } from "../warehouse/warehouse.ts";

/** Reads what the reasons of this coverage are explained with. Only a look into the tables finds a partition lost. */
export async function readEvidence(
  reader: Reader,
  world: World,
  coverage: readonly PartitionCoverage[],
  { missing, notOver }: Pick<RawFindings, "missing" | "notOver">,
): Promise<Evidence> {
  const lost = coverage.filter(({ state }) => state === "lost");
  const offending: OffendingKeyOf[] = [];
  // Nobody finds anything lost in the side file, which has no list of tables either.
  const present = lost.length > 0 ? await tablesOf(reader) : [];
  for (const processor of world.processors) {
    const dates = lost.filter((entry) => entry.processor === processor.name).map((entry) => entry.game_date);
    // Of a table that is gone no key is left to name.
    if (dates.length === 0 || !present.includes(processor.table)) continue;
    const bounds = boundsOf(processor, dates, world.calendar);
    for (const found of await offendingKeys(reader, processor, dates, bounds)) {
      offending.push({ ...found, partition: partitionKey(processor.name, found.game_date) });
    }
  }
  return {
    readings: await readReadings(reader),
    log: await readSourceChanges(reader),
    missing,
    notOver,
    offending: Map.groupBy(offending, ({ partition }) => partition),
  };
}

type OffendingKeyOf = OffendingKey & { readonly partition: string };
