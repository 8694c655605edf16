import { counted } from "../counted.ts";
import type { Recorded, Story, StoryInput } from "../coverage/story.ts";
import { DONE } from "../progress/partition.ts";
import type { Day, Explanation } from "../run/explain.ts";
import type { Gap } from "./gap-report.ts";
import { reasonSentence, someOf } from "./reason-sentence.ts";
import { renderTable } from "./table.ts";

/** The shape of `explain --json`. */
export function explainJson(
  processor: string,
  { day, story, recording, runs }: Explanation,
  gap?: Gap,
): object {
  const { coverage, ...rest } = story ?? {};
  return {
    processor,
    ...day,
    partition: coverage
      ? { ...coverage, reason_detail: coverage.reason_detail && JSON.parse(coverage.reason_detail) }
      : null,
    sentence: story ? reasonSentence(story.coverage) : daySentence(day),
    command: gap?.command ?? null,
    ...(gap?.adopt && { adopt: gap.adopt }),
    recording,
    runs: runs.map(({ run_id, command, status, started_at }) => ({ run_id, command, status, started_at })),
    ...rest,
  };
}

/** The story of a partition, or why a date has none. */
export function renderExplanation(processor: string, explanation: Explanation, gap?: Gap): string {
  const { day, story } = explanation;
  if (!story) return `${processor} ${day.game_date}: ${daySentence(day)}`;
  const { coverage } = story;
  return [
    `${processor} ${day.game_date}: ${coverage.state.replaceAll("_", " ")}`,
    `  ${reasonSentence(coverage)}`,
    ...(day.kind === "warm_up" ? [`  ${daySentence(day)}`] : []),
    ...(gap ? [`  ${gap.command}`] : []),
    ...(gap?.adopt ? [`  or, to take the rows as they are: ${gap.adopt}`] : []),
    "",
    ...written(explanation),
    "",
    "It reads",
    renderTable(
      ["view", "made by", "window", "first", "last", "dates", "since it was read"],
      story.inputs.map(inputRow),
      [false, false, false, false, false, true, false],
    ),
    `input hash ${comparison(story.input_hash)}`,
    `processor version ${comparison(story.processor_version)}`,
    `engine ${comparison(story.engine)}`,
    "",
    ...rebuilds(story),
    "",
    ...readers(story),
  ].join("\n");
}

/** Why a date has no partition to speak of. */
function daySentence({ kind, games, before, after, raw_games, history_start, today }: Day): string {
  const around = aroundText(before, after);
  switch (kind) {
    case "off_day":
      return `an off day: the schedule has no game; ${around}`;
    case "exhibition":
      return `exhibition games alone, which count nowhere; ${around}`;
    case "before_history":
      return `before history, which starts on ${history_start}; ${around}`;
    case "warm_up":
      return `warm-up before ${history_start}: in no count, and built where a window of history reaches it`;
    case "future":
      return games > 0
        ? `in the future (${today} is the last date that counts): ${counted(games, "game")} scheduled`
        : `in the future (${today} is the last date that counts), and the schedule has no game; ${around}`;
    case "unscheduled":
      return `unscheduled: ${rawText(raw_games)}; 'nba-backfill ingest PATH' with the whole schedule`;
    case "no_schedule":
      return "the schedule has no official game, so nothing is expected; 'nba-backfill ingest PATH' with a schedule";
    case "game_date":
      return counted(games, "game");
  }
}

/** The games of a date that the schedule lacks, and the tables that have them. */
function rawText(held: Day["raw_games"]): string {
  const games = [...new Set(held.map(({ game_id }) => game_id))];
  const tables = [...new Set(held.map(({ raw_table }) => raw_table))].sort();
  return `the schedule lacks ${someOf(games, "game")} of ${tables.join(", ")}`;
}

function aroundText(before: string | null, after: string | null): string {
  if (before === null) return `the first game date is ${after}`;
  if (after === null) return `the last game date is ${before}`;
  return `${before} is the game date before, ${after} the one after`;
}

const shownRuns = 5;

function written({ story, recording, runs, day }: Explanation): string[] {
  const { expected_rows, rows } = story!.coverage;
  const counts = `${counted(day.games, "game")}; ${counted(rows, "row")}, ${expected_rows ?? "an unknown number"} expected`;
  if (!recording) return [`${counts}; no run has recorded it`, ...others(runs, "selected by")];
  const run = runs.find(({ run_id }) => run_id === recording.run_id);
  const by = run && run.command !== "run" ? `run ${run.run_id} (${run.command})` : `run ${recording.run_id}`;
  return [
    counts,
    `recorded by ${by}, attempt ${recording.attempt}, committed ${recording.committed_at}`,
    ...others(
      runs.filter((of) => of.run_id !== recording.run_id && of.started_at > (run?.started_at ?? "")),
      "selected since, and not written, by",
    ),
    ...others(
      runs.filter((of) => of.run_id !== recording.run_id && of.started_at <= (run?.started_at ?? "")),
      "selected before by",
    ),
  ];
}

function others(runs: Explanation["runs"], what: string): string[] {
  if (runs.length === 0) return [];
  const names = runs
    .slice(0, shownRuns)
    .map(({ run_id, status }) => (status === "complete" ? run_id : `${run_id} (${status})`));
  const more = runs.length > shownRuns ? ` and ${runs.length - shownRuns} more` : "";
  return [`${what} ${names.join(", ")}${more}`];
}

function inputRow(input: StoryInput): (string | number)[] {
  const { view, producer, tables, window, first, last, source_dates } = input;
  return [
    view,
    producer ?? tables.join(", "),
    window,
    first ?? "-",
    last ?? "-",
    source_dates,
    sinceRead(input),
  ];
}

function sinceRead({ changed, changed_dates: dates, changed_at }: StoryInput): string {
  if (changed === null) return "never read";
  if (!changed) return "the same";
  if (dates.length === 0) return "changed: its window has other dates now";
  const more = dates.length > 3 ? ` and ${dates.length - 3} more` : "";
  return `changed: ${dates.slice(0, 3).join(", ")}${more}, ${changed_at === null ? "behind our back" : `at ${changed_at}`}`;
}

function comparison({ recorded, now }: Recorded): string {
  if (recorded === null) return `${now}, none recorded`;
  return recorded === now ? `${now}, as recorded` : `${recorded} recorded, ${now} now`;
}

function rebuilds({ coverage }: Story): string[] {
  const when = DONE.includes(coverage.state) ? "It is built again" : "Once built, it is built again";
  return [
    `${when} when a row of these views changes, comes or goes within the dates above, with another processor`,
    "or engine version, when its own rows are deleted or edited (run --deep), or with run --force.",
  ];
}

function readers({ dependants, dependants_in_all: all }: Story): string[] {
  if (dependants.length === 0) return ["No partition reads it."];
  return [
    `Read by, ${counted(all, "partition")} with those that read them in turn:`,
    renderTable(
      ["processor", "window", "first", "last", "partitions"],
      dependants.map((of) => [of.processor, of.window, of.first, of.last, of.partitions]),
    ),
  ];
}
