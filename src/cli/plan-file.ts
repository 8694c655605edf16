import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { World } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { BackfillError, messageOf } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import type { Selection } from "../plan/selection.ts";
import { changesBetween, hashWorld, type WorldHashes } from "../plan/world-hash.ts";
import { refuseForeign, refuseWarehouse } from "./own-files.ts";

/** A plan with what it was made from, so that it is run on that alone. */
export interface PlanFile {
  readonly format: "nba-backfill plan 1";
  /** Absolute path, for the reader: what decides is what the warehouse holds. */
  readonly warehouse: string;
  readonly world: WorldHashes;
  readonly selection: Selection;
  /** As it was given; the run takes it from here. */
  readonly history_start: GameDate | null;
  /** Whether the tables were looked into; the run looks into them again. */
  readonly deep: boolean;
  readonly plan: Plan;
}

const START = '{"format":"nba-backfill plan 1"';

export interface PlanFileContent {
  readonly warehouse: string;
  readonly world: World;
  readonly selection: Selection;
  readonly historyStart: GameDate | undefined;
  readonly plan: Plan;
}

/** Throws `input-invalid` where the file cannot be written, or is another's: a plan takes the place of a plan alone. */
export function writePlanFile(path: string, content: PlanFileContent): void {
  refuseWarehouse("--out", path, content.warehouse);
  refuseForeign("--out", path, START, "plan");
  const file: PlanFile = {
    format: "nba-backfill plan 1",
    warehouse: resolve(content.warehouse),
    world: hashWorld(content.world),
    selection: content.selection,
    history_start: content.historyStart ?? null,
    deep: content.world.actual !== undefined,
    plan: content.plan,
  };
  try {
    writeFileSync(path, `${JSON.stringify({ ...file, checksum: checksumOf(file) })}\n`);
  } catch (error) {
    throw new BackfillError("input-invalid", `--out: ${messageOf(error)}`, { cause: error });
  }
}

/** Throws `input-invalid` where the file is no plan, `plan-refused` where it is not as it was written. */
export function readPlanFile(path: string): PlanFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new BackfillError("input-invalid", `--plan ${path}: ${messageOf(error)}`, { cause: error });
  }
  if (!text.startsWith(START)) {
    throw new BackfillError("input-invalid", `${path} is no plan that 'nba-backfill plan --out' wrote`);
  }
  const file = parsed(text);
  if (!file) {
    throw new BackfillError(
      "plan-refused",
      `${path} was cut or changed after it was written; make it again with 'nba-backfill plan --out'`,
    );
  }
  return file;
}

/** Undefined where the text is not whole. */
function parsed(text: string): PlanFile | undefined {
  try {
    const { checksum, ...file } = JSON.parse(text) as PlanFile & { checksum: string };
    return checksum === checksumOf(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function checksumOf(file: PlanFile): string {
  return createHash("sha256").update(JSON.stringify(file)).digest("hex");
}

/** Throws `plan-refused`, naming what changed, where the world is not the one that the plan was made from. */
export function refuseOutdated(file: PlanFile, world: World): void {
  const changes = changesBetween(file.world, hashWorld(world));
  if (changes.length === 0) return;
  throw new BackfillError(
    "plan-refused",
    `the plan no longer fits: since it was made for ${file.warehouse}, what has changed is ${changes.join("; ")}: make it again with 'nba-backfill plan --out'`,
  );
}
