import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GameDate } from "../../dates.ts";
import { BackfillError } from "../../errors.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { type IngestEffects, type IngestRequest, ingest } from "../ingest.ts";
import type { IngestSummary } from "../summary.ts";
import { type Collected, collect, type KnownGame } from "./collect.ts";
import type { Feed } from "./feed.ts";

export interface NbaCdnRequest extends Pick<IngestRequest, "dryRun" | "lineLeadMinutes"> {
  readonly startDate?: GameDate | undefined;
  readonly endDate?: GameDate | undefined;
  /** Also games that the warehouse has whole. */
  readonly all?: boolean | undefined;
  /** Later games are not asked for. */
  readonly today: GameDate;
}

/** Reads the feed to its end, then loads all of it through the ingest of files. */
export async function ingestNbaCdn(
  warehouse: Warehouse,
  feed: Feed,
  request: NbaCdnRequest,
  effects: IngestEffects,
): Promise<IngestSummary & { readonly failedDocuments: number }> {
  const collected = await collect(feed, await knownGames(warehouse), request, effects.progress ?? (() => {}));
  const folder = mkdtempSync(join(tmpdir(), "nba-backfill-nba-cdn-"));
  try {
    const paths = writeRows(folder, collected);
    if (paths.length === 0) {
      const reasons = collected.skipped.map(({ file, reason }) => `${file}: ${reason}`).slice(0, 3);
      throw new BackfillError("input-invalid", ["nothing to load from nba-cdn", ...reasons].join("; "));
    }
    const { dryRun, lineLeadMinutes } = request;
    const summary = await ingest(warehouse, { paths, dryRun, lineLeadMinutes }, effects);
    return {
      ...summary,
      skippedFiles: [...collected.skipped, ...summary.skippedFiles],
      failedDocuments: collected.failed,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The schedule held, and whether each game is final with box scores and shots. */
function knownGames(warehouse: Warehouse): Promise<KnownGame[]> {
  return warehouse.read<KnownGame>(
    `SELECT game_id, CAST(game_date AS STRING) AS game_date,
       status = 'final'
         AND game_id IN (SELECT game_id FROM nba_raw.player_boxscores)
         AND game_id IN (SELECT game_id FROM nba_raw.team_boxscores)
         AND game_id IN (SELECT game_id FROM nba_raw.shot_coverage) AS whole
     FROM nba_raw.schedule ORDER BY game_date, game_id`,
  );
}

function writeRows(folder: string, { rows }: Collected): string[] {
  return Object.entries(rows)
    .filter(([, list]) => list.length > 0)
    .map(([table, list]) => {
      const path = join(folder, `${table}.jsonl`);
      writeFileSync(path, list.map((row) => `${JSON.stringify(row)}\n`).join(""));
      return path;
    });
}
