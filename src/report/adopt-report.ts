import { counted } from "../counted.ts";
import type { PartitionRecord } from "../progress/partition.ts";
import type { Adoption, Refused } from "../run/adopt.ts";
import { reasonSentence } from "./reason-sentence.ts";
import { renderTable } from "./table.ts";

/** The shape of `adopt --json`: `run_id` is null where nothing was written. */
export function adoptJson(runId: string | null, { adopted, refused }: Adoption): object {
  return {
    run_id: runId,
    adopted: adopted.map(
      ({ processor, game_date, status, reason, reason_detail, row_count, expected_rows }) => ({
        processor,
        game_date,
        state: status,
        reason,
        reason_detail: parsed(reason_detail),
        rows: row_count,
        expected_rows,
      }),
    ),
    refused: refused.map(({ detail, ...rest }) => ({ ...rest, detail: parsed(detail) })),
  };
}

function parsed(detail: string | null): unknown {
  return detail === null ? null : JSON.parse(detail);
}

/** What was taken as it is, or would be, by processor, and what was not, one by one. */
export function renderAdoption(
  runId: string | null,
  { adopted, refused }: Adoption,
  isDryRun: boolean,
): string {
  if (adopted.length + refused.length === 0)
    return "Nothing to adopt: no selected partition has rows that no run recorded.";
  const rows = [...Map.groupBy(adopted, ({ processor }) => processor)].map(([processor, of]) => [
    processor,
    of.length,
    of[0]!.game_date,
    of.at(-1)!.game_date,
    of.reduce((sum, { row_count }) => sum + row_count, 0),
    statesOf(of),
  ]);
  return [
    isDryRun
      ? `${counted(adopted.length, "partition")} would be adopted; nothing is written by a dry run`
      : `${counted(adopted.length, "partition")} adopted${runId === null ? "" : ` by run ${runId}`}`,
    ...(rows.length > 0
      ? ["", renderTable(["processor", "partitions", "first", "last", "rows", "states"], rows)]
      : []),
    ...(refused.length > 0
      ? ["", `${counted(refused.length, "partition")} refused; 'nba-backfill run' builds them anew`]
      : []),
    ...refused.map(refusal),
  ].join("\n");
}

function statesOf(records: readonly PartitionRecord[]): string {
  return [...Map.groupBy(records, ({ status }) => status)]
    .map(([status, of]) => `${of.length} ${status.replaceAll("_", " ")}`)
    .join(", ");
}

function refusal({ processor, game_date, rows, reason, detail, error }: Refused): string {
  const why = error ?? reasonSentence({ reason, reason_detail: detail, error, state: "unrecorded", rows });
  return `  ${processor} ${game_date}: ${why}`;
}
