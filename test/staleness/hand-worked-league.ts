import type { GameDate } from "../../src/dates.ts";
import { recordIngest } from "../../src/run/look.ts";
import type { Row, Warehouse } from "../../src/warehouse/warehouse.ts";
import { Fixture } from "../fixture.ts";

/** One game a date between the same two teams, on dates that lie at the edges of windows over {@link SOURCE}. */
export const SEASONS: Readonly<Record<number, readonly string[]>> = {
  2021: ["2022-05-20", "2022-06-01", "2022-06-02", "2022-06-11", "2022-06-12"],
  2022: ["2022-10-20", "2022-10-21"],
  2023: ["2023-05-28", "2023-06-01", "2023-06-02"],
};

/** The date whose raw rows change. */
export const SOURCE = "2022-06-01";

/** The last date, whose games may still be to come. */
export const LAST = "2023-06-02" as GameDate;

/** Five players on each side: 1 to 5 at home, 6 to 10 away. */
const PLAYERS = Array.from({ length: 10 }, (_, index) => index + 1);
const teamOf = (player: number) => (player <= 5 ? "BOS" : "NYK");
/** Everybody makes the first of two shots, but for the tenth, who makes none: 10 to 8. */
const makes = (player: number) => (player === 10 ? 0 : 1);

/** All games over, and snapshots two hours before the tip-off of {@link SOURCE}. */
export async function handWorkedLeague(): Promise<Fixture> {
  const fixture = await Fixture.open();
  for (const [season, dates] of Object.entries(SEASONS)) {
    for (const date of dates) await insertGame(fixture, Number(season), date);
  }
  await fixture.insert(
    "nba_raw.players",
    PLAYERS.map((id) => ({ player_id: `${id}`, player_name: `Player ${id}`, birth_date: "1995-02-03" })),
  );
  for (const row of ["player_props", "injury_reports", "game_lines", "rosters"] as const) {
    await fixture.insert(`nba_raw.${row}`, [snapshot[row](`${SOURCE}T21:00:00Z`)]);
  }
  await recordIngest(fixture.warehouse, "2023-06-03T12:00:00Z");
  return fixture;
}

/** A snapshot of that instant, on or about {@link SOURCE}. */
export const snapshot = {
  player_props: (at: string | null): Row => ({
    game_id: gameId(SOURCE),
    game_date: SOURCE,
    player_id: at === null ? "2" : "1",
    bookmaker: "book",
    market: "points",
    snapshot_at: at,
    snapshot_key: at ?? "unknown",
    snapshot_kind: at === null ? "closing_unknown_time" : "timed",
    line: 2.5,
    over_price: 1.9,
    under_price: 1.9,
  }),
  injury_reports: (at: string): Row => ({
    game_date: SOURCE,
    team: "BOS",
    player_id: "1",
    reported_at: at,
    status: "questionable",
    reason_category: "injury",
  }),
  game_lines: (at: string): Row => ({
    game_id: gameId(SOURCE),
    game_date: SOURCE,
    bookmaker: "book",
    market: "moneyline",
    side: "home",
    snapshot_at: at,
    snapshot_key: at,
    snapshot_kind: "timed",
    price: 1.9,
  }),
  rosters: (at: string): Row => ({ team: "BOS", player_id: "1", as_of_at: at, as_of_date: SOURCE }),
};

/** Takes the result of the last date back: its game is to come. */
export async function reopenLast(warehouse: Warehouse): Promise<void> {
  for (const table of ["player_boxscores", "team_boxscores", "shots", "shot_coverage"]) {
    await warehouse.execute(`DELETE FROM nba_raw.${table} WHERE game_date = '${LAST}'`);
  }
  await warehouse.execute(
    `UPDATE nba_raw.schedule SET status = 'scheduled', home_score = NULL, away_score = NULL WHERE game_date = '${LAST}'`,
  );
}

const gameId = (date: string) => `game of ${date}`;

async function insertGame(fixture: Fixture, season: number, date: string): Promise<void> {
  const game = { game_id: gameId(date), game_date: date };
  await fixture.insert("nba_raw.schedule", [
    {
      ...game,
      season_year: season,
      season_type: "regular",
      asof_cutoff_at: `${date}T23:00:00Z`,
      home_team: "BOS",
      away_team: "NYK",
      status: "final",
      home_score: 10,
      away_score: 8,
    },
  ]);
  await fixture.insert(
    "nba_raw.player_boxscores",
    PLAYERS.map((player) => boxOf(game, player)),
  );
  await fixture.insert(
    "nba_raw.team_boxscores",
    ["BOS", "NYK"].map((team) => {
      const fgm = team === "BOS" ? 5 : 4;
      return { ...game, team, minutes: 240, fgm, fga: 10, oreb: 1, dreb: 5, pts: 2 * fgm };
    }),
  );
  await fixture.insert(
    "nba_raw.shots",
    PLAYERS.flatMap((player) =>
      [0, 1].map((shot) => ({
        ...game,
        event_id: 2 * player + shot,
        player_id: `${player}`,
        team: teamOf(player),
        made: shot < makes(player),
        shot_value: 2,
        zone: shot === 0 ? "paint" : "mid_range",
        zone_method: "official",
      })),
    ),
  );
  await fixture.insert("nba_raw.shot_coverage", [
    { ...game, home_shots: 10, away_shots: 10, has_assists: true, has_blocks: true, zone_method: "official" },
  ]);
}

function boxOf(game: Row, player: number): Row {
  const fgm = makes(player);
  return {
    ...game,
    player_id: `${player}`,
    player_name: `Player ${player}`,
    team: teamOf(player),
    status: "active",
    seconds: 2880,
    fgm,
    fga: 2,
    fg3m: 0,
    fg3a: 0,
    ftm: 0,
    fta: 0,
    oreb: 0,
    dreb: 1,
    ast: 0,
    stl: 0,
    blk: 0,
    tov: 0,
    pf: 0,
    pts: 2 * fgm,
  };
}
