import { counted, grouped } from "../counted.ts";
import type { PartitionCoverage } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { PROCESSOR_NAMES, type ProcessorName } from "../processors/processor.ts";
import { DONE } from "../progress/partition.ts";
import type { RawGame } from "../progress/raw-findings.ts";
import type { RunRecord } from "../progress/runs.ts";
import { renderTable } from "./table.ts";
import { type Unscheduled, unscheduledLines, unscheduledOf } from "./unscheduled.ts";

interface Completion {
  readonly expected: number;
  readonly done: number;
  readonly percent: number;
}

type ByYear = Readonly<Record<string, Completion>>;

/** The shape of `monitor --json`. */
export interface MonitorReport {
  readonly game_dates: number;
  /** Dates done in every processor looked at. */
  readonly complete_dates: number;
  /** Dates by processor and calendar year; `all` is their sum. */
  readonly by_processor: Readonly<Record<string, ByYear>>;
  /** Phases all of whose processors are looked at. */
  readonly by_phase: Readonly<Record<string, ByYear>>;
  readonly incomplete: readonly {
    readonly game_date: GameDate;
    readonly partitions: readonly Pick<PartitionCoverage, "processor" | "state" | "reason">[];
  }[];
  readonly errors: readonly Pick<PartitionCoverage, "processor" | "game_date" | "error">[];
  readonly last_run: RunRecord | null;
  /** Official game dates of the whole schedule, those to come included; with none, nothing is expected. */
  readonly scheduled_dates: number;
  readonly unscheduled: Unscheduled;
}

export function monitorReport(
  coverage: readonly PartitionCoverage[],
  lastRun: RunRecord | undefined,
  scheduledDates: number,
  unscheduled: readonly RawGame[] | null,
): MonitorReport {
  const processors = Map.groupBy(coverage, (one) => one.processor);
  const phases = Map.groupBy(coverage, (one) => phaseOf(one.processor));
  const dates = Map.groupBy(coverage, (one) => one.game_date);
  const incomplete = [...dates].flatMap(([game_date, of]) => {
    const partitions = of
      .filter((one) => !isDone(one))
      .map(({ processor, state, reason }) => ({ processor, state, reason }));
    return partitions.length > 0 ? [{ game_date, partitions }] : [];
  });
  return {
    game_dates: dates.size,
    complete_dates: dates.size - incomplete.length,
    by_processor: Object.fromEntries([...processors].map(([name, of]) => [name, byYear(of)])),
    by_phase: Object.fromEntries(
      [...phases].filter(([name]) => isWhole(name, processors)).map(([name, of]) => [name, byYear(of)]),
    ),
    incomplete: incomplete.sort((a, b) => (a.game_date < b.game_date ? -1 : 1)),
    errors: coverage.flatMap(({ processor, game_date, error }) =>
      error === null ? [] : [{ processor, game_date, error }],
    ),
    last_run: lastRun ?? null,
    scheduled_dates: scheduledDates,
    unscheduled: unscheduledOf(unscheduled),
  };
}

/** Of a part of its processors nothing can be said of a phase. */
function isWhole(phase: string, processors: ReadonlyMap<ProcessorName, unknown>): boolean {
  return PROCESSOR_NAMES.every((name) => phaseOf(name) !== phase || processors.has(name));
}

function byYear(coverage: readonly PartitionCoverage[]): ByYear {
  const years = Map.groupBy(coverage, (one) => one.game_date.slice(0, 4));
  return Object.fromEntries(
    [...years, ["all", coverage] as const].map(([year, of]) => [year, completion(of)]),
  );
}

/** A date is done where all its partitions are. */
function completion(coverage: readonly PartitionCoverage[]): Completion {
  const dates = [...Map.groupBy(coverage, (one) => one.game_date).values()];
  const done = dates.filter((of) => of.every(isDone)).length;
  return { expected: dates.length, done, percent: (100 * done) / dates.length };
}

function isDone({ state }: PartitionCoverage): boolean {
  return DONE.includes(state);
}

function phaseOf(processor: ProcessorName): string {
  return PROCESSOR_NAMES.indexOf(processor) < 5 ? "Phase 3" : "Phase 4";
}

const shown = 20;

