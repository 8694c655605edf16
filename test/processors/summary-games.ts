import type { Row } from "../../src/warehouse/warehouse.ts";
import type { Fixture } from "../fixture.ts";

/** One game worked out by hand for the three summaries: BOS beats PHI 42-20 on 2022-10-18. */
export const GAME = "0022200001";
export const DATE = "2022-10-18";
const game = { game_id: GAME, game_date: DATE };

const nothing = {
  fgm: 0,
  fga: 0,
  fg3m: 0,
  fg3a: 0,
  ftm: 0,
  fta: 0,
  oreb: 0,
  dreb: 0,
  ast: 0,
  stl: 0,
  blk: 0,
  tov: 0,
  pf: 0,
  pts: 0,
  plus_minus: 0,
};

/** BOS: 28 + 10 + 2 + 0 + 2 = 42; PHI: 20. */
export const boxes: readonly Row[] = [
  {
    player_id: "1",
    player_name: "One",
    team: "BOS",
    starter: true,
    seconds: 2160,
    fgm: 10,
    fga: 20,
    fg3m: 3,
    fg3a: 8,
    ftm: 5,
    fta: 6,
    oreb: 1,
    dreb: 7,
    tov: 3,
    pts: 28,
    plus_minus: 9,
  },
  { player_id: "2", team: "BOS", seconds: 1800, fgm: 4, fga: 10, fg3m: 2, fg3a: 6, tov: 1, pts: 10 },
  { player_id: "3", team: "BOS", seconds: 1800, ftm: 2, fta: 2, pts: 2 },
  { player_id: "4", team: "BOS", seconds: 1200 },
  { player_id: "5", team: "BOS", seconds: 30, fgm: 1, fga: 1, pts: 2 },
  { player_id: "6", team: "BOS", status: "dnp", dnp_reason: "DNP - Coach's Decision", seconds: 0 },
  { player_id: "11", team: "PHI", seconds: 2880, fgm: 10, fga: 20, tov: 8, pts: 20 },
  ...["12", "13", "14", "15"].map((player_id) => ({ player_id, team: "PHI", seconds: 2880 })),
].map((row) => ({ ...game, status: "active", lists_nonplayers: true, ...nothing, ...row }));

/** Team box scores; BOS attempts 31, PHI 20. */
export const teamBoxes: readonly Row[] = [
  {
    team: "BOS",
    fgm: 15,
    fga: 31,
    fg3m: 5,
    fg3a: 14,
    ftm: 7,
    fta: 8,
    oreb: 4,
    dreb: 20,
    ast: 9,
    stl: 3,
    blk: 2,
    tov: 5,
    pf: 11,
    pts: 42,
  },
  {
    team: "PHI",
    fgm: 10,
    fga: 20,
    fg3m: 0,
    fg3a: 3,
    ftm: 0,
    fta: 0,
    oreb: 6,
    dreb: 16,
    ast: 4,
    stl: 1,
    blk: 1,
    tov: 8,
    pf: 12,
    pts: 20,
  },
].map((row) => ({ ...game, minutes: 240, ...row }));

const schedule: Row = {
  ...game,
  season_year: 2022,
  season_type: "regular",
  home_team: "BOS",
  away_team: "PHI",
  status: "final",
  home_score: 42,
  away_score: 20,
  arena_id: "garden",
  asof_cutoff_at: "2022-10-18T23:30:00Z",
  asof_cutoff_kind: "tipoff",
};

const arenas: readonly Row[] = [
  {
    arena_id: "garden",
    team: "BOS",
    role: "home",
    latitude: 42.4,
    longitude: -71.1,
    time_zone: "America/New_York",
  },
  { arena_id: "paris", team: "", role: "site", latitude: 48.8, longitude: 2.4, time_zone: "Europe/Paris" },
];

/** Inserts the game; each part can be replaced. */
export async function insertGame(
  fixture: Fixture,
  parts: { schedule?: Row; boxes?: readonly Row[]; teamBoxes?: readonly Row[] } = {},
): Promise<void> {
  await fixture.insert("nba_raw.arenas", arenas);
  await fixture.insert("nba_raw.schedule", [{ ...schedule, ...parts.schedule }]);
  await fixture.insert("nba_raw.player_boxscores", parts.boxes ?? boxes);
  await fixture.insert("nba_raw.team_boxscores", parts.teamBoxes ?? teamBoxes);
}

/**
 * Shots as [player, team, zone, value, made, assisted by, blocked by], and what covers them. Up to the shots that each
 * team has in all, the rest are of nobody and from nowhere.
 */
export async function insertShots(
  fixture: Fixture,
  shots: readonly (readonly [
    string,
    string,
    string,
    number,
    boolean,
    (string | undefined)?,
    (string | undefined)?,
  ])[],
  coverage: { home_shots: number; away_shots: number; has_assists?: boolean; has_blocks?: boolean },
): Promise<void> {
  const rest = (["home", "away"] as const).flatMap((side) => {
    const team = side === "home" ? "BOS" : "PHI";
    const count = coverage[`${side}_shots`] - shots.filter(([, of]) => of === team).length;
    return Array.from({ length: count }, () => ["", team, "", 2, false] as const);
  });
  await fixture.insert(
    "nba_raw.shots",
    [...shots, ...rest].map(
      ([player_id, team, zone, shot_value, made, assist_player_id, block_player_id], index) => ({
        ...game,
        event_id: index + 1,
        player_id,
        team,
        zone,
        zone_method: "official",
        shot_value,
        made,
        assist_player_id: assist_player_id ?? null,
        block_player_id: block_player_id ?? null,
      }),
    ),
  );
  await fixture.insert("nba_raw.shot_coverage", [
    { ...game, has_assists: true, has_blocks: true, zone_method: "official", ...coverage },
  ]);
}
