import type { PartitionCoverage } from "../coverage/coverage.ts";
import type { GameDate } from "../dates.ts";
import { DONE } from "../progress/partition.ts";

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
  const byKey = new Map(all.map((entry) => [keyOf(entry.processor, entry.game_date), entry]));
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
      why: sentenceOf(first),
      command: commandFor(group, byKey, sameDateInputs(first.processor)),
    };
  });
}

interface Detail {
  readonly games?: readonly (
    | string
    | { readonly game_id: string; readonly problem?: string; readonly raw_table?: string }
  )[];
  readonly processors?: readonly string[];
  readonly partitions?: readonly { readonly processor: string; readonly game_date: GameDate }[];
  readonly inputs?: readonly {
    readonly view: string;
    readonly dates: readonly string[];
    readonly changed_at: string | null;
  }[];
  readonly rows_recorded?: number;
  readonly rows_found?: number;
}

function detailOf(entry: PartitionCoverage): Detail {
  return entry.reason_detail === null ? {} : (JSON.parse(entry.reason_detail) as Detail);
}

/** Why one partition is not done. */
function sentenceOf(entry: PartitionCoverage): string {
  const detail = detailOf(entry);
  if (entry.error !== null && entry.state === "failed") return entry.error;
  switch (entry.reason) {
    case "never_run":
      return "never run";
    case "raw_missing":
      return `raw data missing: ${gamesText(detail)}`;
    case "games_set_aside":
      return `games set aside: ${gamesText(detail)}`;
    case "games_not_over":
      return `games not over: ${gamesText(detail)}`;
    case "upstream_missing":
      return `waits for ${(detail.processors ?? []).join(", ")} of the same date`;
    case "upstream_stale":
      return `reads ${(detail.partitions ?? []).map((of) => `${of.processor} of ${of.game_date}`).join(", ")}, which is to be built again`;
    case "rows_deleted":
    case "rows_edited":
      return `${entry.reason === "rows_deleted" ? "rows were deleted" : "rows were edited"} behind our back: ${detail.rows_recorded} committed, ${detail.rows_found} found`;
    case "unrecorded":
      return `${entry.rows} rows that no run recorded`;
    case "version_changed":
      return "the processor has another version now";
    case "engine_changed":
      return "fingerprints were made by another engine version";
    case "input_changed":
      return `changed since it was read: ${(detail.inputs ?? []).map(inputText).join("; ")}`;
    default:
      return [entry.state, entry.reason].join(", ").replaceAll("_", " ");
  }
}

function gamesText({ games = [] }: Detail): string {
  return games
    .map((game) =>
      typeof game === "string" ? game : [game.raw_table ?? game.problem, game.game_id].join(" "),
    )
    .join(", ");
}

function inputText({ view, dates, changed_at }: NonNullable<Detail["inputs"]>[number]): string {
  const when = changed_at === null ? "behind our back" : `at ${changed_at}`;
  if (dates.length === 0) return `${view}, whose window has other dates now`;
  const more = dates.length > 3 ? ` and ${dates.length - 3} more dates` : "";
  return `${view} of ${dates.slice(0, 3).join(", ")}${more}, ${when}`;
}

/** Everything of the dates where the processor alone would not do, from the date where a stale chain begins. */
function commandFor(
  group: readonly PartitionCoverage[],
  byKey: ReadonlyMap<string, PartitionCoverage>,
  needs: readonly string[],
): string {
  const roots = group.map((entry) => rootOf(entry, byKey));
  const first = roots.map((root) => root.game_date).sort()[0]!;
  const last = group.at(-1)!.game_date;
  const alone =
    group.every((entry, index) => roots[index] === entry) &&
    group.every((entry) =>
      needs.every((name) => {
        const need = byKey.get(keyOf(name, entry.game_date));
        return need === undefined || DONE.includes(need.state);
      }),
    );
  const run = [
    "nba-backfill run",
    ...(alone ? [`--processor ${group[0]!.processor}`] : []),
    first === last ? `--dates ${first}` : `--start-date ${first} --end-date ${last}`,
    ...(roots.some(needsDeepRun) ? ["--deep"] : []),
  ].join(" ");
  const needsRaw = ["raw_missing", "games_set_aside", "games_not_over"].includes(group[0]!.reason ?? "");
  return needsRaw ? `nba-backfill ingest PATH && ${run}` : run;
}

/** Only a look into the tables shows what was changed behind our back. */
function needsDeepRun(entry: PartitionCoverage): boolean {
  return (
    entry.state === "lost" ||
    (entry.reason === "input_changed" &&
      (detailOf(entry).inputs ?? []).some(({ dates, changed_at }) => dates.length > 0 && changed_at === null))
  );
}

/** Where a chain of upstream staleness begins. */
function rootOf(entry: PartitionCoverage, byKey: ReadonlyMap<string, PartitionCoverage>): PartitionCoverage {
  if (entry.reason !== "upstream_stale") return entry;
  const [upstream] = detailOf(entry).partitions ?? [];
  const found = upstream && byKey.get(keyOf(upstream.processor, upstream.game_date));
  return found ? rootOf(found, byKey) : entry;
}

function keyOf(processor: string, date: string): string {
  return `${processor} ${date}`;
}
