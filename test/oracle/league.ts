import { addDays, type GameDate } from "../../src/dates.ts";
import { type Chance, chanceFrom } from "./chance.ts";
import { snapshotsOf } from "./league-snapshots.ts";
import type { Arena, PlayerBox, Raw, ScheduledGame, Shot, TeamBox } from "./raw.ts";

const TEAMS = ["ATL", "BOS", "CHI", "DEN", "MIA", "PHX"];
const PLAYERS_PER_TEAM = 9;

/**
 * Six teams in two short seasons with everything that goes wrong: trades, overtime, missing and broken box scores,
 * missing and partial shots, weak zone methods, postponed games, neutral sites, snapshots around the cut-off.
 * Not basketball: its rates mean nothing, which tests formulas all the better.
 */
export function leagueOf(seed: number): Raw {
  const chance = chanceFrom(seed);
  const schedule = scheduleOf(chance);
  const boxes: PlayerBox[] = [];
  const teamBoxes: TeamBox[] = [];
  const shots: Shot[] = [];
  for (const game of schedule) {
    if (game.status !== "final") continue;
    const overtimes = chance.of(0.2) ? chance.between(1, 2) : 0;
    const played = [game.home_team, game.away_team].map((team) => boxesOf(game, team, overtimes, chance));
    const [home, away] = played as [Played, Played];
    if (home.team.pts === away.team.pts) addFreeThrow(home);
    game.home_score = home.team.pts;
    game.away_score = away.team.pts;
    const taken = shotsOf(game, played, chance);
    if (chance.of(0.85)) shots.push(...taken);
    if (chance.of(0.98)) teamBoxes.push(home.team);
    if (chance.of(0.98)) teamBoxes.push(away.team);
    if (chance.of(0.96)) boxes.push(...home.players);
    if (chance.of(0.96)) boxes.push(...away.players);
  }
  // Points that do not add up to the score: the game is set aside.
  boxes.findLast((box) => box.seconds > 0)!.pts! += 2;
  return {
    schedule,
    player_boxscores: boxes,
    team_boxscores: teamBoxes,
    shots,
    shot_coverage: schedule
      .filter((game) => shots.some((shot) => shot.game_id === game.game_id))
      .map((game) =>
        coverageOf(
          game,
          shots.filter((shot) => shot.game_id === game.game_id),
        ),
      ),
    ...snapshotsOf(TEAMS, schedule, boxes, chance),
    arenas: arenas(),
  };
}

function scheduleOf(chance: Chance): ScheduledGame[] {
  const games: ScheduledGame[] = [];
  const seasons = [
    { season: 2021, start: "2021-11-20" as GameDate, dates: 16 },
    { season: 2022, start: "2022-10-20" as GameDate, dates: 40 },
  ];
  for (const { season, start, dates } of seasons) {
    let date = start;
    for (let i = 0; i < dates; i++) {
      const left = dates - i;
      const type = left <= 4 ? "playoffs" : left === 5 ? "play_in" : i === 8 ? "cup_final" : "regular";
      const order = type === "playoffs" ? TEAMS : shuffled(TEAMS, chance);
      for (let pair = 0; pair < (chance.of(0.3) ? 2 : 3); pair++) {
        games.push(
          gameOf(games.length + 1, season, i === 12 ? "preseason" : type, date, order, pair, chance),
        );
      }
      date = addDays(date, chance.pick([1, 1, 2, 2, 3, 5]));
    }
  }
  return games;
}

function shuffled(teams: readonly string[], chance: Chance): string[] {
  const left = [...teams];
  return teams.map(() => left.splice(chance.between(0, left.length - 1), 1)[0]!);
}

function gameOf(
  number: number,
  season: number,
  type: string,
  date: GameDate,
  order: readonly string[],
  pair: number,
  chance: Chance,
): ScheduledGame {
  const home = order[2 * pair]!;
  const neutral = chance.of(0.1);
  return {
    game_id: `00${season}${String(number).padStart(4, "0")}`,
    season_year: season,
    season_type: type,
    game_date: date,
    asof_cutoff_at: `${date}T${chance.between(19, 23)}:30:00.000Z`,
    home_team: home,
    away_team: order[2 * pair + 1]!,
    neutral_site: neutral,
    status: chance.pick([...Array(30).fill("final"), "scheduled", "postponed", "cancelled"]),
    home_score: null,
    away_score: null,
    arena_id: chance.of(0.6)
      ? null
      : chance.pick([
          `${home}_home`,
          `${home}_home`,
          `${home}_home`,
          `${home}_old_home`,
          "far_site",
          "unheard_of",
        ]),
  };
}

