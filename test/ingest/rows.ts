import type { Row } from "../../src/warehouse/warehouse.ts";

/** Rows in our own layout; what a test does not care about is filled in. */

export function game(row: Row = {}): Row {
  return {
    game_id: "0022200001",
    season_year: 2022,
    season_type: "regular",
    game_date: "2022-10-18",
    tipoff_at: null,
    home_team: "BOS",
    away_team: "PHI",
    neutral_site: false,
    status: "final",
    home_score: 126,
    away_score: 117,
    ...row,
  };
}

export function playerBox(row: Row = {}): Row {
  return {
    game_id: "0022200001",
    game_date: "2022-10-18",
    player_id: "1627759",
    player_name: "Jaylen Brown",
    team: "BOS",
    seconds: 2100,
    fgm: 14,
    fga: 24,
    fg3m: 4,
    fg3a: 9,
    ftm: 3,
    fta: 4,
    pts: 35,
    ...row,
  };
}

export function teamBox(row: Row = {}): Row {
  return {
    game_id: "0022200001",
    game_date: "2022-10-18",
    team: "BOS",
    fgm: 46,
    fga: 82,
    fg3m: 12,
    fg3a: 35,
    ftm: 22,
    fta: 28,
    oreb: 6,
    dreb: 30,
    ast: 24,
    stl: 8,
    blk: 3,
    tov: 11,
    pf: 24,
    pts: 126,
    ...row,
  };
}

export function shot(row: Row = {}): Row {
  return {
    game_id: "0022200001",
    game_date: "2022-10-18",
    player_id: "1627759",
    team: "BOS",
    period: 1,
    seconds_left: 700,
    made: true,
    shot_value: 2,
    loc_x: 0,
    loc_y: 0,
    ...row,
  };
}

export function prop(row: Row = {}): Row {
  return {
    game_id: "0022200001",
    game_date: "2022-10-18",
    player_name: "Jaylen Brown",
    bookmaker: "book",
    market: "points",
    snapshot_at: "2022-10-18T20:00:00Z",
    line: 22.5,
    over_price: 1.9,
    under_price: 1.9,
    ...row,
  };
}
