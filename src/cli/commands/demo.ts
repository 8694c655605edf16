import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { coverageOf } from "../../coverage/history.ts";
import { compareWithLeague, formatComparison } from "../../demo/comparison.ts";
import { type DemoLeague, writeDemoLeague } from "../../demo/league.ts";
import { CUP_FINALS } from "../../demo/owner-gaps.ts";
import { BackfillError, EXIT } from "../../errors.ts";
import { readUnscheduled } from "../../progress/raw-findings.ts";
import { readInfo, writeInfo } from "../../progress/store.ts";
import { renderDemo } from "../../report/demo-report.ts";
import { renderGaps, renderJourney } from "../../report/journey-report.ts";
import { type StatusReport, statusReport } from "../../report/status-report.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { planFor } from "../backfill.ts";
import { applyConfigFile } from "../config.ts";
import { load, requestOf, runToGaps, runWhole, travel, withheldFolder } from "../demo-journey.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { terminal } from "../terminal.ts";

const names = ["seed", "stopAtGaps", "direct", "threads", "memory", "warehouse", "now", "json"] as const;

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

A fresh warehouse goes the owner's way: to the gaps of 2026-01-17, fills them, loads the two Cup finals that the schedule
lacked, rebuilds what they change, and each figure is printed beside the owner's. --direct, and a demo warehouse that is
there already, go straight to the end: the same rows in less time. --stop-at-gaps leaves the rest of the way to you: the
withheld games then lie in a folder beside the warehouse, ready for 'nba-backfill ingest'.

Examples:
  nba-backfill demo
  nba-backfill demo --direct
  nba-backfill demo --stop-at-gaps
  nba-backfill demo --seed 7 --warehouse seven.duckdb`,
    )
    .action(async (_: DemoOptions, command: Command) => {
      applyConfigFile(command);
      exit(await demo(command.opts<DemoOptions>()));
    });
}

async function demo(options: DemoOptions): Promise<number> {
  const started = performance.now();
  const exists = existsSync(options.warehouse);
  if (exists && options.stopAtGaps) {
    throw new BackfillError(
      "foreign-data",
      `${options.warehouse} is there already, and --stop-at-gaps starts a fresh warehouse: name another file with --warehouse`,
    );
  }
  // In a warehouse that has the finals there are no gaps to come by.
  const byGaps = options.stopAtGaps || !(exists || options.direct);
  if (exists) await withWarehouse(options, "read", (held) => refuseOtherData(held, options));
  const folder = mkdtempSync(join(tmpdir(), "nba-backfill-demo-"));
  try {
    terminal.note(`generating five seasons from seed ${options.seed}`);
    const files = join(folder, "league");
    const apart = options.stopAtGaps ? withheldFolder(options.warehouse) : join(folder, "withheld");
    const league = await writeDemoLeague(files, {
      seed: options.seed,
      ...(byGaps && { withhold: { dates: CUP_FINALS, folder: apart } }),
    });
    const generate = since(started);
    return await withWarehouse(options, "create", async (warehouse) => {
      const loading = performance.now();
      await load(warehouse, files, options.now, () =>
        writeInfo(warehouse, { holds: demoName(options), history_start: DEMO_HISTORY_START }),
      );
      if (options.stopAtGaps) return stopAtGaps(warehouse, apart, options);
      const seconds = { generate, load: since(loading) };
      const way = { withheld: byGaps ? apart : undefined, untouched: !exists };
      return finish(warehouse, league, way, { started, seconds }, options);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function stopAtGaps(warehouse: Warehouse, withheld: string, options: DemoOptions): Promise<number> {
  const stage = await runToGaps(warehouse, options.now);
  terminal.print(
    options.json
      ? JSON.stringify({ ...(await statusOf(warehouse, options)), withheld })
      : renderGaps(stage, options.warehouse, withheld),
  );
  return EXIT.complete;
}

/** To the end, straight or, where games are withheld, by the owner's way; what is left from before is looked into. */
async function finish(
  warehouse: Warehouse,
  league: DemoLeague,
  { withheld, untouched }: { readonly withheld: string | undefined; readonly untouched: boolean },
  time: { started: number; seconds: { generate: number; load: number } },
  options: DemoOptions,
): Promise<number> {
  const began = performance.now();
  const { report: journey, result } =
    withheld === undefined
      ? { report: undefined, result: await runWhole(warehouse, { ...requestOf(options.now, {}), untouched }) }
      : await travel(warehouse, withheld, options.now);
  const report = {
    seed: options.seed,
    rows: league.rows,
    seconds: { ...time.seconds, backfill: since(began), all: since(time.started) },
    status: await statusOf(warehouse, options),
    comparison: compareWithLeague(league.seasons),
    ...(journey && { journey }),
  };
  terminal.print(
    options.json
      ? JSON.stringify(report)
      : [
          ...(journey ? [renderJourney(journey), ""] : []),
          renderDemo(report, formatComparison(report.comparison), options.warehouse),
        ].join("\n"),
  );
  return result.status === "complete" && result.heldBack.length === 0 ? EXIT.complete : EXIT.notAllDone;
}

async function statusOf(warehouse: Warehouse, options: DemoOptions): Promise<StatusReport> {
  const { world } = await planFor(warehouse, requestOf(options.now, {}));
  return statusReport(coverageOf(world), world, await readUnscheduled(warehouse));
}

function since(from: number): number {
  return (performance.now() - from) / 1000;
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
