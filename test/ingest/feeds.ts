import type { Row } from "../../src/warehouse/warehouse.ts";

/** Rows in the shape of feeds that people keep, cut to the columns that are read and a few that are not; people and figures are invented. */

export function hoopRGame(row: Row = {}): Row {
  return {
    id: 401468016,
    uid: "s:40~l:46~e:401468016",
    // Half past seven in the evening in New York.
    date: "2022-10-18T23:30Z",
    time_valid: true,
    type_abbreviation: "STD",
    neutral_site: false,
    venue_full_name: "TD Garden",
    status_type_name: "STATUS_FINAL",
    home_abbreviation: "BOS",
    away_abbreviation: "PHI",
    home_score: 122,
    away_score: 113,
    season: 2023,
    season_type: 2,
    ...row,
  };
}

const line = {
  game_id: 401468016,
  season: 2023,
  season_type: 2,
  game_date: "2022-10-18",
  team_abbreviation: "BOS",
  opponent_team_abbreviation: "PHI",
  offensive_rebounds: 1,
  defensive_rebounds: 2,
  assists: 3,
  steals: 2,
  blocks: 0,
  turnovers: 2,
  fouls: 1,
};

export function hoopRPlayer(row: Row = {}): Row {
  return {
    ...line,
    athlete_id: 9000001,
    athlete_display_name: "Jace Brunn",
    minutes: 41,
    field_goals_made: 12,
    field_goals_attempted: 21,
    three_point_field_goals_made: 5,
    three_point_field_goals_attempted: 8,
    free_throws_made: 4,
    free_throws_attempted: 6,
    plus_minus: "+4",
    points: 33,
    starter: true,
    did_not_play: false,
    reason: null,
    ...row,
  };
}

export function hoopRTeam(row: Row = {}): Row {
  return {
    ...line,
    team_home_away: "home",
    team_score: 122,
    field_goals_made: 44,
    field_goals_attempted: 90,
    three_point_field_goals_made: 15,
    three_point_field_goals_attempted: 38,
    free_throws_made: 19,
    free_throws_attempted: 23,
    offensive_rebounds: 9,
    defensive_rebounds: 33,
    total_rebounds: 42,
    turnovers: 12,
    team_turnovers: 1,
    total_turnovers: 13,
    ...row,
  };
}

export function oddsLine(row: Row = {}): Row {
  return {
    timestamp: "2022-10-18T20:00:00Z",
    id: "e1",
    commence_time: "2022-10-18T23:40:00Z",
    home_team: "Boston Celtics",
    away_team: "Philadelphia 76ers",
    bookmaker: "draftkings",
    market: "h2h",
    name: "Boston Celtics",
    price: 1.71,
    point: null,
    ...row,
  };
}

export function oddsProp(row: Row = {}): Row {
  return {
    event_id: "e1",
    player: "Jace Brunn",
    market: "player_points",
    line: 22.5,
    bookmaker: "fanduel",
    game: "Philadelphia 76ers @ Boston Celtics",
    game_time: "2022-10-18T23:40:00Z",
    over_odds: -125.0,
    under_odds: 150.0,
    ...row,
  };
}

/** One side of a player's line, where each side has a row. */
export function oddsOutcome(row: Row = {}): Row {
  return {
    ...oddsLine({ market: "player_points", name: "Over", price: 1.8, point: 22.5 }),
    description: "Jace Brunn",
    ...row,
  };
}

export function injury(row: Row = {}): Row {
  return {
    "Game Date": "10/18/2022",
    "Game Time": "07:30 (ET)",
    Matchup: "PHI@BOS",
    Team: "Boston Celtics",
    "Player Name": "Brunn, Jace",
    "Current Status": "Questionable",
    Reason: "Injury/Illness - Left Knee; Soreness",
    "Report Timestamp": "2022-10-18T17:30:00-04:00",
    ...row,
  };
}

/** A shot as stats.nba.com's shotchartdetail names it. */
export function chartedShot(row: Row = {}): Row {
  return {
    GRID_TYPE: "Shot Chart Detail",
    GAME_ID: "0022200001",
    GAME_EVENT_ID: 10,
    PLAYER_ID: 1600001,
    PLAYER_NAME: "Jace Brunn",
    TEAM_ID: 1610612738,
    TEAM_NAME: "Boston Celtics",
    PERIOD: 1,
    MINUTES_REMAINING: 11,
    SECONDS_REMAINING: 29,
    EVENT_TYPE: "Missed Shot",
    ACTION_TYPE: "Driving Layup Shot",
    SHOT_TYPE: "2PT Field Goal",
    SHOT_ZONE_BASIC: "Restricted Area",
    SHOT_ZONE_AREA: "Center(C)",
    SHOT_ZONE_RANGE: "Less Than 8 ft.",
    SHOT_DISTANCE: 3,
    LOC_X: -9,
    LOC_Y: 33,
    SHOT_ATTEMPTED_FLAG: 1,
    SHOT_MADE_FLAG: 0,
    GAME_DATE: "20221018",
    HTM: "BOS",
    VTM: "PHI",
    ...row,
  };
}
