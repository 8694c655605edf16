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
    home_score: 122,
    away_score: 113,
    ...row,
  };
}

// Invented: 2 * 12 + 5 + 4 = 33.
export function playerBox(row: Row = {}): Row {
  return {
    game_id: "0022200001",
    game_date: "2022-10-18",
    player_id: "1600001",
    player_name: "Jace Brunn",
    team: "BOS",
    seconds: 2100,
    fgm: 12,
    fga: 21,
    fg3m: 5,
    fg3a: 8,
    ftm: 4,
    fta: 6,
    pts: 33,
    ...row,
  };
}

// Invented: 2 * 44 + 15 + 19 = 122.
export function teamBox(row: Row = {}): Row {
  return {
    game_id: "0022200001",
    game_date: "2022-10-18",
    team: "BOS",
    fgm: 44,
    fga: 90,
    fg3m: 15,
    fg3a: 38,
    ftm: 19,
    fta: 23,
    oreb: 9,
    dreb: 33,
    ast: 27,
    stl: 7,
    blk: 5,
    tov: 13,
    pf: 20,
    pts: 122,
    ...row,
  };
}

export function shot(row: Row = {}): Row {
  return {
    game_id: "0022200001",
    game_date: "2022-10-18",
    player_id: "1600001",
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
    player_name: "Jace Brunn",
    bookmaker: "book",
    market: "points",
    snapshot_at: "2022-10-18T20:00:00Z",
    line: 22.5,
    over_price: 1.9,
    under_price: 1.9,
    ...row,
  };
}
