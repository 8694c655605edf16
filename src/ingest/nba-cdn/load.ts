import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BackfillError } from "../../errors.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { type IngestEffects, type IngestRequest, ingest } from "../ingest.ts";
import type { IngestSummary } from "../summary.ts";
import type { Collected } from "./collect.ts";

export type NbaCdnSummary = IngestSummary & { readonly failedDocuments: number };

/** Loads what was collected through the ingest of files, all in one transaction. */
export async function loadCollected(
  warehouse: Warehouse,
  collected: Collected,
  request: Pick<IngestRequest, "dryRun" | "lineLeadMinutes">,
  effects: IngestEffects,
): Promise<NbaCdnSummary> {
  const folder = mkdtempSync(join(tmpdir(), "nba-backfill-nba-cdn-"));
  try {
    const paths = writeRows(folder, collected);
    if (paths.length === 0) {
      const reasons = collected.skipped.map(({ file, reason }) => `${file}: ${reason}`).slice(0, 3);
      throw new BackfillError("input-invalid", ["nothing to load from nba-cdn", ...reasons].join("; "));
    }
    const origin = { name: "nba-cdn", documentColumn: "document" };
    const summary = await ingest(warehouse, { ...request, paths, origin }, effects);
    return {
      ...summary,
      skippedFiles: [...collected.skipped, ...summary.skippedFiles],
      failedDocuments: collected.failed,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
