import { describe, expect, it, test } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { deviation, lowerMiddle, slope } from "./arithmetic.ts";
import { leagueBaseline, priorOf, shrunk } from "./estimates.ts";
import type { History } from "./history.ts";
import { injuryReport } from "./injuries.ts";
import { consensusOf, noVig } from "./lines.ts";
import { pointsEstimate } from "./ml-feature-store.ts";
import { fatigueScore } from "./player-composite-factors.ts";
import { load, usageOver } from "./player-form.ts";
import type { PlayerGame } from "./player-game-summary.ts";
import type { Arena, InjuryRow, Raw, ScheduledGame, TeamBox } from "./raw.ts";
import { rosterOn } from "./roster.ts";
import { isNeutral, milesBetween, zonesBetween } from "./site.ts";
import { paceOf, possessionsOf, tenThousandths } from "./team-game.ts";
import { noonEastern, visibleOn } from "./visible.ts";
import { zonesOf } from "./zones.ts";

const NO_ROWS: Raw = {
  schedule: [],
  player_boxscores: [],
  team_boxscores: [],
  shots: [],
  shot_coverage: [],
  game_lines: [],
  player_props: [],
  injury_reports: [],
  rosters: [],
  players: [],
  arenas: [],
};

function game(id: string, date: string, changes: Partial<ScheduledGame> = {}): ScheduledGame {
  return {
    game_id: id,
    season_year: 2022,
    season_type: "regular",
    game_date: date as GameDate,
    asof_cutoff_at: `${date}T23:30:00.000Z`,
    home_team: "BOS",
    away_team: "MIA",
    neutral_site: false,
    status: "final",
    home_score: 100,
    away_score: 90,
    arena_id: null,
    ...changes,
  };
}

function listing(
  gameId: string,
  date: string,
  playerId: string,
  changes: Partial<PlayerGame> = {},
): PlayerGame {
  const row = { game_id: gameId, game_date: date, player_id: playerId, season_year: 2022, team: "BOS" };
  return { ...row, opponent: "MIA", played: true, seconds: 600, starter: null, ...changes } as PlayerGame;
}

describe("numbers of one game", () => {
  const own = { fga: 90, fgm: 40, fta: 20, oreb: 10, dreb: 32, tov: 12, team_fga: null } as TeamBox;
  const opponent = { fga: 84, fgm: 42, fta: 25, oreb: 8, dreb: 30, tov: 14, team_fga: 1 } as TeamBox;

  it("gives both teams the mean of their estimates as possessions", () => {
    // P(own) = 90 + 0.4 x 20 - 1.07 x 10/40 x 50 + 12 = 96.625
    // P(opponent) = 85 + 0.4 x 25 - 1.07 x 8/40 x 43 + 14 = 99.798, its team attempt counted
    expect(possessionsOf(own, opponent)).toBeCloseTo(98.2115, 10);
    expect(possessionsOf(opponent, own)).toBe(possessionsOf(own, opponent));
    expect(tenThousandths(98.2115)).toBe(982115);
  });

  it("lets overtime count through the minutes", () => {
    // 48 x 106 / (265 / 5) = 96
    expect(paceOf(106, 265)).toBe(96);
    expect(paceOf(106, null)).toBeNull();
  });

  it("knows zones only where shots and attempts differ by at most 2 for both teams", () => {
    const one = game("1", "2022-11-01");
    const shot = { game_id: "1", zone: "paint", zone_method: "official", made: true };
    const shots = [...Array(12)].map((_, i) => ({ ...shot, team: i < 6 ? "BOS" : "MIA" })) as never[];
    const boxes = (home: number, away: number) =>
      [
        { game_id: "1", team: "BOS", fga: home },
        { game_id: "1", team: "MIA", fga: away },
      ] as never[];
    const reason = (raw: Partial<Raw>) => zonesOf({ ...NO_ROWS, ...raw }, one).missing;
    expect(reason({ shots, team_boxscores: boxes(8, 4) })).toBeNull();
    expect(reason({ shots, team_boxscores: boxes(6, 9) })).toBe("shots_differ");
    expect(reason({ shots, team_boxscores: boxes(6, 6).slice(1) })).toBe("no_team_box");
    expect(reason({ team_boxscores: boxes(6, 6) })).toBe("no_shots");
  });
});

