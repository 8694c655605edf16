import { setTimeout as sleep } from "node:timers/promises";
import { BackfillError } from "../errors.ts";
import type { Holder } from "../warehouse/duckdb/mirror.ts";
import { type RecordedState, readSideFile } from "../warehouse/duckdb/recorded-state.ts";
import type { Reader } from "../warehouse/warehouse.ts";
import { holderText, isBusy, isMet, nameOf, type OpenOptions, refuseMissing, withWarehouse } from "./open.ts";
import { terminal } from "./terminal.ts";

/** `not_read` of every --json: what a command says that could not look into the tables, and how old what it shows is. */
export interface NotRead {
  readonly actual: string;
  /** When the recorded state was last told. */
  readonly as_of: string;
  /** Null where the process that holds the file has not said its name. */
  readonly holder: Holder | null;
}

/** A holder that has just begun needs moments to tell its state; what an earlier one told is shown after these. */
const PATIENCE = 20;
const ATTEMPTS = 100;
const PAUSE_MS = 100;

/**
 * Hands the warehouse's recorded state to the work: from the warehouse itself, or, while another process writes, from
 * the side file, then with what could not be read. Throws `lease-held` where there is none.
 */
export async function withRecordedState<T>(
  options: OpenOptions,
  work: (reader: Reader, notRead: NotRead | undefined) => Promise<T>,
): Promise<T> {
  refuseMissing(options.warehouse);
  for (let attempt = 1; ; attempt++) {
    try {
      return await withWarehouse({ ...options, patience: 1 }, "read", (warehouse) =>
        work(warehouse, undefined),
      );
    } catch (error) {
      if (!isBusy(error)) throw error;
      const state = readSideFile(options.warehouse);
      try {
        const notRead = state && whatIsNotRead(state, error);
        if (notRead && ((state.inStep && notRead.holder) || attempt >= PATIENCE)) {
          return await work(state.reader, notRead);
        }
      } catch (failure) {
        // The side file is damaged, and its holder makes it anew.
        if (!isBusy(failure)) throw failure;
      } finally {
        state?.close();
      }
      if (attempt === ATTEMPTS) throw unreadable(options.warehouse, error);
    }
    await sleep(PAUSE_MS);
  }
}

/** Another process holds the file, and has told nothing that could be shown. */
function unreadable(warehouse: string, busy: BackfillError): BackfillError {
  if (busy.code === "lease-held") return busy;
  return new BackfillError(
    "lease-held",
    `${holderText(busy)} has ${warehouse} open, and what is recorded in it cannot be read: wait for it to end`,
    { cause: busy },
  );
}

function whatIsNotRead({ asOf, holder }: RecordedState, busy: BackfillError): NotRead | undefined {
  if (asOf === null) return undefined;
  const met = holder && isMet(holder, busy.cause ?? busy) ? holder : null;
  const who = met ? nameOf(met) : "another process";
  return { actual: `not read because ${who} holds the file`, as_of: asOf, holder: met };
}

/** Prints a report as JSON or text, with what it could not read. */
export function printReport(report: object | string, notRead: NotRead | undefined): void {
  if (typeof report === "object") {
    terminal.print(JSON.stringify({ ...report, ...(notRead && { not_read: notRead }) }));
  } else {
    terminal.print(notRead ? `${notReadLine(notRead)}\n${report}` : report);
  }
}

/** What stands above a report that was made from the side file. */
export function notReadLine({ as_of, actual }: NotRead): string {
  return `recorded state as of ${as_of}; actual tables ${actual}`;
}
