import { appendFileSync, closeSync, openSync } from "node:fs";
import { BackfillError, messageOf } from "../errors.ts";
import type { RunEvent } from "../run/events.ts";
import { refuseForeign, refuseWarehouse } from "./own-files.ts";

export interface EventFileOptions {
  readonly path: string;
  readonly warehouse: string;
  readonly runId: string;
  readonly now: () => Date;
  /** Told once, with the reason, when no more can be written: a run is worth more than its log. */
  readonly onFailure: (reason: string) => void;
}

/**
 * Appends the events of a run to a file as JSON lines, numbered from 1, for whoever follows it. Throws `input-invalid`
 * where it cannot be opened, or holds anything else.
 */
export function eventFile({
  path,
  warehouse,
  runId,
  now,
  onFailure,
}: EventFileOptions): (event: RunEvent) => void {
  refuseWarehouse("--events", path, warehouse);
  refuseForeign("--events", path, '{"number":', "file of events");
  try {
    closeSync(openSync(path, "a"));
  } catch (error) {
    throw new BackfillError("input-invalid", `--events: ${messageOf(error)}`, { cause: error });
  }
  let number = 0;
  let hasFailed = false;
  return (event) => {
    if (hasFailed) return;
    number++;
    const line = JSON.stringify({ number, run_id: runId, at: now().toISOString(), ...event });
    try {
      appendFileSync(path, `${line}\n`);
    } catch (error) {
      hasFailed = true;
      onFailure(`--events ${path}: ${messageOf(error)}: the run goes on, its further events are not written`);
    }
  };
}