export function renderMonitor(report: MonitorReport): string {
  const rows = Object.entries({ ...report.by_processor, ...report.by_phase });
  const columns = [...new Set(rows.flatMap(([, of]) => Object.keys(of)))].filter((year) => year !== "all");
  const beside = unscheduledLines(report.unscheduled, report.scheduled_dates);
  const lines =
    report.scheduled_dates === 0
      ? beside
      : [
          `${report.complete_dates} of ${counted(report.game_dates, "game date")} complete${ofWhich(report)}`,
          ...beside,
        ];
  if (rows.length > 0) {
    const table = rows.map(([name, of]) => [name, ...[...columns, "all"].map((year) => cell(of[year]))]);
    lines.push("", renderTable(["dates done", ...columns, "all"], table));
  }
  const groups = Map.groupBy(report.incomplete, ({ partitions }) => describe(partitions));
  if (groups.size > 0) {
    lines.push("", `${counted(report.incomplete.length, "incomplete date")}:`);
    for (const [what, dates] of [...groups].slice(0, shown)) {
      lines.push(`  ${span(dates.map(({ game_date }) => game_date))}: ${what}`);
    }
    if (groups.size > shown)
      lines.push(`  and ${counted(groups.size - shown, "more kind")} (--json lists every date)`);
  }
  if (report.errors.length > 0) {
    lines.push("", `${counted(report.errors.length, "error")}:`);
    for (const { processor, game_date, error } of report.errors.slice(0, shown)) {
      lines.push(`  ${processor} ${game_date}: ${error}`);
    }
    const more = report.errors.length - shown;
    if (more > 0) lines.push(`  and ${counted(more, "more error")} (--json lists them all)`);
  }
  lines.push("", report.last_run ? runLine(report.last_run) : "No run yet.");
  return lines.join("\n");
}

/** The processors that are looked at, where it is not all of them. */
function ofWhich({ by_processor }: MonitorReport): string {
  const names = Object.keys(by_processor);
  return names.length === 0 || names.length === PROCESSOR_NAMES.length ? "" : ` in ${names.join(", ")}`;
}

/** Each planned partition in one count, as the run itself told them. */
function runLine({ run_id, status, started_at, planned, complete, not_done, unchanged }: RunRecord): string {
  if (planned === 0) return `Last run ${run_id}: ${status}, nothing to do, begun ${started_at}`;
  const rest = planned - complete - not_done - unchanged;
  return [
    `Last run ${run_id}: ${status}, ${grouped(complete)} of ${counted(planned, "planned partition")} built`,
    ...(not_done > 0 ? [`${grouped(not_done)} not done`] : []),
    ...(unchanged > 0 ? [`${grouped(unchanged)} unchanged`] : []),
    ...(rest > 0 ? [`${grouped(rest)} ${status === "running" ? "to do" : "not started"}`] : []),
    `begun ${started_at}`,
  ].join(", ");
}

function cell(of: Completion | undefined): string {
  return of ? `${of.done}/${of.expected} ${of.percent.toFixed(1)} %` : "-";
}

function describe(partitions: MonitorReport["incomplete"][number]["partitions"]): string {
  const kinds = Map.groupBy(partitions, ({ state, reason }) =>
    reason && reason !== state ? `${state} (${reason})` : state,
  );
  return [...kinds]
    .map(([kind, of]) => `${together(of.map(({ processor }) => processor))} ${kind}`)
    .join("; ");
}

const GROUPS = [
  ["all nine processors", PROCESSOR_NAMES],
  ["all of Phase 3", PROCESSOR_NAMES.filter((name) => phaseOf(name) === "Phase 3")],
  ["all of Phase 4", PROCESSOR_NAMES.filter((name) => phaseOf(name) === "Phase 4")],
] as const;

/** Processors by name, or by the phase that they make up. */
function together(names: readonly ProcessorName[]): string {
  const group = GROUPS.find(
    ([, of]) => of.length === names.length && of.every((name) => names.includes(name)),
  );
  return group?.[0] ?? names.join(", ");
}

function span(dates: readonly GameDate[]): string {
  return dates.length <= 3 ? dates.join(", ") : `${dates.length} dates, ${dates[0]} .. ${dates.at(-1)}`;
}
