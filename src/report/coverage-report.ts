import { counted, grouped } from "../counted.ts";
import { PARTITION_STATES, type PartitionCoverage } from "../coverage/coverage.ts";
import type { IdleDay, IdleKind } from "../coverage/days.ts";
import type { StrayRows } from "../coverage/stray.ts";
import type { GameDate } from "../dates.ts";
import type { Derived } from "../ingest/derive.ts";
import { DONE } from "../progress/partition.ts";
import type { RawGame } from "../progress/raw-findings.ts";
import { derivedText } from "./derived.ts";
import type { Gap } from "./gap-report.ts";
import { renderTable } from "./table.ts";
import { emptySchedule, unscheduledOf, WITH_SCHEDULE } from "./unscheduled.ts";

/** The shape of `coverage --json` and `gaps --json`. */
export interface CoverageReport {
  readonly partitions: readonly (Omit<PartitionCoverage, "reason_detail"> & {
    readonly reason_detail: unknown;
  })[];
  /** Official game dates of the schedule; with none, nothing is expected. */
  readonly scheduled_dates: number;
  readonly gaps: readonly Gap[];
  /** Summaries before history that windows of the selection reach: how many, and their gaps. They are in no count. */
  readonly warm_up: { readonly before: GameDate; readonly partitions: number; readonly gaps: readonly Gap[] };
  /** Dates of the selection that need nothing. */
  readonly idle_days: readonly IdleDay[];
  /** Raw games that the schedule lacks; null where another process holds the file and nobody could look. */
  readonly unscheduled: readonly RawGame[] | null;
  /** What an ingest derives and no longer follows from the raw tables: they were changed behind our back. Null as above. */
  readonly not_derived: readonly (Derived & { readonly game_date: GameDate })[] | null;
  /** Rows of ours on dates that the schedule lacks; null where nobody looked. */
  readonly stray: readonly StrayRows[] | null;
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

type Rest = Omit<CoverageReport, "partitions">;

/** Partitions by state, for each way of dividing them. */
export function renderCoverage(coverage: readonly PartitionCoverage[], rest: Rest): string {
  if (coverage.length === 0) {
    const none = rest.scheduled_dates === 0 ? [] : ["No partition is selected."];
    return [...none, ...warmUpLine(rest), ...besides(rest), ...nextStep(rest)].join("\n");
  }
  const states = PARTITION_STATES.filter((state) => coverage.some((entry) => entry.state === state));
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
      datesOf(of),
      of.length,
      ...states.map((state) => of.filter((entry) => entry.state === state).length),
      percentDone(of),
    ]);
    const head = [name, "dates", "partitions", ...states.map((state) => state.replaceAll("_", " ")), "done"];
    const right = head.map((_, column) => column > 0);
    return `${renderTable(head, rows, right)}\n`;
  });
  const counts = states.map((state) => {
    const of = coverage.filter((entry) => entry.state === state).length;
    return `${grouped(of)} ${state.replaceAll("_", " ")}`;
  });
  const dates = counted(datesOf(coverage), "game date");
  return [
    `${dates}: ${counts.join(", ")} (${percentDone(coverage)} done)\n`,
    ...tables,
    ...warmUpLine(rest),
    ...besides(rest),
    ...nextStep(rest),
  ].join("\n");
}

function datesOf(coverage: readonly PartitionCoverage[]): number {
  return new Set(coverage.map(({ game_date }) => game_date)).size;
}

/** What is missing before history, where windows reach it. */
function warmUpLine({ warm_up: { before, partitions, gaps } }: Rest): string[] {
  if (gaps.length === 0) return [];
  const open = gaps.reduce((sum, gap) => sum + gap.partitions, 0);
  return [
    `Warm-up, in no count: ${open} of ${counted(partitions, "summary", "summaries")} before ${before} that windows read, not done`,
  ];
}

function nextStep({ gaps, warm_up }: Rest): string[] {
  const open = gaps.length + warm_up.gaps.length;
  if (open === 0) return [];
  return [
    `${counted(open, "gap")}: 'nba-backfill gaps', with the same options, says why and what closes them`,
  ];
}

