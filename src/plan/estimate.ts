import type { BuildHistory } from "../progress/runs.ts";
import type { Plan } from "./plan.ts";

/** Null where no earlier run tells. */
export interface Estimate {
  readonly rows: number | null;
  readonly milliseconds: number | null;
}

/**
 * What each step will take and make at most, from the average partition of its processor: a partition that turns out
 * unchanged takes nothing.
 */
export function estimateSteps(plan: Plan, history: readonly BuildHistory[]): readonly Estimate[] {
  return plan.steps.map((step) => {
    const known = history.find(({ processor }) => processor === step.processor);
    if (!known || known.partitions === 0) return { rows: null, milliseconds: null };
    const share = step.chunks.flat().length / known.partitions;
    return { rows: Math.round(known.rows * share), milliseconds: Math.round(known.milliseconds * share) };
  });
}
