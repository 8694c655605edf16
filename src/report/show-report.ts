import { counted } from "../counted.ts";
import { BackfillError } from "../errors.ts";
import type { Processor, ProcessorName } from "../processors/processor.ts";
import type { ShownPartition } from "../run/show.ts";
import { type Column, tableOf } from "../tables.ts";
import type { Value } from "../warehouse/warehouse.ts";
import { reasonSentence } from "./reason-sentence.ts";
import { renderTable } from "./table.ts";

/** What a table of many rows shows beside whose rows they are. */
export const COLUMNS_SHOWN: Readonly<Record<ProcessorName, readonly string[]>> = {
  player_game_summary: [
    "status",
    "minutes",
    "pts",
    "reb",
    "ast",
    "fga",
    "ts_pct",
    "usage_rate",
    "points_line",
  ],
  team_offense_game_summary: ["win", "pts", "possessions", "pace", "offensive_rating", "efg_pct", "tov_rate"],
  team_defense_game_summary: ["points_allowed", "pace", "defensive_rating", "opponent_efg_pct", "dreb_rate"],
  upcoming_team_game_context: [
    "days_rest",
    "wins",
    "losses",
    "net_rating_last_10",
    "spread",
    "total",
    "players_out",
  ],
  upcoming_player_game_context: [
    "days_rest",
    "games_in_sample",
    "points_mean_last_10",
    "minutes_mean_last_10",
    "points_line",
    "injury_status",
  ],
  team_defense_zone_analysis: [
    "paint_vs_league",
    "mid_range_vs_league",
    "three_vs_league",
    "weakest_zone",
    "games_in_sample",
  ],
  player_shot_zone_analysis: [
    "paint_share_last_10",
    "mid_range_share_last_10",
    "three_share_last_10",
    "primary_scoring_zone",
    "games_in_sample_last_10",
  ],
  player_composite_factors: [
    "fatigue_score",
    "shot_zone_mismatch_score",
    "pace_score",
    "usage_spike_score",
    "total_composite_adjustment",
  ],
  ml_feature_store: [
    "points_mean_last_10",
    "points_estimate",
    "points_line",
    "fatigue_score",
    "feature_quality_score",
    "is_training_ready",
  ],
};

/** Rows that still stand side by side on a screen, a column each. */
const sideBySide = 4;

/** The columns asked for, in that order; all where none are. */
export function columnsOf(processor: Processor, asked: readonly string[] | undefined): readonly Column[] {
  const { columns } = tableOf(processor.table);
  return (
    asked?.map((name) => {
      const column = columns.find((known) => known.name === name);
      if (column) return column;
      throw new BackfillError(
        "usage",
        `${processor.name} has no column ${name}; it has ${columns.map((known) => known.name).join(", ")}`,
      );
    }) ?? columns
  );
}

/** The shape of `show --json`. */
export function showJson(shown: ShownPartition, columns: readonly Column[]): object {
  const { processor, game_date, state, reason, reason_detail, expected_rows, exceptions } = shown.coverage;
  return {
    processor,
    game_date,
    state,
    idle: shown.idle,
    reason,
    reason_detail: reason_detail === null ? null : (JSON.parse(reason_detail) as unknown),
    expected_rows,
    exceptions,
    run: shown.run,
    rows: shown.rows.map((row) => Object.fromEntries(columns.map(({ name }) => [name, row[name]]))),
  };
}

/** A header line and the rows, NULL as an empty field. */
export function showCsv(shown: ShownPartition, columns: readonly Column[]): string {
  const lines = shown.rows.map((row) => columns.map(({ name }) => csvField(row[name] ?? null)).join(","));
  return [columns.map(({ name }) => name).join(","), ...lines].join("\n");
}

function csvField(value: Value): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The state of the partition in one or two lines: what it is, why, and which run wrote it. */
export function renderState({ coverage, run, rows, stored }: ShownPartition): string {
  const { processor, game_date, state, reason } = coverage;
  const count = `${rows.length < stored ? `${rows.length} of ` : ""}${counted(stored, "row")}`;
  const written = run ? `; run ${run.run_id}, committed ${run.committed_at}` : "";
  const lines = [`${processor} ${game_date}: ${count}; ${state.replaceAll("_", " ")}${written}`];
  if (run?.error) lines.push(`  ${run.error}`);
  else if (reason) lines.push(`  ${reasonSentence(coverage)}`);
  return lines.join("\n");
}

/** A listing with a line a column where rows are few, else a table of the chosen columns. */
export function renderPartition(
  processor: Processor,
  shown: ShownPartition,
  columns: readonly Column[] | undefined,
): string {
  const lines = [renderState(shown)];
  if (shown.rows.length === 0) lines.push("", noRows(processor, shown));
  else if (shown.rows.length <= sideBySide && !columns) lines.push("", listing(processor, shown));
  else lines.push("", tableOfRows(processor, shown, columns));
  return lines.join("\n");
}

function noRows(processor: Processor, { player, team, coverage, idle, stored }: ShownPartition): string {
  const of = player ? `${player.player_name} (${player.player_id})` : team;
  if (of && stored > 0) {
    return `The partition holds ${counted(stored, "row")}, none of ${of}${player && team ? ` with ${team}` : ""}.`;
  }
  if (coverage.state === "missing" && idle) {
    return `Needs nothing: ${coverage.game_date} is ${idle === "future" ? "still to come" : "warm-up before history"}.`;
  }
  if (coverage.state === "missing") {
    return `Not built yet: nba-backfill run --processor ${processor.name} --dates ${coverage.game_date}`;
  }
  return "The partition holds no rows.";
}

function listing(processor: Processor, shown: ShownPartition): string {
  const { columns } = tableOf(processor.table);
  const nameless = !columns.some(({ name }) => name === "player_name") && shown.people.size > 0;
  const names = ["player_name", ...shown.rows.map((row) => nameOf(shown, row.player_id))];
  return renderTable(
    ["column", ...shown.rows.map((_, index) => (shown.rows.length === 1 ? "value" : `row ${index + 1}`))],
    [
      ...(nameless ? [names] : []),
      ...columns.map(({ name }) => [name, ...shown.rows.map((row) => valueText(row[name] ?? null))]),
    ],
  );
}

function tableOfRows(
  processor: Processor,
  shown: ShownPartition,
  asked: readonly Column[] | undefined,
): string {
  const who = shown.people.size > 0 ? ["team", "player_id", "player_name"] : ["team"];
  const chosen = asked ?? columnsOf(processor, COLUMNS_SHOWN[processor.name]);
  const columns = chosen.filter(({ name }) => !who.includes(name));
  return renderTable(
    [...who, ...columns.map(({ name }) => name)],
    shown.rows.map((row) => [
      ...who.map((name) => (name === "player_name" ? nameOf(shown, row.player_id) : String(row[name]))),
      ...columns.map(({ name, type }) => valueText(row[name] ?? null, type === "FLOAT64" ? 4 : undefined)),
    ]),
    [...who.map(() => false), ...columns.map(({ type }) => type === "INT64" || type === "FLOAT64")],
  );
}

function nameOf(shown: ShownPartition, id: Value | undefined): string {
  return shown.people.get(id as string)?.player_name ?? "-";
}

function valueText(value: Value, decimals?: number): string {
  if (value === null) return "-";
  if (typeof value === "number" && decimals !== undefined) return String(Number(value.toFixed(decimals)));
  return String(value);
}
