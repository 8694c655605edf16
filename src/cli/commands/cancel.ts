import { Command } from "commander";
import { BackfillError } from "../../errors.ts";
import type { Holder } from "../../warehouse/duckdb/mirror.ts";
import { readSideFile, requestCancel } from "../../warehouse/duckdb/recorded-state.ts";
import { clock } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { holderText, isBusy, isMet, nameOf, withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { terminal } from "../terminal.ts";

const names = ["warehouse", "json"] as const;

/** A holder that has just begun needs moments to write its name. */
const PATIENCE = 20;

/** `nba-backfill cancel`: asks the run under way to stop after its chunk. */
export function cancelCommand(): Command {
  return addOptions(
    new Command("cancel").argument("[run]", "run to cancel; without it, the one under way"),
    names,
  )
    .description("Ask the run under way to stop after the chunk it is at; a later run goes on from there.")
    .addHelpText("after", "\nExamples:\n  nba-backfill cancel\n  nba-backfill cancel 20260117T120000-3fa29c")
    .action(async (run: string | undefined, _: Options<(typeof names)[number]>, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<Options<(typeof names)[number]>>();
      const holder = await holderToStop(options.warehouse, run);
      if (!requestCancel(options.warehouse, clock(undefined)())) {
        throw new BackfillError(
          "warehouse-busy",
          `${nameOf(holder)} cannot be asked to stop: press Ctrl-C there`,
        );
      }
      terminal.print(
        options.json
          ? JSON.stringify({ run_id: holder.run_id, holder, cancel: "requested" })
          : `Asked ${nameOf(holder)} to stop after the chunk it is at.`,
      );
    });
}

/** Commands that run, and look whether they are to stop. */
const STOPPABLE = ["run", "phase", "job", "demo"];

/** The process that has the warehouse now: the engine's lock says so, since a name outlives a kill. */
async function holderToStop(warehouse: string, run: string | undefined): Promise<Holder> {
  const holder = await withWarehouse({ warehouse, patience: PATIENCE }, "read", async () => undefined).catch(
    (error: unknown) => {
      const state = readSideFile(warehouse);
      state?.close();
      if (!isBusy(error)) throw error;
      if (isMet(state?.holder, error.cause)) return state?.holder;
      throw new BackfillError(
        "warehouse-busy",
        `${holderText(error)} has ${warehouse} open and has not said what it is at: press Ctrl-C there`,
        { cause: error },
      );
    },
  );
  if (!holder) throw new BackfillError("unknown-run", `no run is under way on ${warehouse}`);
  if (!STOPPABLE.includes(holder.command)) {
    throw new BackfillError("unknown-run", `${nameOf(holder)} is no run: wait for it, or press Ctrl-C there`);
  }
  if (run !== undefined && run !== holder.run_id) {
    throw new BackfillError("unknown-run", `run ${run} is not under way; ${nameOf(holder)} is`);
  }
  return holder;
}
