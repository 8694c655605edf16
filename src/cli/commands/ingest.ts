import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { Command } from "commander";
import { easternDate } from "../../dates.ts";
import { BackfillError, EXIT } from "../../errors.ts";
import { ingest } from "../../ingest/ingest.ts";
import { DocumentCache } from "../../ingest/nba-cdn/cache.ts";
import { FeedClient } from "../../ingest/nba-cdn/client.ts";
import { type Feed, networkFeed, savedFeed } from "../../ingest/nba-cdn/feed.ts";
import { ingestNbaCdn } from "../../ingest/nba-cdn/load.ts";
import { recordIngest } from "../../progress/after-ingest.ts";
import { renderIngestSummary } from "../../report/ingest-summary.ts";
import { clock } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { printExplanations } from "../explain.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { terminal } from "../terminal.ts";

const names = [
  "mapping",
  "lineLeadMinutes",
  "from",
  "startDate",
  "endDate",
  "all",
  "baseUrl",
  "cache",
  "dryRun",
  "explain",
  "threads",
  "memory",
  "warehouse",
  "now",
  "json",
] as const;

type IngestOptions = Options<(typeof names)[number]>;

/** `nba-backfill ingest`: raw files into nba_raw, broken rows into quarantine. */
export function ingestCommand(setExitCode: (code: number) => void): Command {
  return addOptions(
    new Command("ingest").argument("<paths...>", "files, folders or globs; or nba-cdn"),
    names,
  )
    .description("Load raw data: Parquet, CSV or JSON lines. Loading the same file twice changes nothing.")
    .addHelpText(
      "after",
      `
Examples:
  nba-backfill ingest data/
  nba-backfill ingest 'boxscores/*.parquet' --dry-run
  nba-backfill ingest injuries.csv --explain
  nba-backfill ingest lines.csv --mapping my-mapping.json
  nba-backfill ingest nba-cdn --start-date 2026-01-01
  nba-backfill ingest nba-cdn --from saved/`,
    )
    .action(async (paths: string[], _: IngestOptions, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<IngestOptions>();
      const now = clock(options.now)();
      if (options.explain) return printExplanations(paths, options, now);
      const dryRun = options.dryRun === true;
      // A dry run holds no write handle; where there is no warehouse yet it judges against an empty one in memory.
      const target =
        dryRun && !existsSync(options.warehouse) ? { ...options, warehouse: ":memory:" } : options;
      const mode = target.warehouse === ":memory:" || !dryRun ? "create" : "read";
      const summary = await withWarehouse(target, mode, async (warehouse) => {
        const request = { dryRun, lineLeadMinutes: options.lineLeadMinutes };
        const effects = {
          now,
          progress: terminal.note,
          afterLoad: async () => {
            await recordIngest(warehouse, now.toISOString());
          },
        };
        if (!isNbaCdn(paths, options)) {
          return ingest(warehouse, { ...request, paths, mapping: options.mapping }, effects);
        }
        const { startDate, endDate, all } = options;
        const loaded = await ingestNbaCdn(
          warehouse,
          nbaCdnFeed(options),
          { ...request, startDate, endDate, all, today: easternDate(now) },
          effects,
        );
        if (loaded.failedDocuments > 0) setExitCode(EXIT.notAllDone);
        return loaded;
      });
      terminal.print(options.json ? JSON.stringify(summary) : renderIngestSummary(summary));
    });
}

/** `nba-cdn` alone names the feed; its options mean nothing to files. */
function isNbaCdn(paths: readonly string[], options: IngestOptions): boolean {
  if (paths.length === 1 && paths[0] === "nba-cdn") {
    if (options.mapping === undefined) return true;
    throw new BackfillError("usage", "--mapping is for files: nba-cdn has its own");
  }
  const { from, startDate, endDate, all } = options;
  if (from ?? startDate ?? endDate ?? all) {
    throw new BackfillError("usage", "--from, --start-date, --end-date and --all go with nba-cdn alone");
  }
  return false;
}

function nbaCdnFeed({ from, baseUrl, cache }: IngestOptions): Feed {
  if (from !== undefined) return savedFeed(from);
  const client = new FeedClient(baseUrl, new DocumentCache(cache), {
    now: Date.now,
    sleep: setTimeout,
    random: Math.random,
    deadline: AbortSignal.timeout,
  });
  return networkFeed(client);
}
