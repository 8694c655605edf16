import { createHash } from "node:crypto";
import type { World } from "../coverage/coverage.ts";

/** What a plan is made from but the clock, part by part, each short enough to be kept beside the plan. */
export interface WorldHashes {
  readonly engine: string;
  readonly history_start: string;
  readonly schedule: string;
  /** By processor. */
  readonly versions: Readonly<Record<string, string>>;
  /** By as-of view. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Recorded partitions, by processor. */
  readonly states: Readonly<Record<string, string>>;
  /** Rows in the tables, by processor; null where nobody looked. */
  readonly tables: Readonly<Record<string, string>> | null;
}

export function hashWorld(world: World): WorldHashes {
  const { engine, historyStart, calendar, versions, sourceDates, partitions, actual } = world;
  const states = [...partitions.values()].map(
    ({ processor, game_date, status, engine, processor_version, input_hash, content_fingerprint }) =>
      [processor, game_date, status, engine, processor_version, input_hash, content_fingerprint] as const,
  );
  const tables = actual && [...actual].map(([key, { fingerprint }]) => [...key.split(" "), fingerprint]);
  return {
    engine,
    history_start: historyStart,
    schedule: hash(calendar.dates),
    versions: Object.fromEntries(versions),
    inputs: hashesByFirst(sourceDates.entries()),
    states: hashesByFirst(states),
    tables: tables ? hashesByFirst(tables) : null,
  };
}

/** What differs, in words; nothing where the plan made from `then` fits `now`. */
export function changesBetween(then: WorldHashes, now: WorldHashes): string[] {
  return [
    ...(then.engine === now.engine ? [] : [`the engine (${then.engine}, now ${now.engine})`]),
    ...(then.history_start === now.history_start
      ? []
      : [`the start of history (${then.history_start}, now ${now.history_start})`]),
    ...(then.schedule === now.schedule ? [] : ["the schedule"]),
    ...named("the version of", then.versions, now.versions),
    ...named("what the views show of", then.inputs, now.inputs),
    ...named("the recorded state of", then.states, now.states),
    ...(then.tables && now.tables ? named("the rows of", then.tables, now.tables) : []),
  ];
}

const shown = 3;

function named(
  what: string,
  then: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): string[] {
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])];
  const changed = names.filter((name) => then[name] !== now[name]);
  if (changed.length === 0) return [];
  const more = changed.length > shown ? ` and ${changed.length - shown} more` : "";
  return [`${what} ${changed.slice(0, shown).join(", ")}${more}`];
}

/** One hash over all rows that share their first value, whatever the order of the rows. */
function hashesByFirst(rows: readonly (readonly unknown[])[]): Record<string, string> {
  const groups = Map.groupBy(rows, ([first]) => first as string);
  return Object.fromEntries(
    [...groups].map(([first, of]) => [first, hash(of.map((row) => row.slice(1).join(" ")).sort())]),
  );
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
}
