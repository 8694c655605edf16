import { type Raw, rowsOf, type ScheduledGame, type Shot } from "./raw.ts";

/** In the order in which ties are broken, but for PSZA's primary zone. */
export const ZONES = ["paint", "mid_range", "three"] as const;
export type Zone = (typeof ZONES)[number];

export interface GameZones {
  /** The weakest method among the shots; null where the zones of the game are unknown. */
  readonly method: string | null;
  readonly missing: string | null;
  readonly shots: readonly Shot[];
  readonly hasAssists: boolean;
  readonly hasBlocks: boolean;
}

/** Zones are known only where, for both teams, shots and attempts differ by at most 2. */
export function zonesOf(raw: Raw, game: ScheduledGame): GameZones {
  const shots = rowsOf(raw.shots, "game_id", game.game_id);
  const boxes = rowsOf(raw.team_boxscores, "game_id", game.game_id);
  const unknown = (missing: string) => ({
    method: null,
    missing,
    shots: [],
    hasAssists: false,
    hasBlocks: false,
  });
  if (shots.length === 0) return unknown("no_shots");
  for (const team of [game.home_team, game.away_team]) {
    const box = boxes.find((row) => row.team === team);
    if (!box) return unknown("no_team_box");
  }
  for (const box of boxes) {
    const taken = shots.filter((shot) => shot.team === box.team).length;
    if (Math.abs(taken - box.fga) > 2) return unknown("shots_differ");
  }
  const methods = shots.map((shot) => shot.zone_method);
  const coverage = rowsOf(raw.shot_coverage, "game_id", game.game_id)[0];
  return {
    method: methods.includes("distance") ? "distance" : methods.includes("xy") ? "xy" : "official",
    missing: null,
    shots,
    hasAssists: coverage?.has_assists ?? false,
    hasBlocks: coverage?.has_blocks ?? false,
  };
}

/** Whether a summary row counts as a game with zones in windows, baselines and priors. */
export function countsZones(row: { zone_method: string | null }): boolean {
  return row.zone_method === "official" || row.zone_method === "xy";
}

export type ZoneCounts = { [name in `${Zone}_${"fga" | "fgm"}`]: number | null };

/** Attempts and makes by zone; all null where not known. */
export function zoneCounts(shots: readonly Shot[], known: boolean): ZoneCounts {
  const count = (zone: Zone, madeOnly: boolean) =>
    known ? shots.filter((shot) => shot.zone === zone && (shot.made || !madeOnly)).length : null;
  return {
    paint_fga: count("paint", false),
    paint_fgm: count("paint", true),
    mid_range_fga: count("mid_range", false),
    mid_range_fgm: count("mid_range", true),
    three_fga: count("three", false),
    three_fgm: count("three", true),
  };
}
