import { beforeAll, describe, expect, test } from "vitest";
import type { DemoLeague } from "../../src/demo/league.ts";
import { TEAMS } from "../../src/demo/teams.ts";
import { type CsvRow, rowsOf, sum, written } from "./written-league.ts";

// 2023-24 has everything: a Cup final, play-in, playoffs.
let league: DemoLeague;
let games: CsvRow[];
let players: Map<string, CsvRow[]>;
let teams: CsvRow[];
let shots: CsvRow[];

const by = (rows: readonly CsvRow[], ...columns: string[]) =>
  Map.groupBy(rows, (row) => columns.map((column) => row[column]).join(" ")) as Map<string, CsvRow[]>;

beforeAll(async () => {
  league = await written({ seed: 5, seasons: [2023] });
  games = rowsOf(league, "schedule");
  players = by(rowsOf(league, "player_boxscores"), "game_id", "team");
  teams = rowsOf(league, "team_boxscores");
  shots = [...rowsOf(league, "shots"), ...rowsOf(league, "shots_without_marks")];
});

const counts = ["fgm", "fga", "fg3m", "fg3a", "ftm", "fta", "oreb", "dreb", "ast", "stl", "blk", "pf", "pts"];

describe("box scores", () => {
  test("players add up to their team, whose turnovers include its own", () => {
    expect(teams).toHaveLength(
      2 * games.filter(({ status, season_type }) => status === "final" && season_type !== "all_star").length,
    );
    let teamTurnovers = 0;
    for (const team of teams) {
      const own = players.get(`${team.game_id} ${team.team}`)!;
      for (const count of counts) expect([count, sum(own, count)]).toEqual([count, Number(team[count])]);
      teamTurnovers += Number(team.tov) - sum(own, "tov");
      expect(Number(team.tov)).toBeGreaterThanOrEqual(sum(own, "tov"));
      expect(Number(team.pts)).toBe(2 * Number(team.fgm) + Number(team.fg3m) + Number(team.ftm));
    }
    expect(teamTurnovers).toBeGreaterThan(0);
  });

  test("points are the schedule's score", () => {
    const pts = new Map(teams.map((team) => [`${team.game_id} ${team.team}`, team.pts]));
    for (const game of games) {
      if (game.status !== "final" || game.season_type === "all_star") continue;
      expect(pts.get(`${game.game_id} ${game.home_team}`)).toBe(game.home_score);
      expect(pts.get(`${game.game_id} ${game.away_team}`)).toBe(game.away_score);
      expect(game.home_score).not.toBe(game.away_score);
    }
  });

  test("seconds add up to 5 x 2,880 and 5 x 300 an overtime, plus-minus to five times the margin", () => {
    const margin = new Map(
      games.flatMap(({ game_id, home_team, away_team, home_score, away_score }): [string, number][] => [
        [`${game_id} ${home_team}`, Number(home_score) - Number(away_score)],
        [`${game_id} ${away_team}`, Number(away_score) - Number(home_score)],
      ]),
    );
    const overtimes = new Set<number>();
    for (const [key, own] of players) {
      const extra = sum(own, "seconds") - 5 * 2880;
      expect(extra % (5 * 300)).toBe(0);
      overtimes.add(extra / (5 * 300));
      expect([key, sum(own, "plus_minus")]).toEqual([key, 5 * margin.get(key)!]);
    }
    expect(overtimes).toContain(0);
    expect(overtimes).toContain(1);
    expect(Math.min(...overtimes)).toBe(0);
    for (const team of teams) {
      const seconds = sum(players.get(`${team.game_id} ${team.team}`)!, "seconds");
      if (team.minutes !== "") expect(Number(team.minutes) * 60).toBe(seconds);
    }
  });

  test("overtime periods agree with overtime points", () => {
    for (const [, [one, other]] of by(teams, "game_id")) {
      const points = Number(one!.overtime_points) + Number(other!.overtime_points);
      if (one!.overtime_periods !== "") expect(Number(one!.overtime_periods) > 0).toBe(points > 0);
    }
  });

  test("five start, at least eight play, and nobody who sat has counts", () => {
    for (const own of players.values()) {
      const starters = own.filter(({ starter }) => starter === "true").length;
      expect(starters === 5 || own.every(({ starter }) => starter === "")).toBe(true);
      expect(own.filter(({ seconds }) => Number(seconds) > 0).length).toBeGreaterThanOrEqual(8);
      for (const row of own) {
        if (Number(row.seconds) === 0) expect(counts.every((count) => row[count] === "")).toBe(true);
        else expect(row.status).toBe("active");
      }
    }
    const statuses = new Set([...players.values()].flat().map(({ status }) => status));
    expect(statuses).toEqual(new Set(["active", "dnp", "inactive"]));
  });
});

