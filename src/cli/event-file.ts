import { appendFileSync, closeSync, openSync } from "node:fs";
import { BackfillError, messageOf } from "../errors.ts";
import type { RunEvent } from "../run/events.ts";

/** Appends the events of a run to a file as JSON lines, numbered from 1, for whoever follows it. */
export function eventFile(path: string, runId: string, now: () => Date): (event: RunEvent) => void {
  try {
    closeSync(openSync(path, "a"));
  } catch (error) {
    throw new BackfillError("input-invalid", `--events: ${messageOf(error)}`, { cause: error });
  }
  let number = 0;
  return (event) => {
    number++;
    const line = JSON.stringify({ number, run_id: runId, at: now().toISOString(), ...event });
    appendFileSync(path, `${line}\n`);
  };
}
