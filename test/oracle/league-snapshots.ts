import { addDays, type GameDate } from "../../src/dates.ts";
import type { Chance } from "./chance.ts";
import type {
  GameLine,
  InjuryRow,
  Player,
  PlayerBox,
  PlayerProp,
  Raw,
  RosterRow,
  ScheduledGame,
} from "./raw.ts";

const BOOKS = ["alpha", "beta", "gamma", "delta"] as const;

/** Lines, props, injuries and rosters before, at and after the cut-offs of the league's games. */
export function snapshotsOf(
  teams: readonly string[],
  schedule: readonly ScheduledGame[],
  boxes: readonly PlayerBox[],
  chance: Chance,
): Pick<Raw, "game_lines" | "player_props" | "injury_reports" | "rosters" | "players"> {
  const ids = [...new Set(boxes.map((box) => box.player_id))].sort();
  return {
    game_lines: schedule.flatMap((game) => linesOf(game, chance)),
    player_props: schedule.flatMap((game) =>
      boxes
        .filter((box) => box.game_id === game.game_id && Number(box.player_id) % 3 !== 0)
        .flatMap((box) => propsOf(game, box, chance))
        .concat(chance.of(0.5) ? propsOf(game, stranger(game, chance), chance) : []),
    ),
    injury_reports: schedule.flatMap((game) => injuriesOf(teams, game, ids, chance)),
    rosters: rostersOf(teams, schedule, ids, chance),
    players: ids.filter((id) => Number(id) % 4 !== 0).map((id) => personOf(id, chance)),
  };
}

/** Instants around a cut-off: two before it, the cut-off itself, and one after. */
function stampsOf(game: ScheduledGame): string[] {
  const cutoff = Date.parse(game.asof_cutoff_at);
  return [-7_200_000, -1000, 0, 3_600_000].map((offset) => new Date(cutoff + offset).toISOString());
}

function linesOf(game: ScheduledGame, chance: Chance): GameLine[] {
  const lines: GameLine[] = [];
  for (const bookmaker of BOOKS) {
    if (chance.of(0.3)) continue;
    for (const stamp of [...stampsOf(game), null]) {
      if (chance.of(0.3)) continue;
      const spread = chance.between(-20, 20) / 2;
      const total = chance.between(400, 460) / 2;
      const line = (market: string, side: string, point: number | null, price: number) =>
        lines.push({
          game_id: game.game_id,
          game_date: game.game_date,
          bookmaker,
          market,
          side,
          snapshot_key: stamp === null ? "unknown" : `${stamp.slice(0, 19)}Z`,
          snapshot_at: stamp,
          snapshot_kind: stamp === null ? "closing_unknown_time" : "timed",
          point,
          price,
        });
      line("spread", "home", spread, 1.91);
      line("spread", "away", -spread, 1.91);
      line("total", "over", total, 1.9);
      line("total", "under", total, 1.9);
      line("moneyline", "home", null, 1 + chance.between(1, 300) / 100);
      line("moneyline", "away", null, 1 + chance.between(1, 300) / 100);
    }
  }
  return lines;
}

/** Somebody without a box score, known by name alone. */
function stranger(game: ScheduledGame, chance: Chance) {
  return { player_id: `name:stranger${chance.between(1, 3)}`, team: game.away_team };
}

function propsOf(
  game: ScheduledGame,
  box: Pick<PlayerBox, "player_id" | "team">,
  chance: Chance,
): PlayerProp[] {
  const props: PlayerProp[] = [];
  for (const bookmaker of BOOKS) {
    if (chance.of(0.5)) continue;
    for (const stamp of [...stampsOf(game), null]) {
      if (chance.of(0.4)) continue;
      const prop = {
        game_id: game.game_id,
        game_date: game.game_date,
        player_id: box.player_id,
        player_name: `Player ${box.player_id}`,
        bookmaker,
        market: chance.of(0.9) ? "points" : "threes",
        snapshot_key: stamp === null ? "unknown" : `${stamp.slice(0, 19)}Z`,
        snapshot_at: stamp,
        snapshot_kind: stamp === null ? "closing_unknown_time" : "timed",
        team: chance.of(0.3) ? null : box.team,
        line: chance.between(10, 50) / 2,
        over_price: chance.of(0.1) ? null : 1 + chance.between(50, 150) / 100,
        under_price: 1 + chance.between(50, 150) / 100,
      };
      props.push(prop);
    }
  }
  return props;
}

function injuriesOf(
  teams: readonly string[],
  game: ScheduledGame,
  ids: readonly string[],
  chance: Chance,
): InjuryRow[] {
  if (game.season_year === 2021 || chance.of(0.1)) return [];
  const rows: InjuryRow[] = [];
  for (const [number, team] of teams.entries()) {
    if (team !== game.home_team && team !== game.away_team) continue;
    for (const stamp of stampsOf(game)) {
      if (chance.of(0.3)) continue;
      const row = (player_id: string, status: string) =>
        rows.push({
          game_date: game.game_date,
          team,
          player_id,
          player_name: null,
          reported_at: stamp,
          status,
          reason_category: chance.pick(["injury", "injury", "rest", "g_league"]),
        });
      if (chance.of(0.1)) row("", "not_submitted");
      else {
        for (const id of ids) {
          const own = id.startsWith(String(number)) || id === `${(number + 2) % teams.length}04`;
          if (own && chance.of(0.3)) {
            row(id, chance.pick(["out", "doubtful", "questionable", "probable", "available"]));
          }
        }
      }
    }
  }
  return rows;
}

/** Each team's roster now and then; the first player of the next team stands on some of them too. */
function rostersOf(
  teams: readonly string[],
  schedule: readonly ScheduledGame[],
  ids: readonly string[],
  chance: Chance,
): RosterRow[] {
  const rows: RosterRow[] = [];
  const seen = new Set<GameDate>();
  for (const { game_date } of schedule) {
    if (seen.has(game_date) || chance.of(0.6)) continue;
    seen.add(game_date);
    for (const [number, team] of teams.entries()) {
      if (chance.of(0.4)) continue;
      const next = (number + 1) % teams.length;
      const time = chance.pick(["15:00:00", "17:30:00", "23:45:00"]);
      for (const id of [...ids, `${number}09`]) {
        if (!id.startsWith(String(number)) && !(id === `${next}00` && chance.of(0.3))) continue;
        rows.push({
          team,
          player_id: id,
          player_name: `Player ${id}`,
          as_of_at: `${addDays(game_date, -1)}T${time}.000Z`,
          as_of_date: addDays(game_date, -1),
        });
      }
    }
  }
  return rows;
}

function personOf(id: string, chance: Chance): Player {
  const year = chance.between(1984, 2003);
  const month = String(chance.between(1, 12)).padStart(2, "0");
  const birth = `${year}-${month}-${String(chance.between(1, 28)).padStart(2, "0")}` as GameDate;
  return { player_id: id, player_name: `P. ${id}`, birth_date: chance.of(0.9) ? birth : null };
}
