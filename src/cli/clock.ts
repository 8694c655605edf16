import { easternDate, type GameDate } from "../dates.ts";

/** The command's time: --now where given, else the machine's. The only clock. */
export function clock(now: Date | undefined): () => Date {
  return now ? () => now : () => new Date();
}

/** The US-Eastern date of the command's time. */
export function today(now: Date | undefined): GameDate {
  return easternDate(clock(now)());
}
