import { Command } from "commander";
import { BackfillError } from "../../errors.ts";
import { readSideFile, SideFile } from "../../warehouse/duckdb/side-file.ts";
import { clock } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { addOptions, type Options } from "../options.ts";
import { terminal } from "../terminal.ts";

const names = ["warehouse", "json"] as const;

/** `nba-backfill cancel`: asks the run under way to stop after its chunk. */
export function cancelCommand(): Command {
  return addOptions(
    new Command("cancel").argument("[run]", "run to cancel; without it, the one under way"),
    names,
  )
    .description("Ask the run under way to stop after the chunk it is at; a later run goes on from there.")
    .addHelpText("after", "\nExamples:\n  nba-backfill cancel\n  nba-backfill cancel 20260117T120000-3fa29c")
    .action((run: string | undefined, _: Options<(typeof names)[number]>, command: Command) => {
      applyConfigFile(command);
      const options = command.opts<Options<(typeof names)[number]>>();
      const state = readSideFile(options.warehouse);
      state?.close();
      const underWay = state?.holder?.run_id;
      if (!underWay) throw new BackfillError("unknown-run", `no run is under way on ${options.warehouse}`);
      if (run !== undefined && run !== underWay) {
        throw new BackfillError("unknown-run", `run ${run} is not under way; ${underWay} is`);
      }
      const sideFile = new SideFile(options.warehouse, clock(undefined));
      sideFile.requestCancel(underWay);
      sideFile.close();
      terminal.print(
        options.json
          ? JSON.stringify({ run_id: underWay, cancel: "requested" })
          : `Run ${underWay} stops after the chunk it is at.`,
      );
    });
}
