import { createHash } from "node:crypto";
import type { World } from "../coverage/coverage.ts";

/** One hash over all that a plan is made from but the clock: versions, schedule, inputs and recorded state. */
export function worldHash(world: World): string {
  const partitions = [...world.partitions.values()].map((state) =>
    [
      state.processor,
      state.game_date,
      state.status,
      state.engine,
      state.processor_version,
      state.input_hash,
    ].join(" "),
  );
  const hash = createHash("sha256");
  hash.update(JSON.stringify([world.engine, world.historyStart, [...world.versions], world.calendar.dates]));
  hash.update(JSON.stringify([partitions.sort(), world.sourceDates.entries()]));
  return hash.digest("hex").slice(0, 16);
}
