import type { PartitionCoverage } from "../coverage/coverage.ts";
import type { IdleDay } from "../coverage/days.ts";
import { DONE } from "../progress/partition.ts";
import type { RawGame } from "../progress/raw-findings.ts";
import type { Gap } from "./gap-report.ts";
import { renderTable } from "./table.ts";

/** The shape of `coverage --json` and `gaps --json`. */
export interface CoverageReport {
  readonly partitions: readonly (Omit<PartitionCoverage, "reason_detail"> & {
    readonly reason_detail: unknown;
  })[];
  readonly gaps: readonly Gap[];
  /** Dates of the selection that need nothing. */
  readonly idle_days: readonly IdleDay[];
  /** Raw games that the schedule lacks. */
  readonly unscheduled: readonly RawGame[];
}

export function coverageJson(
  coverage: readonly PartitionCoverage[],
  rest: Omit<CoverageReport, "partitions">,
): CoverageReport {
  const partitions = coverage.map((entry) => ({
    ...entry,
    reason_detail: entry.reason_detail === null ? null : (JSON.parse(entry.reason_detail) as unknown),
  }));
  return { partitions, ...rest };
}

const columns = [
  "processor",
  "game_date",
  "state",
  "reason",
  "reason_detail",
  "expected_rows",
  "rows",
] as const;

export function coverageCsv(coverage: readonly PartitionCoverage[]): string {
  const line = (entry: PartitionCoverage) => columns.map((column) => quoted(entry[column])).join(",");
  return [columns.join(","), ...coverage.map(line)].join("\n");
}

function quoted(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Partitions by state, for each way of dividing them. */
export function renderCoverage(
  coverage: readonly PartitionCoverage[],
  rest: Omit<CoverageReport, "partitions">,
): string {
  const states = [...new Set(coverage.map(({ state }) => state))];
  const divisions: readonly [string, (entry: PartitionCoverage) => string][] = [
    ["year", ({ game_date }) => game_date.slice(0, 4)],
    ["season", ({ season_year }) => `${season_year}-${String((season_year + 1) % 100).padStart(2, "0")}`],
    ["month", ({ game_date }) => game_date.slice(0, 7)],
    ["phase", ({ phase }) => String(phase)],
    ["processor", ({ processor }) => processor],
  ];
  const tables = divisions.map(([name, labelOf]) => {
    const groups = [...Map.groupBy(coverage, labelOf)];
    const rows = groups.map(([label, of]) => [
      label,
      new Set(of.map(({ game_date }) => game_date)).size,
      of.length,
      ...states.map((state) => of.filter((entry) => entry.state === state).length),
      percentDone(of),
    ]);
    const head = [name, "dates", "partitions", ...states.map((state) => state.replaceAll("_", " ")), "done"];
    return renderTable(head, rows);
  });
  return [...tables.map((table) => `${table}\n`), ...besides(rest)].join("\n");
}

function percentDone(coverage: readonly PartitionCoverage[]): string {
  const done = coverage.filter(({ state }) => DONE.includes(state)).length;
  // Rounded down: 100 % is said of all of them alone.
  return `${(Math.floor((1000 * done) / coverage.length) / 10).toFixed(1)} %`;
}

export function renderGaps(rest: Omit<CoverageReport, "partitions">): string {
  const lines = rest.gaps.flatMap(({ processor, state, first, last, partitions, why, command }) => {
    const dates = first === last ? first : `${first} .. ${last} (${partitions} game dates)`;
    return [`${processor} ${dates}: ${state.replaceAll("_", " ")}`, `  ${why}`, `  ${command}`];
  });
  return [...(lines.length > 0 ? lines : ["No gaps."]), ...besides(rest)].join("\n");
}

const shownDays = 31;

function besides({ idle_days: days, unscheduled }: Omit<CoverageReport, "partitions">): string[] {
  const kinds = [...Map.groupBy(days, ({ kind }) => kind)];
  const idle = kinds.map(([kind, of]) => {
    const named = days.length <= shownDays ? `: ${of.map(({ game_date }) => game_date).join(", ")}` : "";
    return `${of.length} ${kind.replaceAll("_", " ")}${named}`;
  });
  return [
    ...(idle.length > 0 ? [`Dates that need nothing: ${idle.join("; ")}`] : []),
    ...unscheduled.map(
      (game) =>
        `unscheduled: ${game.raw_table} has game ${game.game_id} of ${game.game_date}, which the schedule lacks`,
    ),
  ];
}