interface Played {
  readonly team: TeamBox;
  readonly players: PlayerBox[];
}

function boxesOf(game: ScheduledGame, team: string, overtimes: number, chance: Chance): Played {
  const number = TEAMS.indexOf(team);
  const nextTeam = (number + 1) % TEAMS.length;
  const traded = game.game_date >= "2022-11-15";
  const players: PlayerBox[] = [];
  for (let i = 0; i < PLAYERS_PER_TEAM; i++) {
    // From that date on, the last player of each team plays for the one before it.
    const home = traded && i === PLAYERS_PER_TEAM - 1 ? nextTeam : number;
    if (i >= 5 && chance.of(0.15)) continue;
    // Gone for longer than ten games: a regular, and somebody at the end of the bench.
    if ((i === 1 || i === 7) && game.game_date >= "2022-11-05" && game.game_date < "2022-12-15") continue;
    players.push(playerBox(game, team, `${home}0${i}`, i, chance));
  }
  const sum = (stat: (box: PlayerBox) => number | null) =>
    players.reduce((total, box) => total + (box.status === "active" ? (stat(box) ?? 0) : 0), 0);
  return {
    players,
    team: {
      game_id: game.game_id,
      team,
      game_date: game.game_date,
      minutes: chance.of(0.05) ? null : 240 + 25 * overtimes,
      team_fga: chance.of(0.2) ? 1 : null,
      fgm: sum((box) => box.fgm),
      fga: sum((box) => box.fga),
      fg3m: sum((box) => box.fg3m),
      fg3a: sum((box) => box.fg3a),
      ftm: sum((box) => box.ftm),
      fta: sum((box) => box.fta),
      oreb: sum((box) => box.oreb),
      dreb: sum((box) => box.dreb),
      ast: sum((box) => box.ast),
      stl: sum((box) => box.stl),
      blk: sum((box) => box.blk),
      tov: sum((box) => box.tov) + chance.between(0, 2),
      pf: sum((box) => box.pf),
      pts: sum((box) => box.pts),
    },
  };
}

function playerBox(game: ScheduledGame, team: string, id: string, rank: number, chance: Chance): PlayerBox {
  const lists = game.season_year === 2022 && Number(game.game_id) % 3 !== 0;
  const active = rank < 5 ? chance.of(0.95) : chance.of(0.7);
  const seconds = active && chance.of(0.97) ? chance.between(30, 2600 - 200 * rank) : 0;
  const played = seconds > 0;
  const count = (high: number) => (played ? chance.between(0, high) : active || chance.of(0.5) ? 0 : null);
  const fg3a = count(rank < 3 ? 12 : 6);
  const fg3m = played ? chance.between(0, fg3a!) : fg3a;
  const twos = count(rank < 3 ? 16 : 10);
  const twosMade = played ? chance.between(0, twos!) : twos;
  const fta = count(6);
  const ftm = played ? chance.between(0, fta!) : fta;
  const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  const fgm = plus(twosMade, fg3m);
  // On the floor for less than a second, long enough to foul.
  const fouled = active && !played && chance.of(0.3);
  return {
    game_id: game.game_id,
    player_id: id,
    game_date: game.game_date,
    player_name: `Player ${id}`,
    team,
    starter: game.season_year === 2021 || chance.of(0.1) ? null : chance.of(rank < 5 ? 0.8 : 0.3),
    status: active ? "active" : chance.pick(["dnp", "inactive"]),
    dnp_reason: active ? null : "Coach's decision",
    lists_nonplayers: lists,
    seconds,
    fgm,
    fga: plus(twos, fg3a),
    fg3m,
    fg3a,
    ftm,
    fta,
    oreb: count(3),
    dreb: count(7),
    ast: count(8),
    stl: count(3),
    blk: count(2),
    tov: count(4),
    pf: fouled ? 1 : count(6),
    pts: plus(plus(fgm, fgm), plus(fg3m, ftm)),
    plus_minus: played ? chance.between(-20, 20) : null,
  };
}

