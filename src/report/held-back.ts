import { counted } from "../counted.ts";
import type { Plan } from "../plan/plan.ts";

/** What is left not done of the selection, for reasons that lie outside of it; each begins with an empty line. */
export function heldBackLines(heldBack: Plan["heldBack"]): string[] {
  const stale = heldBack.filter(({ status }) => status === "stale");
  const held = heldBack.filter(({ status }) => status !== "stale");
  return [
    ...(held.length > 0
      ? [
          "",
          `${counted(held.length, "selected partition")} held back by ${held.length === 1 ? "its" : "their"} inputs as before: ${countText(held)}`,
        ]
      : []),
    ...(stale.length > 0
      ? [
          "",
          `${counted(stale.length, "selected partition")} ${stale.length === 1 ? "stays" : "stay"} stale: what ${stale.length === 1 ? "it reads" : "they read"} is to be built again and not selected; 'nba-backfill run' builds all`,
        ]
      : []),
  ];
}

function countText(held: Plan["heldBack"]): string {
  return [...Map.groupBy(held, ({ status }) => status)]
    .map(([status, of]) => `${of.length} ${status.replaceAll("_", " ")}`)
    .join(", ");
}
