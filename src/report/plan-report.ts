import { counted } from "../counted.ts";
import type { Estimate } from "../plan/estimate.ts";
import type { LeftOut } from "../plan/left-out.ts";
import type { Plan, PlanStep } from "../plan/plan.ts";
import { heldBackLines } from "./held-back.ts";
import { renderTable } from "./table.ts";

/** What earlier runs tell of a plan: of its steps, and how many times as long as its statements a run takes. */
export interface PlanEstimates {
  readonly steps: readonly Estimate[];
  readonly runOverStatements: number | null;
}

/** The shape of `plan --json` and `run --dry-run --json`. */
export function planJson(plan: Plan, { steps: estimates, runOverStatements }: PlanEstimates): object {
  const computed = millisecondsOf(estimates);
  return {
    ...plan,
    estimated_milliseconds:
      computed === null || runOverStatements === null ? null : Math.round(computed * runOverStatements),
    steps: plan.steps.map((step, index) => ({
      ...step,
      expected_rows: estimates[index]!.rows,
      estimated_milliseconds: estimates[index]!.milliseconds,
      estimated_at_most: estimates[index]!.atMost,
    })),
  };
}

/** A plan as text: the steps in order, why, in which chunks, and what they will take as far as earlier runs tell. */
export function renderPlan(plan: Plan, { steps: estimates, runOverStatements }: PlanEstimates): string {
  if (plan.partitions === 0) {
    const held = plan.heldBack.length === 0 ? ": every selected partition holds" : "";
    return [`Nothing to do${held}.`, ...heldBackLines(plan.heldBack)].join("\n");
  }
  const rows = plan.steps.map((step, index) => {
    const partitions = step.chunks.flat();
    const { rows } = estimates[index]!;
    return [
      step.processor,
      partitions.length,
      step.chunks.length,
      partitions[0]!.date,
      partitions.at(-1)!.date,
      rows ?? "unknown",
      secondsOf(estimates[index]!),
      reasonsOf(step),
    ];
  });
  return [
    `${counted(plan.partitions, "partition")} to build${warmUpText(plan.warmUp)}; nothing is written by a plan`,
    "",
    renderTable(["step", "partitions", "chunks", "first", "last", "rows", "seconds", "why"], rows),
    ...chunkLines(plan),
    "",
    timeLine(estimates, runOverStatements),
    ...heldBackLines(plan.heldBack),
  ].join("\n");
}

/** What of the partitions is in no count; nothing where there is none. */
function warmUpText(warmUp: number): string {
  return warmUp > 0 ? `, ${warmUp} of them warm-up before history` : "";
}

function secondsOf({ milliseconds, atMost }: Estimate): string {
  return milliseconds === null ? "unknown" : `${atMost ? "<= " : ""}${(milliseconds / 1000).toFixed(1)}`;
}

function reasonsOf(step: PlanStep): string {
  const reasons = Map.groupBy(step.chunks.flat(), ({ reason }) => reason);
  return [...reasons].map(([reason, of]) => `${of.length} ${reason.replaceAll("_", " ")}`).join(", ");
}

const shown = 12;

/** Where the chunks of a step begin and end, where it has more than one. */
function chunkLines(plan: Plan): string[] {
  return plan.steps.flatMap((step) => {
    if (step.chunks.length === 1) return [];
    const bounds = step.chunks
      .slice(0, shown)
      .map((chunk) => `  ${chunk[0]!.date}..${chunk.at(-1)!.date} (${chunk.length})`);
    const more = step.chunks.length - shown;
    return [
      "",
      `Chunks of ${step.processor}:`,
      ...bounds,
      ...(more > 0 ? [`  and ${more} more (--json lists them all)`] : []),
    ];
  });
}

/** Of the steps that an earlier run tells of; null where none does. */
function millisecondsOf(estimates: readonly Estimate[]): number | null {
  const known = estimates.flatMap(({ milliseconds }) => milliseconds ?? []);
  return known.length === 0 ? null : known.reduce((sum, milliseconds) => sum + milliseconds, 0);
}

function timeLine(estimates: readonly Estimate[], runOverStatements: number | null): string {
  const computed = millisecondsOf(estimates);
  if (computed === null)
    return "How long it takes is unknown: no earlier run has built these processors here.";
  const known = estimates.filter(({ milliseconds }) => milliseconds !== null);
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  const without = estimates.length - known.length;
  const rest = without > 0 ? `; ${counted(without, "step")} without an earlier run to tell` : "";
  const total =
    runOverStatements === null
      ? `about ${seconds(computed)} to compute`
      : `about ${seconds(computed * runOverStatements)} (${seconds(computed)} to compute)`;
  return known.some(({ atMost }) => atMost)
    ? `At most ${total}: chunks of earlier runs are of one size, and do not tell what others take${rest}.`
    : `Takes ${total} by the chunks of earlier runs, less where partitions turn out unchanged${rest}.`;
}

const whyLeftOut: Readonly<Record<LeftOut["why"], string>> = {
  no_game_date: "no game date",
  before_history: "before history",
  after_today: "after today",
  outside_selection: "outside the rest of the selection",
};

/** The line above a plan or run that leaves out dates which were named. */
export function leftOutLine(dates: readonly LeftOut[]): string {
  return `left out: ${dates.map(({ date, why }) => `${date} (${whyLeftOut[why]})`).join(", ")}`;
}
