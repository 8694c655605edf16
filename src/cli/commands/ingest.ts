import { existsSync } from "node:fs";
import { Command } from "commander";
import { BackfillError, EXIT } from "../../errors.ts";
import { ingest } from "../../ingest/ingest.ts";
import { loadCollected } from "../../ingest/nba-cdn/load.ts";
import { lineLeadMinutes, writeInfo } from "../../progress/store.ts";
import { renderIngestSummary } from "../../report/ingest-summary.ts";
import { recordIngest } from "../../run/look.ts";
import { clock } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { printExplanations } from "../explain.ts";
import { collectNbaCdn } from "../nba-cdn.ts";
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
nba-cdn asks cdn.nba.com for what the warehouse lacks: box scores and play-by-play of official games up to today.
Stopped at any time, the same command goes on where it was.

Examples:
  nba-backfill ingest data/
  nba-backfill ingest 'boxscores/*.parquet' --dry-run
  nba-backfill ingest injuries.csv --explain
  nba-backfill ingest lines.csv --mapping my-mapping.json
  nba-backfill ingest nba-cdn
  nba-backfill ingest nba-cdn --start-date 2026-01-01 --end-date 2026-01-31 --all
  nba-backfill ingest nba-cdn --from saved/`,
    )
    .action(async (paths: string[], _: IngestOptions, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<IngestOptions>();
      const now = clock(options.now)();
      const feed = isNbaCdn(paths, options);
      if (options.explain) return printExplanations(paths, options, now);
      const dryRun = options.dryRun === true;
      // A dry run holds no write handle; where there is no warehouse yet it judges against an empty one in memory.
      const target =
        dryRun && !existsSync(options.warehouse) ? { ...options, warehouse: ":memory:" } : options;
      const mode = target.warehouse === ":memory:" || !dryRun ? "create" : "read";
      const collected = feed ? await collectNbaCdn(target, mode, now) : undefined;
      const summary = await withWarehouse(target, mode, async (warehouse) => {
        const lead = options.lineLeadMinutes ?? (await lineLeadMinutes(warehouse)) ?? 0;
        const request = { dryRun, lineLeadMinutes: lead };
        const effects = {
          now,
          progress: terminal.note,
          afterLoad: async () => {
            await writeInfo(warehouse, { line_lead_minutes: String(lead) });
            await recordIngest(warehouse, now.toISOString());
          },
        };
        return collected
          ? loadCollected(warehouse, collected, request, effects)
          : ingest(warehouse, { ...request, paths, mapping: options.mapping }, effects);
      });
      if (collected && collected.failed > 0) setExitCode(EXIT.notAllDone);
      terminal.print(options.json ? JSON.stringify(summary) : renderIngestSummary(summary));
    });
}

/** `nba-cdn` alone names the feed; its options mean nothing to files. */
function isNbaCdn(paths: readonly string[], options: IngestOptions): boolean {
  if (paths.length === 1 && paths[0] === "nba-cdn") {
    if (options.mapping !== undefined) {
      throw new BackfillError("usage", "--mapping is for files: nba-cdn has its own");
    }
    if (options.explain) {
      throw new BackfillError("usage", "--explain is for files: for nba-cdn, --dry-run says what would load");
    }
    return true;
  }
  const { from, startDate, endDate, all } = options;
  if (from ?? startDate ?? endDate ?? all) {
    throw new BackfillError("usage", "--from, --start-date, --end-date and --all go with nba-cdn alone");
  }
  return false;
}
