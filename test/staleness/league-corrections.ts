import type { Row } from "../../src/warehouse/warehouse.ts";
import type { Files } from "./league-files.ts";

/** Raw data as the first warehouse got it, and as it should have been. */
export interface Correction {
  readonly before: Files;
  readonly after: Files;
}

/** One row changed, added or deleted, or a game that comes late, around the middle of the league's second season. */
export const CORRECTIONS: Readonly<Record<string, (files: Files) => Correction>> = {
  "a player's box score": (files) =>
    changed(files, "player_boxscores", scored, ({ stl, blk }) => ({
      stl: number(stl) + 1,
      blk: number(blk) + 1,
    })),
  "a box score that now adds up to another score": (files) =>
    changed(files, "player_boxscores", scored, ({ ftm, fta, pts }) => ({
      ftm: number(ftm) + 1,
      fta: number(fta) + 1,
      pts: number(pts) + 1,
    })),
  "a team's box score": (files) =>
    changed(
      files,
      "team_boxscores",
      () => true,
      ({ tov }) => ({ tov: number(tov) + 1 }),
    ),
  "a shot": (files) =>
    changed(
      files,
      "shots",
      ({ zone, zone_method }) => zone === "paint" && zone_method === "official",
      () => ({
        zone: "mid_range",
        loc_y: 180,
        distance_ft: 18,
      }),
    ),
  "a points line before the cut-off": (files) =>
    changed(files, "player_props", early(files), ({ line }) => ({ line: number(line) + 3 })),
  "a game line": (files) =>
    changed(files, "game_lines", early(files), ({ point }) => ({
      point: point === null ? null : number(point) + 3,
    })),
  "an injury report": (files) =>
    changed(
      files,
      "injury_reports",
      (row) =>
        early(files)(row) &&
        String(row.reported_at).includes(":29:59") &&
        row.status === "available" &&
        row.reason_category === "injury",
      () => ({ status: "out" }),
    ),
  "a deleted injury report": (files) => without(files, "injury_reports", early(files)),
  "a deleted box score": (files) =>
    without(files, "player_boxscores", ({ seconds }) => number(seconds) > 600),
  "a deleted shot": (files) => without(files, "shots", () => true),
  "a tip-off": (files) =>
    changed(files, "schedule", final, ({ tipoff_at }) => ({
      tipoff_at: String(tipoff_at).replace(/T\d\d:/, "T17:"),
    })),
  "a site": (files) =>
    changed(files, "schedule", final, ({ neutral_site }) => ({
      neutral_site: !neutral_site,
      arena_id: null,
    })),
  "a final score": (files) =>
    changed(files, "schedule", final, ({ home_score }) => ({ home_score: number(home_score) + 1 })),
  "a roster": (files) =>
    changed(
      files,
      "rosters",
      () => true,
      ({ team }) => ({ team: team === "ATL" ? "BOS" : "ATL" }),
    ),
  "a date of birth": (files) => {
    const player = files.players![3]!;
    const players = files.players!.map((row) =>
      row === player ? { ...row, birth_date: "1980-01-01" } : row,
    );
    return { before: files, after: { ...files, players } };
  },
  "box scores that come after a build without them": (files) => {
    const { game_id } = middle(files, "player_boxscores", scored);
    const before = files.player_boxscores!.filter((row) => row.game_id !== game_id);
    return { before: { ...files, player_boxscores: before }, after: files };
  },
  "a player's box score of the season before": (files) =>
    changed(files, "player_boxscores", scored, ({ fga }) => ({ fga: number(fga) + 1 }), EARLIER),
  "a shot of the season before": (files) => without(files, "shots", () => true, EARLIER),
  "a game that comes late to a date with others": (files) =>
    late(files, (games) => games.length > 1 && [games.find(final)!]),
  "a whole date that comes late": (files) => late(files, (games) => games.every(final) && games),
  "a whole date that comes late to the season before": (files) =>
    late(files, (games) => games.every(final) && games, EARLIER),
};

const EARLIER = "2021-12-01";
const MIDDLE = "2022-11-20";

const number = (value: Row[string] | undefined) => Number(value ?? 0);
const final = ({ status, season_type }: Row) => status === "final" && season_type !== "preseason";
const scored = ({ pts }: Row) => number(pts) > 4;

/** Whether a snapshot was known before every game of its date. */
function early(files: Files): (row: Row) => boolean {
  const tipoffs = Map.groupBy(files.schedule!, ({ game_date }) => game_date);
  return (row) => {
    const at = row.snapshot_at ?? row.reported_at;
    const games = tipoffs.get(row.game_date!)!;
    return (
      typeof at === "string" &&
      row.market !== "threes" &&
      games.every(({ tipoff_at }) => at < String(tipoff_at))
    );
  };
}

/** The first row from there on that is of the kind and belongs to a game that is over. */
function middle(files: Files, table: string, kind: (row: Row) => boolean, from = MIDDLE): Row {
  const over = new Set(files.schedule!.filter(final).map(({ game_date }) => game_date));
  const row = files[table]!.find(
    (candidate) =>
      String(candidate.game_date ?? candidate.as_of_date) >= from &&
      (table === "rosters" || over.has(candidate.game_date!)) &&
      kind(candidate),
  );
  if (!row) throw new Error(`no such row in ${table}`);
  return row;
}

function changed(
  files: Files,
  table: string,
  kind: (row: Row) => boolean,
  change: (row: Row) => Row,
  from = MIDDLE,
): Correction {
  const row = middle(files, table, kind, from);
  const rows = files[table]!.map((other) => (other === row ? { ...row, ...change(row) } : other));
  return { before: files, after: { ...files, [table]: rows } };
}

function without(files: Files, table: string, kind: (row: Row) => boolean, from = MIDDLE): Correction {
  const row = middle(files, table, kind, from);
  return { before: files, after: { ...files, [table]: files[table]!.filter((other) => other !== row) } };
}

/** The first date from then on whose games are of the kind: they, and all that tells of them, are lacking before. */
function late(
  files: Files,
  choose: (games: readonly Row[]) => readonly Row[] | false,
  from = MIDDLE,
): Correction {
  for (const [date, games] of Map.groupBy(files.schedule!, ({ game_date }) => game_date)) {
    const chosen =
      String(date) >= from && choose(games.filter(({ season_type }) => season_type !== "preseason"));
    if (!chosen || chosen.length === 0) continue;
    const ids = new Set(chosen.map(({ game_id }) => game_id));
    const lacking = (row: Row) => row.game_id !== undefined && ids.has(row.game_id);
    const before = Object.entries(files).map(([table, rows]) => [table, rows.filter((row) => !lacking(row))]);
    return { before: Object.fromEntries(before), after: files };
  }
  throw new Error("no such date");
}