function addFreeThrow(side: Played): void {
  const box = side.players.find((player) => player.seconds > 0)!;
  for (const row of [box, side.team]) {
    row.ftm = row.ftm! + 1;
    row.fta = row.fta! + 1;
    row.pts = row.pts! + 1;
  }
}

/** A shot per attempt; now and then up to four of them are lost. */
function shotsOf(game: ScheduledGame, sides: readonly Played[], chance: Chance): Shot[] {
  const method = chance.pick(["official", "official", "official", "xy", "distance"]);
  const shots: Shot[] = [];
  for (const { players } of sides) {
    const others = (own: PlayerBox) => players.find((box) => box !== own)!.player_id;
    for (const box of players) {
      if (box.seconds === 0) continue;
      const take = (zone: string, made: boolean) => {
        const shot = {
          game_id: game.game_id,
          event_id: shots.length + 1 + 1000 * sides.findIndex((side) => side.players === players),
          game_date: game.game_date,
          player_id: box.player_id,
          team: box.team,
          made,
          shot_value: zone === "three" ? 3 : 2,
          zone,
          zone_method: chance.of(0.95) ? method : "official",
          assist_player_id: made && Number(game.game_id) % 4 !== 0 && chance.of(0.6) ? others(box) : null,
          block_player_id: !made && Number(game.game_id) % 5 !== 0 && chance.of(0.2) ? "999" : null,
        };
        shots.push(shot);
      };
      for (let i = 0; i < box.fg3a!; i++) take("three", i < box.fg3m!);
      const twos = box.fga! - box.fg3a!;
      for (let i = 0; i < twos; i++)
        take(chance.pick(["paint", "paint", "mid_range"]), i < box.fgm! - box.fg3m!);
    }
  }
  return chance.of(0.2) ? shots.slice(chance.pick([1, 2, 3, 4])) : shots;
}

/** What ingest derives from the shots of a game. */
function coverageOf(game: ScheduledGame, taken: readonly Shot[]) {
  const methods = taken.map((shot) => shot.zone_method);
  return {
    game_id: game.game_id,
    game_date: game.game_date,
    home_shots: taken.filter((shot) => shot.team === game.home_team).length,
    away_shots: taken.filter((shot) => shot.team === game.away_team).length,
    has_assists: Number(game.game_id) % 4 !== 0,
    has_blocks: Number(game.game_id) % 5 !== 0,
    zone_method: methods.includes("distance") ? "distance" : methods.includes("xy") ? "xy" : "official",
  };
}

function arenas(): Arena[] {
  const places = [
    [33.757, -84.396, "America/New_York", 1050],
    [42.366, -71.062, "America/New_York", 20],
    [41.881, -87.674, "America/Chicago", 594],
    [39.749, -105.008, "America/Denver", 5280],
    [25.781, -80.187, "America/New_York", 10],
    [33.446, -112.071, "America/Phoenix", 1086],
    [48.838, 2.378, "Europe/Paris", 115],
  ] as const;
  const arenas: Arena[] = places.map(([latitude, longitude, time_zone, altitude_feet], i) => ({
    arena_id: i < TEAMS.length ? `${TEAMS[i]}_home` : "far_site",
    team: TEAMS[i] ?? "",
    role: i < TEAMS.length ? "home" : "site",
    first_season_year: TEAMS[i] === "MIA" ? 2022 : null,
    last_season_year: null,
    latitude,
    longitude,
    time_zone,
    altitude_feet,
  }));
  // One team moved between the seasons, and another plays some home games in a second city.
  const old = arenas.find((arena) => arena.team === "MIA")!;
  const second = { arena_id: "far_site", team: "PHX", role: "second_home" };
  return [
    ...arenas,
    { ...old, arena_id: "MIA_old_home", latitude: 26.7, first_season_year: null, last_season_year: 2021 },
    { ...arenas.at(-1)!, ...second },
  ];
}
