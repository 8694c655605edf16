import { existsSync } from "node:fs";
import { Command } from "commander";
import { ingest } from "../../ingest/ingest.ts";
import { recordIngest } from "../../progress/after-ingest.ts";
import { renderIngestSummary } from "../../report/ingest-summary.ts";
import { clock } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { terminal } from "../terminal.ts";

const names = [
  "mapping",
  "lineLeadMinutes",
  "dryRun",
  "threads",
  "memory",
  "warehouse",
  "now",
  "json",
] as const;

type IngestOptions = Options<(typeof names)[number]>;

/** `nba-backfill ingest`: raw files into nba_raw, broken rows into quarantine. */
export function ingestCommand(): Command {
  return addOptions(new Command("ingest").argument("<paths...>", "files, folders or globs"), names)
    .description("Load raw data: Parquet, CSV or JSON lines. Loading the same file twice changes nothing.")
    .addHelpText(
      "after",
      `
Examples:
  nba-backfill ingest data/
  nba-backfill ingest 'boxscores/*.parquet' --dry-run
  nba-backfill ingest lines.csv --mapping my-mapping.json`,
    )
    .action(async (paths: string[], _: IngestOptions, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<IngestOptions>();
      const now = clock(options.now)();
      const dryRun = options.dryRun === true;
      // A dry run holds no write handle; where there is no warehouse yet it judges against an empty one in memory.
      const target =
        dryRun && !existsSync(options.warehouse) ? { ...options, warehouse: ":memory:" } : options;
      const mode = target.warehouse === ":memory:" || !dryRun ? "create" : "read";
      const summary = await withWarehouse(target, mode, (warehouse) =>
        ingest(
          warehouse,
          { paths, mapping: options.mapping, dryRun, lineLeadMinutes: options.lineLeadMinutes },
          {
            now,
            progress: terminal.note,
            afterLoad: async () => {
              await recordIngest(warehouse, now.toISOString());
            },
          },
        ),
      );
      terminal.print(options.json ? JSON.stringify(summary) : renderIngestSummary(summary));
    });
}
