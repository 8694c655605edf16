import type { PartitionCoverage } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { DONE, partitionKey } from "../progress/partition.ts";
import { isOutOfMemory } from "../run/faults.ts";
import { detailOf, reasonSentence } from "./reason-sentence.ts";

/** Neighbouring game dates of one processor that are not done for one reason, and the command that closes the gap. */
export interface Gap {
  readonly processor: string;
  readonly state: string;
  readonly reason: string | null;
  readonly first: GameDate;
  readonly last: GameDate;
  readonly partitions: number;
  readonly why: string;
  readonly command: string;
  /** For rows that no run recorded: the command that takes them as they are. */
  readonly adopt?: string;
}

/**
 * @param all the partitions that are not selected too: a gap may begin with one of them
 * @param calendar every official game date, ascending: what makes two dates neighbours
 */
export function gapsOf(
  coverage: readonly PartitionCoverage[],
  all: readonly PartitionCoverage[],
  calendar: readonly GameDate[],
  sameDateInputs: (processor: string) => readonly string[],
): Gap[] {
  const position = new Map(calendar.map((date, index) => [date, index]));
  const byKey = new Map(all.map((entry) => [partitionKey(entry.processor, entry.game_date), entry]));
  const groups: PartitionCoverage[][] = [];
  for (const entry of coverage) {
    if (DONE.includes(entry.state)) continue;
    const before = groups.at(-1)?.at(-1);
    const continues =
      before &&
      before.processor === entry.processor &&
      before.state === entry.state &&
      before.reason === entry.reason &&
      position.get(entry.game_date) === position.get(before.game_date)! + 1;
    if (continues) groups.at(-1)!.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => {
    const [first, last] = [group[0]!, group.at(-1)!];
    return {
      processor: first.processor,
      state: first.state,
      reason: first.reason,
      first: first.game_date,
      last: last.game_date,
      partitions: group.length,
      why: whyOf(group),
      command: commandFor(group, byKey, sameDateInputs),
      ...(first.state === "unrecorded" && { adopt: adoptCommand(group, byKey, sameDateInputs) }),
    };
  });
}

/** The reason of the first date, and whether the others have another of the kind. */
function whyOf(group: readonly PartitionCoverage[]): string {
  const why = reasonSentence(group[0]!);
  if (group.every((entry) => reasonSentence(entry) === why)) return why;
  const [{ game_date: first }] = group as [PartitionCoverage];
  const others = group.length - 1;
  const when = why.includes(first) ? "" : `, on ${first}`;
  return `${why}${when}; the like on the ${others === 1 ? "other date" : `${others} others`}`;
}

type Partitions = ReadonlyMap<string, PartitionCoverage>;
export type SameDateInputs = (processor: string) => readonly string[];

/** Reasons that no run takes away as long as the raw data are what they are. */
const OF_RAW_DATA: readonly string[] = [
  "raw_missing",
  "games_set_aside",
  "games_not_over",
  "check_failed",
  "statement_failed",
];

/** Everything of the dates where the processor alone would not do, from the date where a stale chain begins. */
function commandFor(
  group: readonly PartitionCoverage[],
  byKey: Partitions,
  sameDateInputs: SameDateInputs,
): string {
  const [entry] = group;
  if (entry!.state === "running") return `nba-backfill runs show ${detailOf(entry!).run_id}`;
  const { roots, alone, ...needs } = needsOf(group, byKey, sameDateInputs);
  const first = roots.map((root) => root.game_date).sort()[0]!;
  const selection = datesOption(first, group.at(-1)!.game_date);
  return runCommand(alone ? `--processor ${entry!.processor} ${selection}` : selection, needs);
}

/** All of the dates where it waits for others of them. */
function adoptCommand(
  group: readonly PartitionCoverage[],
  byKey: Partitions,
  sameDateInputs: SameDateInputs,
): string {
  const { alone } = needsOf(group, byKey, sameDateInputs);
  const dates = datesOption(group[0]!.game_date, group.at(-1)!.game_date);
  return `nba-backfill adopt ${alone ? `${group[0]!.processor} ` : ""}${dates}`;
}

/** What a run needs that builds these, and where the chains of what they wait for begin: `alone`, within them. */
export function needsOf(
  group: readonly PartitionCoverage[],
  byKey: Partitions,
  sameDateInputs: SameDateInputs,
): Needs & { readonly roots: readonly PartitionCoverage[]; readonly alone: boolean } {
  const roots = [...new Set(group.flatMap((of) => rootsOf(of, byKey, sameDateInputs)))];
  const involved = [...group, ...roots];
  return {
    roots,
    alone: roots.every((root) => group.includes(root)),
    raw: involved.some(needsRawData),
    deep: involved.some(needsDeepRun),
  };
}

interface Needs {
  /** Raw data that are not there yet. */
  readonly raw: boolean;
  /** A look into the tables. */
  readonly deep: boolean;
}

export function runCommand(selection: string, { raw, deep }: Needs): string {
  return `${raw ? "nba-backfill ingest PATH && " : ""}nba-backfill run ${selection}${deep ? " --deep" : ""}`;
}

export function datesOption(first: GameDate, last: GameDate): string {
  return first === last ? `--dates ${first}` : `--start-date ${first} --end-date ${last}`;
}

/** Whether a run would find what it found before, or not enough. */
function needsRawData(entry: PartitionCoverage): boolean {
  const { inputs = [], games, games_not_over } = detailOf(entry);
  if (entry.reason === "input_changed") return games !== undefined || games_not_over !== undefined;
  // What was too large for the memory is tried again, with more of it.
  if (entry.error !== null && isOutOfMemory(entry.error)) return false;
  return OF_RAW_DATA.includes(entry.reason ?? "") && !(entry.state === "failed" && inputs.length > 0);
}

/** Only a look into the tables shows what was changed behind our back. */
function needsDeepRun(entry: PartitionCoverage): boolean {
  return (
    entry.state === "lost" ||
    (entry.reason === "input_changed" &&
      (detailOf(entry).inputs ?? []).some(({ dates, changed_at }) => dates.length > 0 && changed_at === null))
  );
}

/**
 * Where the chains of partitions begin that each wait for another, or are stale because of it. Only summaries are read
 * across dates, and the one that is named is the first in the windows; the rest of a chain is of the same date.
 */
function rootsOf(
  entry: PartitionCoverage,
  byKey: Partitions,
  sameDateInputs: SameDateInputs,
): readonly PartitionCoverage[] {
  const named = detailOf(entry).partitions ?? [];
  const keys = [
    ...named.map((of) => partitionKey(of.processor, of.game_date)),
    ...sameDateInputs(entry.processor).map((name) => partitionKey(name, entry.game_date)),
  ];
  const upstream = [...new Set(keys)]
    .map((key) => byKey.get(key))
    .filter((of) => of !== undefined)
    .filter((of) => !DONE.includes(of.state));
  return upstream.length === 0 ? [entry] : upstream.flatMap((of) => rootsOf(of, byKey, sameDateInputs));
}