function percentDone(coverage: readonly PartitionCoverage[]): string {
  const done = coverage.filter(({ state }) => DONE.includes(state)).length;
  // Rounded down: 100 % is said of all of them alone.
  return `${(Math.floor((1000 * done) / coverage.length) / 10).toFixed(1)} %`;
}

export function renderGaps(_: readonly PartitionCoverage[], rest: Rest): string {
  const { gaps, warm_up, scheduled_dates } = rest;
  const isClosed = gaps.length + warm_up.gaps.length === 0;
  return [
    ...(isClosed && scheduled_dates > 0 ? ["No gaps."] : gaps.map(gapText)),
    ...(warm_up.gaps.length > 0 ? [`Warm-up before ${warm_up.before}, in no count; windows read it:\n`] : []),
    ...warm_up.gaps.map(gapText),
    ...besides(rest),
  ].join("\n");
}

function gapText({ processor, state, first, last, partitions, why, command, adopt }: Gap): string {
  const dates = first === last ? first : `${first} .. ${last} (${partitions} game dates)`;
  return [
    `${processor} ${dates}: ${state.replaceAll("_", " ")}`,
    `  ${why}`,
    `  ${command}`,
    ...(adopt === undefined ? [] : [`  or, to take the rows as they are: ${adopt}`]),
    "",
  ].join("\n");
}

const shownDays = 31;

const idleWords: Readonly<Record<IdleKind, readonly [string, string?]>> = {
  off_day: ["off-day"],
  exhibition: ["exhibition day"],
  warm_up: ["warm-up date"],
  before_history: ["day before history", "days before history"],
  future: ["day to come", "days to come"],
};

function besides({ idle_days: days, unscheduled, stray, not_derived, scheduled_dates }: Rest): string[] {
  const kinds = [...Map.groupBy(days, ({ kind }) => kind)];
  const idle = kinds.map(([kind, of]) => {
    const named = days.length <= shownDays ? `: ${of.map(({ game_date }) => game_date).join(", ")}` : "";
    return `${counted(of.length, ...idleWords[kind])}${named}`;
  });
  return [
    ...(scheduled_dates === 0 ? [`${emptySchedule(unscheduledOf(unscheduled))}.`, `  ${WITH_SCHEDULE}`] : []),
    ...(idle.length > 0 && scheduled_dates > 0 ? [`Dates in no count: ${idle.join("; ")}`] : []),
    ...(scheduled_dates > 0 ? unscheduledGames(unscheduled ?? []) : []),
    ...strayLines(stray ?? []),
    ...(!not_derived || not_derived.length === 0
      ? []
      : [
          `Raw tables were changed behind our back; to be derived again: ${derivedText(not_derived)}`,
          "  nba-backfill run --deep",
        ]),
  ];
}

const shownGames = 10;

/** Rows that no run wrote, on dates that are no game dates: nothing removes them, and windows read them. */
function strayLines(stray: readonly StrayRows[]): string[] {
  if (stray.length === 0) return [];
  const more = stray.length - shownGames;
  return [
    "Rows that no run recorded, on dates that the schedule does not have as game dates; windows read them:",
    ...stray
      .slice(0, shownGames)
      .map(({ processor, game_date, rows }) => `  ${processor} ${game_date}: ${counted(rows, "row")}`),
    ...(more > 0 ? [`  and ${counted(more, "more partition")} (--json lists them all)`] : []),
    `  ${WITH_SCHEDULE}; or delete the rows`,
  ];
}

/** Games that raw tables have and the schedule lacks, each with its tables. */
function unscheduledGames(held: readonly RawGame[]): string[] {
  const games = [...Map.groupBy(held, ({ game_id, game_date }) => `game ${game_id} of ${game_date}`)];
  if (games.length === 0) return [];
  const more = games.length - shownGames;
  return [
    `Unscheduled: ${counted(games.length, "game")} that raw tables have and the schedule lacks`,
    ...games
      .slice(0, shownGames)
      .map(([game, of]) => `  ${game} in ${of.map(({ raw_table }) => raw_table).join(", ")}`),
    ...(more > 0 ? [`  and ${counted(more, "more game")} (--json lists them all)`] : []),
    `  ${WITH_SCHEDULE}`,
  ];
}
