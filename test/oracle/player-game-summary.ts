import type { GameDate } from "../../src/dates.ts";
import { lowerMiddle, ratio, rounded, sum } from "./arithmetic.ts";
import { COUNTING_STATS, type PlayerBox, type Raw, rowsOf, type ScheduledGame } from "./raw.ts";
import { siteOf } from "./site.ts";
import { finalsOn, overtimesOf } from "./team-game.ts";
import { isBefore } from "./visible.ts";
import { type GameZones, zoneCounts, zonesOf } from "./zones.ts";

export type PlayerGame = ReturnType<typeof playerGame>;

/** A row per listed player of each final game of the date whose two boxes are complete. */
export function playerGameSummary(raw: Raw, date: GameDate): PlayerGame[] {
  const rows: PlayerGame[] = [];
  for (const game of finalsOn(raw, date)) {
    const listed = rowsOf(raw.player_boxscores, "game_id", game.game_id);
    if (!isComplete(listed, game.home_team, game.home_score)) continue;
    if (!isComplete(listed, game.away_team, game.away_score)) continue;
    const zones = zonesOf(raw, game);
    for (const box of listed) {
      if (box.team === game.home_team || box.team === game.away_team) {
        rows.push(rounded(playerGame(raw, game, zones, listed, box)));
      }
    }
  }
  return rows;
}

/** At least 5 listed players whose points sum to the final score, all that those who played did being known. */
function isComplete(listed: readonly PlayerBox[], team: string, score: number | null): boolean {
  const own = listed.filter((box) => box.team === team);
  const playing = own.filter(hasPlayed);
  const isKnown = playing.every((box) => COUNTING_STATS.every((stat) => box[stat] !== null));
  return own.length >= 5 && isKnown && sum(playing, (box) => box.pts) === score;
}

function hasPlayed(box: PlayerBox): boolean {
  if (box.status !== "active") return false;
  return box.seconds > 0 || COUNTING_STATS.some((stat) => (box[stat] ?? 0) > 0);
}

/** 100 FGA + 44 FTA + 100 TOV: what usage is a share of. */
export function usedBy(row: { fga: number | null; fta: number | null; tov: number | null }): number {
  return 100 * (row.fga ?? 0) + 44 * (row.fta ?? 0) + 100 * (row.tov ?? 0);
}

function playerGame(
  raw: Raw,
  game: ScheduledGame,
  zones: GameZones,
  listed: readonly PlayerBox[],
  box: PlayerBox,
) {
  const isHome = box.team === game.home_team;
  const played = hasPlayed(box);
  const stat = (value: number | null) => (played ? value : null);
  const teamBox = rowsOf(raw.team_boxscores, "game_id", game.game_id).find((row) => row.team === box.team);
  const teamMinutes = teamBox?.minutes ?? null;
  const teamSeconds = teamMinutes === null ? null : teamMinutes * 60;
  const teamPlayers = listed.filter((other) => other.team === box.team && hasPlayed(other));
  const teamUsed = sum(teamPlayers, usedBy);
  const fgm = stat(box.fgm);
  const fga = stat(box.fga);
  const fg3m = stat(box.fg3m);
  const fta = stat(box.fta);
  const pts = stat(box.pts);
  const oreb = stat(box.oreb);
  const dreb = stat(box.dreb);
  const shots = zones.shots.filter((shot) => shot.player_id === box.player_id && shot.team === box.team);
  const makes = shots.filter((shot) => shot.made);
  const assisted = makes.filter((shot) => shot.assist_player_id !== null).length;
  const assistsKnown = played && zones.method !== null && zones.hasAssists;
  const { line, source } = lineAtCutoff(raw, game, box.player_id);
  const margin = pts === null || line === null ? null : pts - line;
  return {
    game_id: game.game_id,
    game_date: game.game_date,
    season_year: game.season_year,
    season_type: game.season_type,
    team: box.team,
    opponent: isHome ? game.away_team : game.home_team,
    player_id: box.player_id,
    player_name: box.player_name,
    is_home: isHome,
    site: siteOf(raw, game, box.team),
    status: box.status,
    played,
    lists_nonplayers: box.lists_nonplayers,
    dnp_reason: box.dnp_reason,
    starter: box.starter,
    win: game.home_score! > game.away_score! === isHome,
    overtime_periods: overtimesOf(teamMinutes),
    seconds: played ? box.seconds : 0,
    minutes: played ? box.seconds / 60 : 0,
    fgm,
    fga,
    fg3m,
    fg3a: stat(box.fg3a),
    ftm: stat(box.ftm),
    fta,
    oreb,
    dreb,
    reb: oreb === null || dreb === null ? null : oreb + dreb,
    ast: stat(box.ast),
    stl: stat(box.stl),
    blk: stat(box.blk),
    tov: stat(box.tov),
    pf: stat(box.pf),
    pts,
    plus_minus: stat(box.plus_minus),
    team_seconds: teamSeconds,
    team_used: teamUsed,
    efg_pct: fgm === null || fg3m === null ? null : ratio(fgm + 0.5 * fg3m, fga),
    ts_pct: fga === null || fta === null ? null : ratio(pts, 2 * (fga + 0.44 * fta)),
    usage_rate:
      played && box.seconds >= 60 && teamSeconds !== null
        ? ratio((usedBy(box) * teamSeconds) / 5, box.seconds * teamUsed)
        : null,
    ...zoneCounts(shots, played && zones.method !== null),
    zone_method: zones.method,
    zones_missing_reason: zones.missing,
    assisted_fgm: assistsKnown ? assisted : null,
    unassisted_fgm: assistsKnown ? makes.length - assisted : null,
    points_line: line,
    points_line_source: source,
    over_under_result: margin === null ? null : margin > 0 ? "over" : margin < 0 ? "under" : "push",
    points_margin: margin,
  };
}

/** Per book the last timed points line before the cut-off, else the closing one of unknown time. */
function lineAtCutoff(raw: Raw, game: ScheduledGame, playerId: string) {
  const timed = new Map<string, { at: number; line: number }>();
  const closing = new Map<string, number>();
  for (const prop of rowsOf(raw.player_props, "game_id", game.game_id)) {
    if (prop.player_id !== playerId || prop.market !== "points") continue;
    if (prop.snapshot_kind !== "timed") {
      closing.set(prop.bookmaker, prop.line);
    } else if (isBefore(prop.snapshot_at, Date.parse(game.asof_cutoff_at))) {
      const at = Date.parse(prop.snapshot_at!);
      const held = timed.get(prop.bookmaker);
      if (!held || at > held.at) timed.set(prop.bookmaker, { at, line: prop.line });
    }
  }
  const lines = [...timed.values()].map((quote) => quote.line);
  for (const [bookmaker, line] of closing) if (!timed.has(bookmaker)) lines.push(line);
  const line = lowerMiddle(lines);
  const source =
    line === null
      ? null
      : timed.size === lines.length
        ? "timed"
        : timed.size === 0
          ? "closing_unknown_time"
          : "mixed";
  return { line, source };
}