describe("shots", () => {
  test("are the players' attempts, one for one, but for games that lack some", () => {
    const official = teams.filter(({ game_id }) => !game_id!.startsWith("001"));
    const shotsOf = by(shots, "game_id", "player_id");
    const own = by(shots, "game_id");
    let [complete, without, partial] = [0, 0, 0];
    for (const [gameId, [one, other]] of by(official, "game_id")) {
      const attempts = Number(one!.fga) + Number(other!.fga);
      const found = own.get(gameId)?.length ?? 0;
      if (found === 0) without++;
      else if (found < attempts) partial++;
      else complete++;
      if (found < attempts) continue;
      for (const team of [one!, other!]) {
        for (const player of players.get(`${gameId} ${team.team}`)!) {
          const his = shotsOf.get(`${gameId} ${player.player_id}`) ?? [];
          const made = his.filter(({ made }) => made === "true");
          const threes = his.filter(({ shot_value }) => shot_value === "3");
          expect([his.length, made.length, threes.length]).toEqual([
            Number(player.fga),
            Number(player.fgm),
            Number(player.fg3a),
          ]);
        }
      }
    }
    expect(complete).toBeGreaterThan(1200);
    expect(without).toBeGreaterThan(0);
    expect(partial).toBeGreaterThan(0);
  });

  test("lie where their zone says, so that coordinates alone give the same", () => {
    let checked = 0;
    for (const { zone, shot_value, loc_x, loc_y } of shots) {
      expect(zone === "three" || zone === "" || shot_value === "2").toBe(true);
      if (zone === "" || loc_x === "") continue;
      const [x, y] = [Number(loc_x), Number(loc_y)];
      // The paint is 16 feet wide and reaches 13.75 feet from the hoop; the arc is 23.75 feet away, 22 in the corners.
      const beyondArc = x * x + y * y >= 237.5 ** 2 || Math.abs(x) >= 220;
      const inPaint = Math.abs(x) <= 80 && y <= 137.5;
      expect(beyondArc ? "three" : inPaint ? "paint" : "mid_range").toBe(zone);
      checked++;
    }
    expect(checked).toBeGreaterThan(200_000);
  });

  test("assists and blocks are those of the box score", () => {
    const marked = by(rowsOf(league, "shots"), "game_id");
    let games = 0;
    for (const [gameId, [one, other]] of by(teams, "game_id")) {
      const own = marked.get(gameId);
      if (!own || own.length < Number(one!.fga) + Number(other!.fga)) continue;
      games++;
      for (const [column, count] of [
        ["assist_player_id", "ast"],
        ["block_player_id", "blk"],
      ] as const) {
        expect(own.filter((shot) => shot[column] !== "").length).toBe(
          Number(one![count]) + Number(other![count]),
        );
      }
      expect(own.every((shot) => shot.assist_player_id !== shot.player_id)).toBe(true);
      expect(own.every((shot) => (shot.assist_player_id === "" ? true : shot.made === "true"))).toBe(true);
      expect(own.every((shot) => (shot.block_player_id === "" ? true : shot.made === "false"))).toBe(true);
    }
    expect(games).toBeGreaterThan(1200);
  });
});

describe("the schedule", () => {
  const official = ["regular", "cup_final", "play_in", "playoffs"];

  test("has the NBA's ids, and each once", () => {
    const prefix: Record<string, string> = {
      preseason: "00123",
      regular: "00223",
      all_star: "00323",
      playoffs: "00423",
      play_in: "00523",
      cup_final: "00623",
    };
    for (const { game_id, season_type } of games) {
      expect(game_id).toMatch(/^\d{10}$/);
      expect(game_id!.slice(0, 5)).toBe(prefix[season_type!]);
    }
    expect(new Set(games.map(({ game_id }) => game_id)).size).toBe(games.length);
    expect(games.filter(({ season_type }) => season_type === "cup_final")).toMatchObject([
      { game_id: "0062300001", game_date: "2023-12-09", neutral_site: "true" },
    ]);
  });

  test("no team plays twice on a date, a postponed game included", () => {
    const seen = games.flatMap(({ game_date, home_team, away_team }) => [
      `${game_date} ${home_team}`,
      `${game_date} ${away_team}`,
    ]);
    expect(new Set(seen).size).toBe(seen.length);
    const postponed = games.filter(({ status }) => status === "postponed" || status === "cancelled");
    expect(postponed.length).toBeGreaterThan(1);
    const dates = new Set(
      games
        .filter(({ status, season_type }) => status === "final" && official.includes(season_type!))
        .map(({ game_date }) => game_date),
    );
    for (const game of postponed) {
      expect(dates).toContain(game.game_date);
      expect(game.home_score).toBe("");
    }
  });

  test("a series ends with a team's fourth win, and the winners meet in the next round", () => {
    const playoffs = games.filter(({ season_type }) => season_type === "playoffs");
    const seriesOf = by(
      playoffs.map((game) => ({ ...game, series: game.game_id!.slice(5, 9) })),
      "series",
    );
    const winners = new Map<string, string>();
    for (const [series, list] of [...seriesOf].sort()) {
      const wins = new Map<string, number>();
      for (const [index, game] of list.entries()) {
        expect(Math.max(0, ...wins.values())).toBeLessThan(4);
        expect(game.game_id!.at(-1)).toBe(String(index + 1));
        const winner = Number(game.home_score) > Number(game.away_score) ? game.home_team! : game.away_team!;
        wins.set(winner, (wins.get(winner) ?? 0) + 1);
      }
      const champion = [...wins].find(([, won]) => won === 4)![0];
      winners.set(series, champion);
      const [round, index] = [Number(series.slice(0, 3)), Number(series.slice(3))];
      if (round === 1) continue;
      const feeders = [2 * index, 2 * index + 1].map((feeder) => winners.get(`00${round - 1}${feeder}`));
      expect(new Set(feeders)).toEqual(new Set([list[0]!.home_team, list[0]!.away_team]));
    }
    expect(seriesOf.size).toBe(15);
  });

  test("some tip-offs and sites are unknown, some games are away from home", () => {
    const regular = games.filter(({ season_type }) => season_type === "regular");
    expect(regular.some(({ tipoff_at }) => tipoff_at === "")).toBe(true);
    expect(regular.some(({ neutral_site, arena_id }) => neutral_site === "true" && arena_id === "")).toBe(
      true,
    );
    expect(
      regular.some(({ neutral_site, arena_id }) => neutral_site === "false" && arena_id === "arena-cdmx"),
    ).toBe(true);
  });
});

