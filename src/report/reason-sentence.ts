import { counted } from "../counted.ts";
import type { PartitionCoverage } from "../coverage/coverage.ts";
import type { Hole } from "../coverage/holes.ts";
import type { GameDate } from "../dates.ts";

/** What reason_detail may hold; which parts are there depends on the reason. */
export interface ReasonDetail {
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
  /** Of a stale summary: without them a run leaves it not final. */
  readonly games_not_over?: readonly string[];
  readonly rows_recorded?: number;
  readonly rows_found?: number;
  readonly keys?: readonly (Readonly<Record<string, string>> & { readonly fault: string })[];
  readonly keys_total?: number;
  /** Rows that lack games in their windows. */
  readonly rows?: number;
  readonly rows_set_aside?: readonly { readonly key: string; readonly checks: readonly string[] }[];
  readonly rows_set_aside_total?: number;
  readonly teams_without_listing?: readonly string[];
  readonly holes?: readonly Hole[];
  readonly holes_total?: number;
  readonly run_id?: string;
}

export function detailOf(entry: Pick<PartitionCoverage, "reason_detail">): ReasonDetail {
  return entry.reason_detail === null ? {} : (JSON.parse(entry.reason_detail) as ReasonDetail);
}

/** Why one partition is in its state, as a sentence without a stop. */
export function reasonSentence(
  entry: Pick<PartitionCoverage, "state" | "reason" | "reason_detail" | "error" | "rows">,
): string {
  const detail = detailOf(entry);
  if (entry.error !== null && entry.state === "failed") {
    const { inputs = [] } = detail;
    return inputs.length === 0
      ? entry.error
      : `${entry.error}; changed since: ${inputs.map(inputText).join("; ")}: a run tries again`;
  }
  return [ownSentence(entry, detail), holesText(detail)].filter((part) => part !== "").join("; ");
}

function ownSentence(
  entry: Pick<PartitionCoverage, "state" | "reason" | "rows">,
  detail: ReasonDetail,
): string {
  switch (entry.reason) {
    case "never_run":
      return "never run";
    case "raw_missing":
      return `raw data missing: ${gamesText(detail)}`;
    case "games_set_aside":
      return `games set aside: ${gamesText(detail)}`;
    case "games_not_over":
      return `games not over: ${gamesText(detail)}${entry.state === "missing" ? `; ${UNTIL_OVER}` : ""}`;
    case "upstream_missing":
      return `waits for ${(detail.processors ?? []).join(", ")} of the same date`;
    case "upstream_stale":
      return `reads ${(detail.partitions ?? []).map((of) => `${of.processor} of ${of.game_date}`).join(", ")}, which is to be built again`;
    case "window_hole":
      return detail.rows === undefined
        ? ""
        : `${lacking(detail.rows)} games in ${detail.rows === 1 ? "its window" : "their windows"}${missingGames(detail)}`;
    case "no_listing":
      return `nobody is listed for ${(detail.teams_without_listing ?? []).join(", ")}`;
    case "rows_set_aside":
      return `rows set aside: ${someOf(
        (detail.rows_set_aside ?? []).map(({ key, checks }) => `${key} (${checks.join(", ")})`),
        "row",
        detail.rows_set_aside_total,
      )}`;
    case "rows_deleted":
    case "rows_edited":
      return `${entry.reason === "rows_deleted" ? "rows were deleted" : "rows were edited"} behind our back: ${detail.rows_recorded} committed, ${detail.rows_found} found${keysText(detail)}`;
    case "unrecorded":
      return `${counted(entry.rows, "row")} that no run recorded`;
    case "adopted":
      return "taken as it was found: no run of ours wrote its rows";
    case "version_changed":
      return "the processor has another version now";
    case "engine_changed":
      return "fingerprints were made by another engine version";
    case "input_changed":
      return [
        // Only those who compare the evidence know which.
        detail.inputs
          ? `changed since it was read: ${detail.inputs.map(inputText).join("; ")}`
          : "an input has changed since it was read; nba-backfill explain names it",
        ...(detail.games ? [`raw data missing: ${gamesText(detail)}`] : []),
        ...(detail.games_not_over
          ? [`games not over: ${someOf(detail.games_not_over, "game")}; ${UNTIL_OVER}`]
          : []),
      ].join("; ");
    case null:
      return entry.state === "running"
        ? `run ${detail.run_id} is at work on it`
        : "all expected rows are there";
    default:
      return [entry.state, entry.reason].join(", ").replaceAll("_", " ");
  }
}

/** What a run would do about a summary whose games are not over. */
const UNTIL_OVER = "until they are, a run leaves it not final";

/** `not whole in its windows: player_game_summary of 2023-01-05, 2023-01-07 (rows set aside)`, or nothing. */
function holesText({ holes = [], holes_total = holes.length }: ReasonDetail): string {
  if (holes.length === 0) return "";
  const kinds = Map.groupBy(holes, ({ processor, what }) => `${processor} ${what}`);
  const names = [...kinds.values()].map((of) => {
    const dates = someOf(
      of.map(({ game_date }) => game_date),
      "date",
    );
    return `${of[0]!.processor} of ${dates} (${of[0]!.what.replaceAll("_", " ")})`;
  });
  return `not whole in its windows: ${someOf(names, "partition", names.length + holes_total - holes.length)}`;
}

function lacking(rows: number): string {
  return `${counted(rows, "row")} ${rows === 1 ? "lacks" : "lack"}`;
}

/** `: no summary of 0022200001`, or nothing where the windows are those of a table that is read. */
function missingGames({ games = [] }: ReasonDetail): string {
  return games.length === 0 ? "" : `: no summary of ${someOf(games.map(String), "game")}`;
}

/** `nba_raw.team_boxscores 0022200001, 0022200002; points differ 0022200003` */
function gamesText({ games = [] }: ReasonDetail): string {
  const named = games.map((game) => (typeof game === "string" ? { game_id: game } : game));
  const kinds = Map.groupBy(named, ({ raw_table, problem }) => raw_table ?? problemText(problem));
  return [...kinds]
    .map(([kind, of]) => {
      const ids = of.map(({ game_id }) => game_id);
      return `${kind} ${someOf(ids, "game")}`.trim();
    })
    .join("; ");
}

function problemText(problem = ""): string {
  return problem === "raw_missing" ? "box scores of" : problem.replaceAll("_", " ");
}

/** `: 0022200001 BOS edited, 0022200001 LAL missing`, or nothing where no key is known. */
function keysText({ keys = [], keys_total = 0, rows_found }: ReasonDetail): string {
  if (keys.length === 0 || rows_found === 0) return "";
  const names = keys.map(({ fault, ...key }) => `${Object.values(key).join(" ")} ${fault}`);
  return `: ${someOf(names, "key", keys_total)}`;
}

const NAMED = 5;

/** The first names, and how many more there are of the kind, which is given in the singular. */
export function someOf(names: readonly string[], kind: string, total = names.length): string {
  const more = total - Math.min(names.length, NAMED);
  return `${names.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${counted(more, `more ${kind}`)}` : ""}`;
}

function inputText({ view, dates, changed_at }: NonNullable<ReasonDetail["inputs"]>[number]): string {
  const when = changed_at === null ? "behind our back" : `at ${changed_at}`;
  if (dates.length === 0)
    return `${view}, whose window has other dates now or which was changed behind our back when it was read`;
  const more = dates.length > 3 ? ` and ${counted(dates.length - 3, "more date")}` : "";
  return `${view} of ${dates.slice(0, 3).join(", ")}${more}, ${when}`;
}
