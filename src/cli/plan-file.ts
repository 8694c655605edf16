import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { World } from "../coverage/coverage.ts";
import { BackfillError, messageOf } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import type { Selection } from "../plan/selection.ts";
import { worldHash } from "../plan/world-hash.ts";

/** A plan with what it was made from, so that it is run on that alone. */
export interface PlanFile {
  readonly format: "nba-backfill plan 1";
  readonly world: string;
  readonly selection: Selection;
  readonly plan: Plan;
}

const shape = z.object({
  format: z.literal("nba-backfill plan 1"),
  world: z.string(),
  selection: z.looseObject({}),
  plan: z.object({
    steps: z.array(
      z.object({
        processor: z.string(),
        chunks: z.array(z.array(z.looseObject({ date: z.string(), reason: z.string() }))),
      }),
    ),
    selected: z.number(),
    partitions: z.number(),
    warmUp: z.number(),
    heldBack: z.array(z.looseObject({})),
  }),
});

export function writePlanFile(path: string, world: World, selection: Selection, plan: Plan): void {
  const file: PlanFile = { format: "nba-backfill plan 1", world: worldHash(world), selection, plan };
  try {
    writeFileSync(path, `${JSON.stringify(file)}\n`);
  } catch (error) {
    throw new BackfillError("input-invalid", `--out: ${messageOf(error)}`, { cause: error });
  }
}

export function readPlanFile(path: string): PlanFile {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new BackfillError("input-invalid", `--plan ${path}: ${messageOf(error)}`, { cause: error });
  }
  const parsed = shape.safeParse(content);
  if (!parsed.success) {
    throw new BackfillError("input-invalid", `${path} is no plan that 'nba-backfill plan --out' wrote`);
  }
  return parsed.data as unknown as PlanFile;
}

/** Throws `plan-outdated` where versions, inputs, schedule or recorded state differ from when the plan was made. */
export function refuseOutdated(file: PlanFile, world: World): void {
  if (file.world === worldHash(world)) return;
  throw new BackfillError(
    "plan-outdated",
    "the plan no longer fits: versions, inputs, schedule or recorded state have changed since it was made; make it again with 'nba-backfill plan --out'",
  );
}