describe("numbers over several games", () => {
  it("takes usage as a ratio of sums", () => {
    const games = [
      // used 100 x 10 + 44 x 5 + 100 x 2 = 1420
      { fga: 10, fta: 5, tov: 2, seconds: 1800, team_seconds: 14400, team_used: 7100 },
      // used 100 x 5 + 100 x 1 = 600
      { fga: 5, fta: 0, tov: 1, seconds: 600, team_seconds: 14400, team_used: 8050 },
      // Unknown team minutes: in none of the sums.
      { fga: 9, fta: 9, tov: 9, seconds: 999, team_seconds: null, team_used: 9999 },
    ] as PlayerGame[];
    // (2020 x 28800 / 5) / (2400 x 15150) = 11635200 / 36360000 = 0.32
    expect(usageOver(games)).toBe(0.32);
  });

  it("draws a rate to last season's and that to the league's", () => {
    // w = 150 / 300; (40 + 0.5 x 1220) / (100 + 0.5 x 2400) = 650 / 1300
    expect(leagueBaseline({ made: 40, tried: 100 }, { made: 1220, tried: 2400 }, 300)).toBe(0.5);
    expect(leagueBaseline({ made: 40, tried: 100 }, { made: 0, tried: 0 }, 0)).toBe(0.4);
    expect(leagueBaseline({ made: 0, tried: 0 }, { made: 0, tried: 0 }, 0)).toBeNull();
    // (45 + 150 x 0.5) / (50 + 150) = 120 / 200
    expect(priorOf({ made: 45, tried: 50 }, 0.5, 150)).toBe(0.6);
    expect(priorOf({ made: 45, tried: 50 }, 0.5, undefined)).toBe(0.5);
    expect(priorOf({ made: 45, tried: 50 }, null, 150)).toBe(0.9);
    // (30 + 100 x 0.6) / (50 + 100)
    expect(shrunk({ made: 30, tried: 50 }, 0.6, 100)).toBe(0.6);
    expect(shrunk({ made: 30, tried: 40 }, null, 100)).toBe(0.75);
    expect(shrunk({ made: 0, tried: 0 }, null, 100)).toBeNull();
  });

  it("estimates points by the mean of ten or more regular games of last season", () => {
    const last10 = [{ pts: 10 }, { pts: 20 }];
    const season = [...Array(10)].map((_, i) => ({ pts: i < 5 ? 10 : 14, season_type: "regular" }));
    // (30 + 3 x 12) / (2 + 3)
    expect(pointsEstimate(last10, [...season, { pts: 90, season_type: "playoffs" }])).toBe(13.2);
    // Nine games are too few: the raw mean 15 stands in, (30 + 45) / 5.
    expect(pointsEstimate(last10, season.slice(1))).toBe(15);
    expect(pointsEstimate([], [])).toBeNull();
  });

  test("sample deviation and slope", () => {
    // Mean 5, squares of the distances 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over 7
    expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(slope([1, 3, 5])).toBe(2);
  });
});

