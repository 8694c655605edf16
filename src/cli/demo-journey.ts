import { join, parse } from "node:path";
import { coverageOf } from "../coverage/history.ts";
import type { GameDate } from "../dates.ts";
import { reachedDates } from "../demo/owner-gaps.ts";
import { BackfillError } from "../errors.ts";
import { ingest } from "../ingest/ingest.ts";
import { readFingerprints, writeInfo } from "../progress/store.ts";
import { type JourneyReport, journeyReport, type Stage } from "../report/journey-report.ts";
import { recordIngest } from "../run/look.ts";
import type { RunResult } from "../run/run.ts";
import type { Warehouse } from "../warehouse/warehouse.ts";
import { type BackfillRequest, backfill, planFor } from "./backfill.ts";
import { clock } from "./clock.ts";
import { terminal } from "./terminal.ts";

/** Where the withheld games of a warehouse lie: beside it, ready for `ingest`. */
export function withheldFolder(warehouse: string): string {
  const { dir, name } = parse(warehouse);
  return join(dir, `${name}-withheld`);
}

/** Loads files and records what they changed; `finish` is part of the ingest's transaction. */
export async function load(
  warehouse: Warehouse,
  folder: string,
  time: Date | undefined,
  finish: () => Promise<void> = async () => undefined,
): Promise<void> {
  const now = clock(time)();
  await ingest(
    warehouse,
    { paths: [folder] },
    {
      now,
      progress: terminal.note,
      afterLoad: async () => {
        await finish();
        await writeInfo(warehouse, { line_lead_minutes: "0" });
        await recordIngest(warehouse, now.toISOString());
      },
    },
  );
}

/** What the demo asks of a run. */
export function requestOf(now: Date | undefined, selection: BackfillRequest["selection"]): BackfillRequest {
  return {
    command: "demo",
    now,
    historyStart: undefined,
    selection,
    untouched: true,
    options: { chunk: "all", force: false },
  };
}

/** A run of the demo, whose next step needs all of it. */
export async function runWhole(warehouse: Warehouse, request: BackfillRequest): Promise<RunResult> {
  const result = await backfill(warehouse, request);
  if (result.status === "interrupted") {
    throw new BackfillError(
      "interrupted",
      `the demo was stopped, with ${result.notStarted} of ${result.planned} planned partitions not begun: 'nba-backfill demo' goes on from there, straight to the end`,
    );
  }
  return result;
}

/** Runs what the owner had run by 2026-01-17: Phase 3 whole, Phase 4 but for the starts of the seasons. */
export async function runToGaps(warehouse: Warehouse, now: Date | undefined): Promise<Stage> {
  await runWhole(warehouse, requestOf(now, { phase: 3 }));
  const { dates } = await stageOf(warehouse, now);
  for (const [processors, reached] of [
    [["team_defense_zone_analysis"], reachedDates(dates, "team_defense_zone_analysis")],
    [["player_shot_zone_analysis"], reachedDates(dates, "player_shot_zone_analysis")],
    [["player_composite_factors", "ml_feature_store"], reachedDates(dates, "phase4")],
  ] as const) {
    await runWhole(warehouse, requestOf(now, { processors, dates: reached }));
  }
  return stageOf(warehouse, now);
}

/** From the owner's gaps to the end: the gaps filled, the withheld games loaded, what they made stale rebuilt. */
export async function travel(
  warehouse: Warehouse,
  withheld: string,
  now: Date | undefined,
): Promise<{ report: JourneyReport; result: RunResult }> {
  const gaps = await runToGaps(warehouse, now);
  await runWhole(warehouse, requestOf(now, { phase: 4 }));
  const filled = await stageOf(warehouse, now);
  const fingerprints = await readFingerprints(warehouse);
  await load(warehouse, withheld, now);
  const loaded = await stageOf(warehouse, now);
  const result = await runWhole(warehouse, requestOf(now, {}));
  const ended = await stageOf(warehouse, now);
  return { report: journeyReport({ gaps, filled, loaded, ended }, fingerprints, result.records), result };
}

async function stageOf(
  warehouse: Warehouse,
  now: Date | undefined,
): Promise<Stage & { readonly dates: readonly { date: GameDate; seasonYear: number }[] }> {
  const { world } = await planFor(warehouse, requestOf(now, {}));
  const dates = world.calendar.dates.filter(({ date }) => date >= world.historyStart && date <= world.today);
  return { coverage: coverageOf(world), dates };
}
