import type { IngestEffects } from "../../../src/ingest/ingest.ts";
import { collect } from "../../../src/ingest/nba-cdn/collect.ts";
import type { Feed } from "../../../src/ingest/nba-cdn/feed.ts";
import { knownGames } from "../../../src/ingest/nba-cdn/known-games.ts";
import { loadCollected, type NbaCdnSummary } from "../../../src/ingest/nba-cdn/load.ts";
import type { Selection } from "../../../src/ingest/nba-cdn/select-games.ts";
import type { Warehouse } from "../../../src/warehouse/warehouse.ts";

/** Asks the feed for what the warehouse lacks and loads it, as the command does. */
export async function ingestNbaCdn(
  warehouse: Warehouse,
  feed: Feed,
  selection: Selection,
  effects: IngestEffects,
): Promise<NbaCdnSummary> {
  const collected = await collect(feed, await knownGames(warehouse), selection, () => undefined);
  return loadCollected(warehouse, collected, {}, effects);
}