describe("lines", () => {
  it("takes the lower middle of the books' last numbers", () => {
    expect(lowerMiddle([-3.5, -4])).toBe(-4);
    const quotes = [
      { bookmaker: "alpha", at: 1, value: -3 },
      { bookmaker: "alpha", at: 2, value: -4 },
      { bookmaker: "beta", at: 1, value: -5 },
      { bookmaker: "beta", at: 3, value: -3.5 },
      { bookmaker: "gamma", at: 2, value: -6 },
    ];
    // Last -4, -3.5, -6; first -3, -5, -6; moved -1 and 1.5, gamma has one time only.
    expect(consensusOf(quotes)).toEqual({ value: -4, opening: -5, movement: -1, books: 3 });
    expect(consensusOf([])).toEqual({ value: null, opening: null, movement: null, books: 0 });
  });

  it("takes the margin out of two prices", () => {
    // (1/1.6) / (1/1.6 + 1/2.4) = 0.625 / (0.625 + 0.41666...) = 0.6
    expect(noVig(1.6, 2.4)).toBeCloseTo(0.6, 12);
  });
});

describe("what was visible", () => {
  test("noon US-Eastern follows the clocks", () => {
    expect(new Date(noonEastern("2022-11-05" as GameDate)).toISOString()).toBe("2022-11-05T16:00:00.000Z");
    expect(new Date(noonEastern("2022-11-07" as GameDate)).toISOString()).toBe("2022-11-07T17:00:00.000Z");
  });

  it("keeps of D's games the fixture, of snapshots those before the cut-off, and nothing later", () => {
    const line = (stamp: string) => ({
      game_id: "2",
      game_date: "2022-11-03",
      snapshot_kind: "timed",
      snapshot_at: stamp,
    });
    const raw: Raw = {
      ...NO_ROWS,
      schedule: [game("1", "2022-11-01"), game("2", "2022-11-03"), game("3", "2022-11-04")],
      game_lines: [line("2022-11-03T23:29:59.000Z"), line("2022-11-03T23:30:00.000Z")] as never[],
      player_boxscores: [{ game_id: "1", game_date: "2022-11-01" }, line("")] as never[],
    };
    const visible = visibleOn(raw, "2022-11-03" as GameDate);
    expect(visible.schedule.map((one) => [one.game_id, one.status, one.home_score])).toEqual([
      ["1", "final", 100],
      ["2", "scheduled", null],
    ]);
    expect(visible.game_lines).toHaveLength(1);
    expect(visible.player_boxscores).toHaveLength(1);
  });

  it("knows injuries where anybody reported and the team's last row is no not_submitted", () => {
    const fixture = game("1", "2022-11-01");
    const row = (team: string, player_id: string, status: string, minute: number) =>
      ({
        game_date: "2022-11-01",
        team,
        player_id,
        status,
        reported_at: `2022-11-01T20:0${minute}:00.000Z`,
      }) as InjuryRow;
    const known = (...rows: InjuryRow[]) =>
      injuryReport({ ...NO_ROWS, injury_reports: rows }, fixture, "BOS").known;
    expect(known()).toBe(false);
    expect(known(row("MIA", "7", "out", 1))).toBe(true);
    expect(known(row("BOS", "7", "out", 1), row("BOS", "", "not_submitted", 2))).toBe(false);
    expect(known(row("BOS", "", "not_submitted", 1), row("BOS", "7", "out", 2))).toBe(true);
  });
});

describe("places", () => {
  const at = (latitude: number, longitude: number, time_zone = "UTC") =>
    ({ latitude, longitude, time_zone }) as Arena;

  it("measures great circles", () => {
    // A quarter of 2 x pi x 6371.0088 km is 10007.557 km, 6218.41 miles; one degree of the equator 69.09.
    expect(milesBetween(at(0, 0), at(90, 0))).toBe(6218);
    expect(milesBetween(at(0, 10), at(0, 11))).toBe(69);
  });

  it("counts hours between clocks on that date", () => {
    const [denver, phoenix] = [at(0, 0, "America/Denver"), at(0, 0, "America/Phoenix")];
    expect(zonesBetween(denver, phoenix, "2022-12-01" as GameDate)).toBe(0);
    // Arizona keeps standard time in summer.
    expect(zonesBetween(denver, phoenix, "2022-10-20" as GameDate)).toBe(1);
  });

  it("is neutral by the flag or away from every home of the home team", () => {
    const home = {
      arena_id: "garden",
      team: "BOS",
      role: "home",
      first_season_year: null,
      last_season_year: 2022,
    };
    const raw = { ...NO_ROWS, arenas: [home] as Arena[] };
    expect(isNeutral(raw, game("1", "2022-11-01", { arena_id: "garden" }))).toBe(false);
    expect(isNeutral(raw, game("1", "2022-11-01", { arena_id: "paris" }))).toBe(true);
    expect(isNeutral(raw, game("1", "2023-11-01", { arena_id: "garden", season_year: 2023 }))).toBe(true);
    expect(isNeutral(raw, game("1", "2022-11-01", { neutral_site: true }))).toBe(true);
  });
});

