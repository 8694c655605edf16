import { DocumentError } from "./documents.ts";

/** Seconds of a duration like PT11M45.20S. */
export function secondsOf(duration: string): number {
  const match = /^PT(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration);
  if (!match || (match[1] === undefined && match[2] === undefined)) {
    throw new DocumentError(`${duration} is no duration like PT11M45.20S`);
  }
  return Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0);
}
