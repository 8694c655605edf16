import type { CalendarDate } from "../calendar.ts";
import type { PartitionCoverage } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { DONE, type PartitionRecord, partitionKey } from "../progress/partition.ts";
import { renderTable } from "./table.ts";

/** Coverage and calendar at one point of the way. */
export interface Stage {
  readonly coverage: readonly PartitionCoverage[];
  readonly dates: readonly Pick<CalendarDate, "date" | "seasonType">[];
}

interface YearCounts {
  readonly before: number;
  readonly gaps: number;
  readonly after: number;
}

/** The way from the owner's gaps to the end, every figure counted from coverage. */
export interface JourneyReport {
  readonly by_year: Readonly<Record<string, YearCounts>>;
  /** Dates done by processor, and in all of each phase. */
  readonly done: Readonly<Record<string, { readonly before: number; readonly after: number }>>;
  readonly partitions_filled: number;
  readonly dates_added: readonly GameDate[];
  readonly cup_finals_added: number;
  /** Partitions that the added dates made stale by coverage, before the last run. */
  readonly stale_after_ingest: number;
  readonly dependants_recomputed: number;
  readonly dependants_changed: number;
}

/**
 * @param fingerprints content of each partition before the withheld games came
 * @param records what the last run built
 */
export function journeyReport(
  stages: { readonly gaps: Stage; readonly filled: Stage; readonly loaded: Stage; readonly ended: Stage },
  fingerprints: ReadonlyMap<string, string | null>,
  records: readonly PartitionRecord[],
): JourneyReport {
  const { gaps, filled, loaded, ended } = stages;
  const doneAtGaps = new Set(gaps.coverage.filter(isDone).map(keyOf));
  const known = new Set(gaps.dates.map(({ date }) => date));
  const added = ended.dates.filter(({ date }) => !known.has(date));
  const before = doneDates(gaps.coverage);
  const after = doneDates(ended.coverage);
  const reached = before.get("Phase 4")!;
  const inYear = (dates: Iterable<string>, year: string) =>
    [...dates].filter((date) => date.startsWith(year)).length;
  const years = [...new Set(ended.dates.map(({ date }) => date.slice(0, 4)))];
  const rebuilt = records.filter(({ processor, game_date }) =>
    fingerprints.has(partitionKey(processor, game_date)),
  );
  return {
    by_year: Object.fromEntries(
      years.map((year) => [
        year,
        {
          before: inYear(known, year),
          gaps: inYear(known, year) - inYear(reached, year),
          after: inYear(
            ended.dates.map(({ date }) => date),
            year,
          ),
        },
      ]),
    ),
    done: Object.fromEntries(
      [...after].map(([name, dates]) => [name, { before: before.get(name)?.size ?? 0, after: dates.size }]),
    ),
    partitions_filled: filled.coverage.filter((one) => isDone(one) && !doneAtGaps.has(keyOf(one))).length,
    dates_added: added.map(({ date }) => date),
    cup_finals_added: added.filter(({ seasonType }) => seasonType === "cup_final").length,
    stale_after_ingest: loaded.coverage.filter(({ state }) => state === "stale").length,
    dependants_recomputed: rebuilt.length,
    dependants_changed: rebuilt.filter(
      (record) =>
        fingerprints.get(partitionKey(record.processor, record.game_date)) !== record.content_fingerprint,
    ).length,
  };
}

/** Dates done by processor, then those done in every processor of a phase. */
function doneDates(coverage: readonly PartitionCoverage[]): Map<string, ReadonlySet<GameDate>> {
  const done = new Map<string, ReadonlySet<GameDate>>();
  const phases = new Map<string, Set<GameDate>>();
  for (const [processor, of] of Map.groupBy(coverage, (one) => one.processor)) {
    const dates = new Set(of.filter(isDone).map((one) => one.game_date));
    done.set(processor, dates);
    const phase = PHASE_4.includes(processor) ? "Phase 4" : "Phase 3";
    const earlier = phases.get(phase);
    phases.set(phase, earlier ? earlier.intersection(dates) : dates);
  }
  return new Map([...done, ...phases]);
}