describe("players", () => {
  test("a final of his team without box scores makes the windows over it unknown", () => {
    const finals = ["01", "03", "10", "12"].map((day) => game(`g${day}`, `2022-11-${day}`));
    const games = [listing("g01", "2022-11-01", "7"), listing("g10", "2022-11-10", "7", { seconds: 1500 })];
    const rest = (holes: ScheduledGame[]) => load(games, finals, holes, "BOS", "2022-11-13" as GameDate);
    // Last played on the 10th: two free days, one game missed; the 6th .. 12th hold one game of 25 minutes.
    expect(rest([])).toMatchObject({
      days_rest: 2,
      team_games_missed: 1,
      games_last_7: 1,
      minutes_last_7: 25,
    });
    expect(rest([finals[1]!])).toMatchObject({ days_rest: 2, games_last_7: 1, games_last_14: null });
    expect(rest([finals[3]!])).toMatchObject({
      days_rest: null,
      minutes_last_game: null,
      games_last_7: null,
    });
  });

  test("fatigue", () => {
    const fresh = { games_in_sample: 9, games_last_7: 1, minutes_last_7: 20, back_to_backs_last_14: 0 };
    // 100 + 5, clamped
    expect(fatigueScore({ ...fresh, days_rest: 3, age_years: null })).toBe(100);
    const tired = { games_in_sample: 9, games_last_7: 4, minutes_last_7: 144, back_to_backs_last_14: 2 };
    // 100 - 15 - 10 - 10 - 8 (36 minutes a game) - 12 - 5
    expect(fatigueScore({ ...tired, days_rest: 0, age_years: 30 })).toBe(40);
    expect(fatigueScore({ ...tired, games_last_7: null, days_rest: 0, age_years: 30 })).toBeNull();
  });

  test("a player stays by a listing in the last ten games or by his minutes, and goes where he is named", () => {
    const day = (n: number) => `2022-11-${String(n).padStart(2, "0")}`;
    const finals = [...Array(12)].map((_, i) => game(`g${i + 1}`, day(i + 1)));
    const other = game("gx", day(14), { home_team: "DEN", away_team: "MIA" });
    const fixture = game("g14", day(14), { away_team: "PHX" });
    const players = [
      ...finals.map((one) => listing(one.game_id, one.game_date, "everybody")),
      listing("g2", day(2), "gone", { seconds: 14 * 60 }),
      listing("g2", day(2), "regular", { seconds: 15 * 60 }),
      listing("g3", day(3), "recent", { seconds: 0, played: false }),
      listing("g12", day(12), "named"),
    ];
    const named = { game_date: day(14), team: "DEN", player_id: "named", status: "out" };
    const raw: Raw = {
      ...NO_ROWS,
      schedule: [...finals, fixture, other],
      injury_reports: [{ ...named, reported_at: `${day(14)}T20:00:00.000Z` }] as InjuryRow[],
    };
    const history: History = { players, offense: [], defense: [] };
    const date = day(14) as GameDate;
    // The last ten of twelve games are the third to the twelfth.
    expect(Object.fromEntries(rosterOn(visibleOn(raw, date), history, date))).toEqual({
      everybody: "BOS",
      regular: "BOS",
      recent: "BOS",
      named: "DEN",
    });
  });
});
