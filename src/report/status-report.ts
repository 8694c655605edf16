import { counted, grouped } from "../counted.ts";
import {
  PARTITION_STATES,
  type PartitionCoverage,
  type PartitionState,
  type World,
} from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import type { RawGame } from "../progress/raw-findings.ts";
import { renderTable } from "./table.ts";
import { type Unscheduled, unscheduledLines, unscheduledOf } from "./unscheduled.ts";

type States = Partial<Record<PartitionState, number>>;

/** The shape of `status --json`. */
export interface StatusReport {
  readonly history_start: GameDate;
  /** Official dates from history_start to the run's date; warm-up apart. */
  readonly game_dates: number;
  readonly warm_up_dates: number;
  /** Official game dates of the schedule, those to come included; with none, nothing is expected. */
  readonly scheduled_dates: number;
  readonly unscheduled: Unscheduled;
  readonly by_state: States;
  readonly by_year: Readonly<Record<string, { readonly game_dates: number; readonly by_state: States }>>;
  readonly by_processor: Readonly<Record<string, { readonly by_state: States }>>;
}

export function statusReport(
  coverage: readonly PartitionCoverage[],
  { historyStart, calendar }: Pick<World, "historyStart" | "calendar">,
  unscheduled: readonly RawGame[] | null,
): StatusReport {
  const years = Map.groupBy(coverage, (partition) => partition.game_date.slice(0, 4));
  const processors = Map.groupBy(coverage, (partition) => partition.processor);
  return {
    history_start: historyStart,
    game_dates: datesIn(coverage),
    warm_up_dates: calendar.dates.filter(({ date }) => date < historyStart).length,
    scheduled_dates: calendar.dates.length,
    unscheduled: unscheduledOf(unscheduled),
    by_state: countStates(coverage),
    by_year: mapValues(years, (of) => ({ game_dates: datesIn(of), by_state: countStates(of) })),
    by_processor: mapValues(processors, (of) => ({ by_state: countStates(of) })),
  };
}

export function renderStatus(report: StatusReport): string {
  const states = Object.keys(report.by_state) as PartitionState[];
  const row = (label: string, dates: number | "", of: States) => [
    label,
    dates,
    ...states.map((state) => of[state] ?? 0),
  ];
  const total = Object.values(report.by_state).reduce((sum, count) => sum + count, 0);
  const done = (report.by_state.complete ?? 0) + (report.by_state.complete_with_exceptions ?? 0);
  const head = states.map((state) => state.replaceAll("_", " "));
  const beside = unscheduledLines(report.unscheduled, report.scheduled_dates);
  if (report.scheduled_dates === 0) return beside.join("\n");
  const sum = `${counted(report.game_dates, "game date")} from ${report.history_start}, ${counted(report.warm_up_dates, "warm-up date")} before; ${grouped(done)} of ${counted(total, "partition")} done`;
  if (total === 0) return [sum, ...beside].join("\n");
  return [
    sum,
    ...beside,
    "",
    renderTable(
      ["year", "dates", ...head],
      Object.entries(report.by_year).map(([year, of]) => row(year, of.game_dates, of.by_state)),
    ),
    "",
    renderTable(
      ["processor", ...head],
      Object.entries(report.by_processor).map(([name, of]) => [
        name,
        ...states.map((state) => of.by_state[state] ?? 0),
      ]),
    ),
  ].join("\n");
}

function datesIn(coverage: readonly PartitionCoverage[]): number {
  return new Set(coverage.map((partition) => partition.game_date)).size;
}

function countStates(coverage: readonly PartitionCoverage[]): States {
  const of = Map.groupBy(coverage, ({ state }) => state);
  return Object.fromEntries(
    PARTITION_STATES.flatMap((state) => (of.has(state) ? [[state, of.get(state)!.length]] : [])),
  );
}

function mapValues<T, R>(groups: ReadonlyMap<string, T>, make: (group: T) => R): Record<string, R> {
  return Object.fromEntries([...groups].map(([key, group]) => [key, make(group)]));
}
