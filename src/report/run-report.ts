import { counted, grouped } from "../counted.ts";
import { DONE, type PartitionRecord } from "../progress/partition.ts";
import type { RunResult } from "../run/run.ts";
import { heldBackLines } from "./held-back.ts";
import { reasonSentence, someOf } from "./reason-sentence.ts";
import { renderTable } from "./table.ts";

/** The shape of `run --json`. */
export function runJson(result: RunResult): object {
  const { records, ...summary } = result;
  return {
    ...summary,
    done: records.filter((record) => DONE.includes(record.status)).length,
    not_done: records.filter((record) => !DONE.includes(record.status)).map(brief),
    by_processor: Object.fromEntries(
      processorsOf(records).map((name) => [
        name,
        countStatuses(records.filter((record) => record.processor === name)),
      ]),
    ),
  };
}

/** The closing table of a run, what is not done and why, and the next step. */
export function renderRun(result: RunResult): string {
  const { planned, records, heldBack } = result;
  if (planned === 0) {
    const all = heldBack.length === 0 ? ": every selected partition is done" : "";
    return [`Nothing to do${all}.${unseen(result)}`, ...heldBackLines(heldBack)].join("\n");
  }
  const lines = [headline(result)];
  if (records.length > 0) lines.push("", closingTable(records));
  const notDone = records.filter((record) => !DONE.includes(record.status));
  if (notDone.length > 0) lines.push("", ...explain(notDone));
  lines.push(...heldBackLines(heldBack));
  if (result.notStarted > 0) lines.push("", goingOn(result));
  return lines.join("\n");
}

/** Rows that somebody edited do not show in their number. */
function unseen({ looked }: RunResult): string {
  return looked ? "" : " Rows were counted, not compared with what was committed: --deep does that.";
}

/** Every planned partition is in one of the counts. */
function headline({
  runId,
  planned,
  warmUp,
  records,
  unchanged,
  notStarted,
  milliseconds,
}: RunResult): string {
  const built = records.filter(({ status }) => DONE.includes(status)).length;
  const others = countStatuses(records.filter(({ status }) => !DONE.includes(status)));
  return (
    [
      `Run ${runId}: ${grouped(built)} of ${counted(planned, "planned partition")} built in ${(milliseconds / 1000).toFixed(1)} s`,
      ...Object.entries(others).map(([status, count]) => `${grouped(count)} ${status.replaceAll("_", " ")}`),
      ...(unchanged > 0 ? [`${grouped(unchanged)} unchanged`] : []),
      ...(notStarted > 0 ? [`${grouped(notStarted)} not started`] : []),
    ].join(", ") + (warmUp > 0 ? ` (${grouped(warmUp)} planned as warm-up before history)` : "")
  );
}

/** What running again would do about what was not started. */
function goingOn({ forced }: RunResult): string {
  return forced
    ? "Not started is as it was before: with --force again, all that is selected is built again; without it, only what is not done."
    : "Run again to go on.";
}

function closingTable(records: readonly PartitionRecord[]): string {
  const statuses = [...new Set(records.map((record) => record.status))];
  return renderTable(
    ["processor", ...statuses.map((status) => status.replaceAll("_", " ")), "rows", "ms"],
    processorsOf(records).map((name) => {
      const own = records.filter((record) => record.processor === name);
      const counts = countStatuses(own);
      return [
        name,
        ...statuses.map((status) => counts[status] ?? 0),
        own.reduce((sum, record) => sum + record.row_count, 0),
        own.reduce((sum, record) => sum + record.duration_ms, 0),
      ];
    }),
  );
}

const shown = 10;

function explain(records: readonly PartitionRecord[]): string[] {
  const lines = records.slice(0, shown).map((record) => {
    const { processor, game_date, status, row_count } = record;
    const why = reasonSentence({ ...record, state: status, rows: row_count });
    return `  ${processor} ${game_date}: ${status.replaceAll("_", " ")}, ${why}`;
  });
  const more = records.length - shown;
  return [
    "Not done:",
    ...lines,
    ...(more > 0 ? [`  and ${counted(more, "more partition")} (--json lists them all)`] : []),
  ];
}

function brief(record: PartitionRecord) {
  const { processor, game_date, status, reason, error } = record;
  return {
    processor,
    game_date,
    status,
    reason,
    reason_detail: record.reason_detail === null ? null : (JSON.parse(record.reason_detail) as unknown),
    error,
  };
}

function processorsOf(records: readonly PartitionRecord[]): string[] {
  return [...new Set(records.map((record) => record.processor))];
}

function countStatuses(records: readonly { readonly status: string }[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(records, ({ status }) => status)].map(([status, of]) => [status, of.length]),
  );
}

/** The line above a run that builds while partitions which are not as their run left them are not selected. */
export function lostLine(partitions: readonly string[]): string {
  const [which, them] = partitions.length === 1 ? ["is", "it"] : ["are", "them"];
  return `not selected: ${someOf(partitions, "partition")} ${which} not as our run left ${them}; what is built on ${them} now is stale until 'nba-backfill run' mends all`;
}