describe("snapshots", () => {
  test.each(["game_lines", "player_props"])(
    "of %s lie on both sides of tip-off, and prices are decimal odds",
    (name) => {
      const tipoff = new Map(games.map(({ game_id, tipoff_at }) => [game_id, tipoff_at!]));
      const rows = rowsOf(league, name);
      const timed = rows.filter((row) => row.snapshot_at !== "" && tipoff.get(row.game_id) !== "");
      const after = timed.filter((row) => row.snapshot_at! > tipoff.get(row.game_id)!).length;
      expect(after).toBeGreaterThan(1000);
      expect(timed.length - after).toBeGreaterThan(1000);
      expect(rows.some((row) => row.snapshot_at === "")).toBe(true);
      const prices = rows.flatMap(({ price, over_price, under_price }) => [price, over_price, under_price]);
      const given = prices.filter((price) => price !== undefined && price !== "").map(Number);
      expect(given.reduce((least, price) => Math.min(least, price))).toBeGreaterThan(1);
    },
  );

  test("injury reports are made on both sides of tip-off, for a player who may then play after all", () => {
    const tipoff = new Map(games.map(({ game_id, tipoff_at }) => [game_id, tipoff_at!]));
    const rows = rowsOf(league, "injury_reports");
    const timed = rows.filter(({ game_id }) => (tipoff.get(game_id) ?? "") !== "");
    expect(timed.some(({ game_id, reported_at }) => reported_at! > tipoff.get(game_id)!)).toBe(true);
    expect(timed.some(({ game_id, reported_at }) => reported_at! < tipoff.get(game_id)!)).toBe(true);
    expect(new Set(rows.map(({ status }) => status))).toEqual(
      new Set(["out", "doubtful", "questionable", "probable", "available", "not_submitted"]),
    );
    expect(new Set(rows.map(({ reason_category }) => reason_category))).toEqual(
      new Set(["injury", "rest", "g_league", "suspension", "personal", "other", ""]),
    );
    expect(
      rows.filter(({ status }) => status === "not_submitted").every(({ player_id }) => player_id === ""),
    ).toBe(true);
  });

  test.each([
    ["game_lines", ["game_id", "bookmaker", "market", "side", "snapshot_at"]],
    ["player_props", ["game_id", "player_id", "player_name", "bookmaker", "market", "snapshot_at"]],
    ["injury_reports", ["game_date", "team", "player_id", "reported_at"]],
    ["rosters", ["team", "player_id", "as_of_at"]],
    ["players", ["player_id"]],
    ["shots", ["game_id", "event_id"]],
  ])("%s has each key once", (name, key) => {
    const rows = rowsOf(league, name);
    expect(new Set(rows.map((row) => key.map((column) => row[column]).join(" "))).size).toBe(rows.length);
  });
});

test("players change teams during the season, and every listed player is known by name", () => {
  const names = new Map(
    rowsOf(league, "players").map(({ player_id, player_name }) => [player_id, player_name]),
  );
  const teamsOf = new Map<string, Set<string>>();
  for (const { game_id, player_id, player_name, team } of [...players.values()].flat()) {
    expect(names.get(player_id)).toBe(player_name);
    if (game_id!.startsWith("002"))
      teamsOf.set(player_id!, (teamsOf.get(player_id!) ?? new Set()).add(team!));
  }
  expect([...teamsOf.values()].filter((set) => set.size > 1).length).toBeGreaterThan(15);
  expect(new Set(names.values()).size).toBe(names.size);
});

test("every row says that it is of the demo, and of the thirty teams", () => {
  const codes = new Set(TEAMS.map(({ code }) => code));
  for (const name of Object.keys(league.rows)) {
    const rows = rowsOf(league, name);
    expect(rows).toHaveLength(league.rows[name as keyof typeof league.rows]);
    expect(rows.every(({ source, team }) => source === "demo" && (!team || codes.has(team)))).toBe(true);
  }
});
