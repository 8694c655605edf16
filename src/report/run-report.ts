import type { Plan } from "../plan/plan.ts";
import { DONE, type PartitionRecord } from "../progress/partition.ts";
import type { RunResult } from "../run/run.ts";
import { reasonSentence } from "./reason-sentence.ts";
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
  if (result.planned === 0 && result.heldBack.length === 0)
    return "Nothing to do: every selected partition is done.";
  const seconds = (result.milliseconds / 1000).toFixed(1);
  const lines = [
    `Run ${result.runId}: ${result.records.length} of ${result.planned} planned partitions built in ${seconds} s` +
      (result.unchanged > 0 ? `, ${result.unchanged} unchanged` : "") +
      (result.notStarted > 0 ? `, ${result.notStarted} not begun (stopped): run again to go on` : ""),
  ];
  if (result.records.length > 0) lines.push("", closingTable(result.records));
  const notDone = result.records.filter((record) => !DONE.includes(record.status));
  if (notDone.length > 0) lines.push("", ...explain(notDone));
  if (result.heldBack.length > 0) {
    lines.push(
      "",
      `${result.heldBack.length} selected partitions are held back by their inputs as before: ${countText(result.heldBack)}`,
    );
  }
  return lines.join("\n");
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
  return ["Not done:", ...lines, ...(more > 0 ? [`  and ${more} more (--json lists them all)`] : [])];
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

function countText(held: Plan["heldBack"]): string {
  return Object.entries(countStatuses(held))
    .map(([status, count]) => `${count} ${status}`)
    .join(", ");
}
