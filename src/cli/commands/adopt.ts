import { hostname } from "node:os";
import { Command } from "commander";
import type { World } from "../../coverage/coverage.ts";
import { coverageOf } from "../../coverage/history.ts";
import { EXIT } from "../../errors.ts";
import { selectedDates } from "../../plan/selection.ts";
import { isSelected } from "../../plan/under-way.ts";
import { PROCESSORS } from "../../processors/registry.ts";
import { adoptJson, renderAdoption } from "../../report/adopt-report.ts";
import { derivedLine } from "../../report/derived.ts";
import { adopt, judgeAdoption } from "../../run/adopt.ts";
import { lookIntoTables, withEdits } from "../../run/look.ts";
import { readWorld } from "../../run/world.ts";
import type { Warehouse } from "../../warehouse/warehouse.ts";
import { newRunId } from "../backfill.ts";
import { clock, today } from "../clock.ts";
import { applyConfigFile } from "../config.ts";
import { withWarehouse } from "../open.ts";
import { addOptions, type Options } from "../options.ts";
import { RANGE_OPTIONS, selectionWith } from "../selection.ts";
import { terminal } from "../terminal.ts";

const names = [...RANGE_OPTIONS, "dryRun", "warehouse", "historyStart", "now", "json"] as const;

type AdoptOptions = Options<(typeof names)[number]>;

/** `nba-backfill adopt`: takes rows that no run of ours recorded as they are. */
export function adoptCommand(exit: (code: number) => void): Command {
  return addOptions(
    new Command("adopt").argument("[processors...]", "processors to adopt rows of; without one, all nine"),
    names,
  )
    .description("Take rows of our tables that no run recorded as they are, instead of building them anew.")
    .addHelpText(
      "after",
      `
Rows are taken where their keys are those expected and no blocking check fails, with what is read now for their inputs:
what changes later makes them stale like any other. The rest is named and left as it is, and the exit code is 1.

Examples:
  nba-backfill adopt --dry-run
  nba-backfill adopt player_game_summary team_offense_game_summary --season 2022-23`,
    )
    .action(async (processors: string[], _: AdoptOptions, command: Command) => {
      applyConfigFile(command);
      exit(await run(processors, command.opts<AdoptOptions>()));
    });
}

async function run(processors: readonly string[], options: AdoptOptions): Promise<number> {
  const selection = selectionWith(processors, options);
  const now = clock(options.now);
  const effects = { now, elapsedMs: () => performance.now() };
  const dates = { today: today(options.now), historyStart: options.historyStart };
  const judged = async (warehouse: Warehouse, found: World) => {
    selectedDates(found, selection);
    const coverage = coverageOf(found);
    const world = await withEdits(warehouse, found);
    const adoption = await judgeAdoption(warehouse, world, coverage, isSelected(selection), effects);
    return { world, adoption };
  };
  const { runId, adoption } = await withWarehouse(
    options,
    options.dryRun ? "read" : "write",
    async (warehouse) => {
      if (options.dryRun) {
        const world = await readWorld(warehouse, PROCESSORS, { ...dates, deep: true });
        return { runId: null, adoption: (await judged(warehouse, world)).adoption };
      }
      const claim = { runId: newRunId(now()), host: hostname(), pid: process.pid };
      warehouse.announce(claim.runId, "adopt");
      // It is what the rows are recorded to stand on.
      const found = await lookIntoTables(warehouse, dates, now().toISOString());
      if (found.derived.length > 0) terminal.note(derivedLine(found.derived));
      const { world, adoption } = await judged(warehouse, found.world);
      if (adoption.adopted.length === 0) return { runId: null, adoption };
      const request = { claim, command: "adopt", selection: JSON.stringify(selection) };
      const adopted = await adopt(warehouse, world, adoption, request, effects);
      return { runId: claim.runId, adoption: { ...adoption, adopted } };
    },
  );
  terminal.print(
    options.json
      ? JSON.stringify(adoptJson(runId, adoption))
      : renderAdoption(runId, adoption, options.dryRun === true),
  );
  return adoption.refused.length > 0 ? EXIT.notAllDone : EXIT.complete;
}