const PHASE_4: readonly string[] = [
  "team_defense_zone_analysis",
  "player_shot_zone_analysis",
  "player_composite_factors",
  "ml_feature_store",
];

function isDone({ state }: PartitionCoverage): boolean {
  return DONE.includes(state);
}

function keyOf({ processor, game_date }: PartitionCoverage): string {
  return partitionKey(processor, game_date);
}

/** What the owner's report of 2026-01-17 says, to stand beside what was counted. */
const OWNER = {
  dates: { 2021: 59, 2022: 213, 2023: 203, 2024: 210, 2025: 217, 2026: 16 } as Record<string, number>,
  gaps: { 2021: 1, 2022: 25, 2023: 26, 2024: 24, 2025: 26, 2026: 0 } as Record<string, number>,
  done: {
    "Phase 3": 918,
    "Phase 4": 816,
    team_defense_zone_analysis: 818,
    player_shot_zone_analysis: 850,
  } as Record<string, number>,
  operations: 408,
};

export function renderJourney(report: JourneyReport): string {
  const owner = (figures: Record<string, number>, key: string) =>
    figures[key] === undefined ? "-" : String(figures[key]);
  const { partitions_filled: filled, dates_added: added } = report;
  return [
    "The owner's situation of 2026-01-17, and from there to the end (report: what the owner's report says):",
    renderTable(
      ["year", "report", "game dates", "at the end", "report's gaps", "gaps"],
      Object.entries(report.by_year).map(([year, of]) => [
        year,
        owner(OWNER.dates, year),
        of.before,
        of.after,
        owner(OWNER.gaps, year),
        of.gaps,
      ]),
    ),
    "",
    renderTable(
      ["dates done", "report", "before", "after"],
      Object.entries(report.done).map(([name, { before, after }]) => [
        name,
        owner(OWNER.done, name),
        before,
        after,
      ]),
    ),
    "",
    `Partitions filled: ${filled} (the report's estimate of 102 dates x 4 processors: ${OWNER.operations}; some were there already)`,
    `Cup finals added: ${report.cup_finals_added}${added.length > 0 ? ` (game dates added: ${added.join(", ")})` : ""}`,
    `Dependants recomputed: ${report.dependants_recomputed}, of which ${report.dependants_changed} changed`,
  ].join("\n");
}

/** Where `demo --stop-at-gaps` stops, and the commands that go on from there. */
export function renderGaps(stage: Stage, warehouse: string, withheld: string): string {
  const done = doneDates(stage.coverage);
  const reached = done.get("Phase 4")!;
  const years = Map.groupBy(stage.dates, ({ date }) => date.slice(0, 4));
  const gaps = [...years].map(([year, dates]) => ({
    year,
    dates: dates.length,
    gaps: dates.filter(({ date }) => !reached.has(date)).length,
  }));
  const owner = (figures: Record<string, number>, key: string) =>
    figures[key] === undefined ? "-" : String(figures[key]);
  return [
    renderTable(
      ["year", "report", "game dates", "report's gaps", "gaps"],
      gaps.map((of) => [of.year, owner(OWNER.dates, of.year), of.dates, owner(OWNER.gaps, of.year), of.gaps]),
    ),
    "",
    renderTable(
      ["dates done", "report", "dates"],
      [...done].map(([name, dates]) => [name, owner(OWNER.done, name), dates.size]),
    ),
    "",
    `On from here, with NBA_BACKFILL_WAREHOUSE=${warehouse} in the environment:`,
    ...gaps
      .filter((of) => of.gaps > 0)
      .map(({ year }) => `  ./bin/backfill/run_year_phase4.sh --year ${year}`),
    "  ./bin/backfill/monitor_backfill_progress.sh --update",
    `  nba-backfill ingest ${withheld}   (the games the schedule lacked)`,
    "  nba-backfill run",
  ].join("\n");
}
