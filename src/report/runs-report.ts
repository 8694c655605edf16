import type { RunRecord } from "../progress/runs.ts";
import { renderTable } from "./table.ts";

export function renderRuns(runs: readonly RunRecord[]): string {
  if (runs.length === 0) return "No run yet.";
  return renderTable(
    ["run", "began", "seconds", "status", "planned", "done", "not done", "unchanged"],
    runs.map((run) => [
      run.run_id,
      run.started_at,
      secondsOf(run),
      run.status,
      run.planned,
      run.complete,
      run.not_done,
      run.unchanged,
    ]),
  );
}

export function renderRunRecord(run: RunRecord): string {
  const lines: [string, string | number | null][] = [
    ["command", run.command],
    ["selection", run.selection],
    ["engine", run.engine],
    ["began", run.started_at],
    ["ended", run.finished_at],
    ["status", run.status],
    ["planned", run.planned],
    ["done", run.complete],
    ["not done", run.not_done],
    ["unchanged", run.unchanged],
    ["exit code", run.exit_code],
    ["error", run.error],
  ];
  const told = lines.filter(([, value]) => value !== null && value !== "");
  return [`Run ${run.run_id}`, ...told.map(([name, value]) => `  ${name.padEnd(9)}  ${value}`)].join("\n");
}

function secondsOf({ started_at, finished_at }: RunRecord): string {
  if (finished_at === null) return "";
  return ((Date.parse(finished_at) - Date.parse(started_at)) / 1000).toFixed(1);
}
