import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { coverageOf } from "../../coverage/coverage.ts";
import { compareWithLeague, formatComparison } from "../../demo/comparison.ts";
import { writeDemoLeague } from "../../demo/league.ts";
import { BackfillError, EXIT } from "../../errors.ts";
import { ingest } from "../../ingest/ingest.ts";
import { recordIngest } from "../../progress/after-ingest.ts";
import { readInfo, writeInfo } from "../../progress/store.ts";
import { renderDemo } from "../../report/demo-report.ts";
import { statusReport } from "../../report/status-report.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { backfill, planFor } from "../backfill.ts";
import { clock } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { terminal } from "../terminal.ts";

const names = ["seed", "threads", "memory", "warehouse", "now", "json"] as const;

type DemoOptions = Options<(typeof names)[number]>;

/** Official dates of October 2021 are warm-up: the owner's history starts with the month after. */
const DEMO_HISTORY_START = "2021-11-01";

/** `nba-backfill demo`: a generated league, loaded like any other data and backfilled to the end. */
export function demoCommand(exit: (code: number) => void): Command {
  return addOptions(new Command("demo"), names)
    .description("Generate a league of five seasons, load it and backfill it: 920 of 920 game dates.")
    .addHelpText(
      "after",
      `
The 30 teams play on the real calendar from 2021-10-19 to 2026-01-16; players and results are made up, the same for
the same seed. Every row says 'demo' in its source, and a warehouse that holds other data is refused.

Examples:
  nba-backfill demo
  nba-backfill demo --seed 7 --warehouse seven.duckdb`,
    )
    .action(async (_: DemoOptions, command: Command) => {
      applyConfigFile(command);
      exit(await demo(command.opts<DemoOptions>()));
    });
}

async function demo(options: DemoOptions): Promise<number> {
  const started = performance.now();
  const since = (from: number) => (performance.now() - from) / 1000;
  if (existsSync(options.warehouse))
    await withWarehouse(options, "read", (held) => refuseOtherData(held, options));
  const folder = mkdtempSync(join(tmpdir(), "nba-backfill-demo-"));
  try {
    terminal.note(`generating five seasons from seed ${options.seed}`);
    const league = await writeDemoLeague(folder, { seed: options.seed });
    const generated = since(started);
    return await withWarehouse(options, "create", async (warehouse) => {
      const loading = performance.now();
      await load(warehouse, folder, options);
      const loaded = since(loading);
      const request = {
        command: "demo",
        now: options.now,
        historyStart: undefined,
        selection: {},
        options: { chunk: "all", force: false },
      } as const;
      const result = await backfill(warehouse, request);
      const { world } = await planFor(warehouse, request);
      const warmUp = world.calendar.dates.filter(({ date }) => date < world.historyStart).length;
      const status = statusReport(coverageOf(world), world.historyStart, warmUp);
      const report = {
        seed: options.seed,
        rows: league.rows,
        seconds: {
          generate: generated,
          load: loaded,
          backfill: result.milliseconds / 1000,
          all: since(started),
        },
        status,
        comparison: compareWithLeague(league.seasons),
      };
      terminal.print(
        options.json
          ? JSON.stringify(report)
          : renderDemo(report, formatComparison(report.comparison), options.warehouse),
      );
      return result.status === "complete" && result.heldBack.length === 0 ? EXIT.complete : EXIT.notAllDone;
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything of a demo goes into a warehouse of its own: mixed with real rows, or with another seed's, it would lie. */
async function refuseOtherData(warehouse: Warehouse, options: DemoOptions): Promise<void> {
  const holds = (await readInfo(warehouse)).get("holds");
  if (holds === demoName(options)) return;
  const what = holds === undefined ? "other data than the demo's" : `the ${holds}`;
  throw new BackfillError(
    "foreign-data",
    `${options.warehouse} holds ${what}: name another file with --warehouse`,
  );
}

function demoName({ seed }: DemoOptions): string {
  return `demo of seed ${seed}`;
}

async function load(warehouse: Warehouse, folder: string, options: DemoOptions): Promise<void> {
  const now = clock(options.now)();
  await ingest(
    warehouse,
    { paths: [folder] },
    {
      now,
      progress: terminal.note,
      afterLoad: async () => {
        await writeInfo(warehouse, { holds: demoName(options), history_start: DEMO_HISTORY_START });
        await recordIngest(warehouse, now.toISOString());
      },
    },
  );
}
