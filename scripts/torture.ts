// Kills runs at random times, far more often than the tests do, with a new seed each time.
//
//   npm run torture -- [--kills 300] [--seed N]
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { killIngests } from "../test/kills/killed-ingests.ts";
import { killRuns, tellKilledRuns } from "../test/kills/killed-runs.ts";
import { makeSmallWorld } from "../test/kills/small-world.ts";

const { values } = parseArgs({
  options: { kills: { type: "string", default: "300" }, seed: { type: "string" } },
});
const kills = Number(values.kills);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) {
  console.error("torture: --kills and --seed take whole numbers");
  process.exit(2);
}

console.log(`${kills} kills, seed ${seed}`);
const folder = mkdtempSync(join(tmpdir(), "nba-backfill-torture-"));
try {
  const world = await makeSmallWorld(folder);
  const runs = await killRuns(folder, world, {
    seed,
    kills,
    onKill: (kill, faults) => {
      if (kill % 10 === 0) console.log(`${kill} kills, ${faults} faults`);
    },
  });
  console.log(tellKilledRuns(runs));
  const ingests = await killIngests(join(folder, "ingests"), world, { seed, kills: Math.ceil(kills / 10) });
  console.log(`kills of ingests: ${ingests.before} left the warehouse as before, ${ingests.after} as after`);
  const faults = [...runs.faults, ...ingests.faults];
  for (const fault of faults) console.log(fault);
  console.log(faults.length === 0 ? "no faults" : `${faults.length} faults; again with --seed ${seed}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
