import { addDays, type GameDate } from "../../src/dates.ts";
import { type Chance, chanceFrom } from "../oracle/chance.ts";
import {
  COUNTING_STATS,
  type GameLine,
  type InjuryRow,
  type PlayerBox,
  type PlayerProp,
  type Raw,
  type RosterRow,
  type ScheduledGame,
} from "../oracle/raw.ts";

/**
 * The raw rows with everything changed, added and deleted that nobody could know before the games of D began: results
 * of D, snapshots at and after each cut-off and those of unknown time, and every row of a later date, fixtures
 * included. What was known beforehand stays as it is.
 */
export function tamper(raw: Raw, date: GameDate, seed: number): Raw {
  const chance = chanceFrom(seed);
  const cutoffs = new Cutoffs(raw.schedule, date);
  const early = <T extends { game_date: GameDate }>(rows: readonly T[]) =>
    rows.filter((row) => row.game_date < date);
  const boxes = laterBoxes(raw, date, chance);
  return {
    schedule: [...early(raw.schedule), ...laterSchedule(raw, date, chance)],
    player_boxscores: [...early(raw.player_boxscores), ...boxes],
    team_boxscores: [
      ...early(raw.team_boxscores),
      ...survivors(raw.team_boxscores, date, chance).map((row) => ({
        ...row,
        ...changedStats(chance),
        minutes: 265,
      })),
    ],
    shots: [
      ...early(raw.shots),
      ...survivors(raw.shots, date, chance).map((row) => ({ ...row, made: !row.made, zone: "paint" })),
    ],
    shot_coverage: [...early(raw.shot_coverage), ...survivors(raw.shot_coverage, date, chance)],
    game_lines: raw.game_lines.flatMap((line) => laterLine(line, cutoffs, chance)),
    player_props: [
      ...raw.player_props.flatMap((prop) => laterProp(prop, cutoffs, chance)),
      ...addedProps(raw, cutoffs),
    ],
    injury_reports: [
      ...raw.injury_reports.flatMap((report) => laterReport(report, cutoffs, chance)),
      ...addedReports(raw, cutoffs),
    ],
    rosters: [
      ...raw.rosters.filter((row) => cutoffs.knew(row.team, row.as_of_at)),
      ...addedRosters(boxes, cutoffs),
    ],
    players: raw.players,
    arenas: raw.arenas,
  };
}

/** When each game and each team stops being known beforehand, seen from D: a later date never was. */
class Cutoffs {
  readonly date: GameDate;
  readonly games: readonly ScheduledGame[];

  constructor(schedule: readonly ScheduledGame[], date: GameDate) {
    this.date = date;
    this.games = schedule.filter(
      (game) => game.game_date === date && !["postponed", "cancelled"].includes(game.status),
    );
  }

  /** Whether a snapshot of D that names this team was known before that team's game, or noon Eastern without one. */
  knew(team: string, at: string): boolean {
    const game = this.games.find(({ home_team, away_team }) => [home_team, away_team].includes(team));
    return at < (game?.asof_cutoff_at ?? `${this.date}T17:00:00.000Z`);
  }

  knewOfGame(gameId: string, at: string): boolean {
    const game = this.games.find(({ game_id }) => game_id === gameId);
    return game !== undefined && at < game.asof_cutoff_at;
  }
}

/** Rows of D and later that are left when some are deleted. */
function survivors<T extends { game_date: GameDate }>(
  rows: readonly T[],
  date: GameDate,
  chance: Chance,
): T[] {
  return rows.filter((row) => row.game_date >= date && chance.of(0.8));
}

function changedStats(chance: Chance) {
  const stats = Object.fromEntries(COUNTING_STATS.map((stat) => [stat, chance.between(5, 60)]));
  return stats as { [stat in (typeof COUNTING_STATS)[number]]: number };
}

function laterSchedule(raw: Raw, date: GameDate, chance: Chance): ScheduledGame[] {
  const result = (game: ScheduledGame): ScheduledGame => ({
    ...game,
    status: "final",
    home_score: chance.between(60, 99),
    away_score: chance.between(100, 140),
  });
  const open = (game: ScheduledGame): ScheduledGame => ({
    ...game,
    status: "scheduled",
    home_score: null,
    away_score: null,
  });
  const known = ["postponed", "cancelled"];
  const ofDate = raw.schedule.filter((game) => game.game_date === date);
  const later = raw.schedule.filter((game) => game.game_date > date && chance.of(0.7));
  const last = raw.schedule
    .map((game) => game.game_date)
    .sort()
    .at(-1)!;
  // Whether there is another game of a series tells how this one ended.
  const invented = ofDate.map((game, index) => ({
    ...game,
    game_id: `00499000${index}0`,
    game_date: addDays(last, 1),
    season_type: "playoffs",
    status: "final",
    home_score: 101,
    away_score: 99,
  }));
  return [
    ...ofDate.map((game, index) =>
      known.includes(game.status) ? game : index % 2 === 0 ? open(game) : result(game),
    ),
    ...later.map((game) => ({ ...result(game), home_team: game.away_team, away_team: game.home_team })),
    ...invented,
  ];
}

/** Changed lines, deleted ones, players who change teams overnight, and debutants. */
function laterBoxes(raw: Raw, date: GameDate, chance: Chance): PlayerBox[] {
  const kept = survivors(raw.player_boxscores, date, chance).map((box) => {
    const game = raw.schedule.find(({ game_id }) => game_id === box.game_id)!;
    const team = chance.of(0.2) ? (box.team === game.home_team ? game.away_team : game.home_team) : box.team;
    return {
      ...box,
      ...changedStats(chance),
      team,
      seconds: chance.between(0, 2800),
      status: "active",
      starter: chance.of(0.5),
    };
  });
  const debutants = kept
    .filter(() => chance.of(0.1))
    .map((box) => ({ ...box, player_id: `9${box.player_id}` }));
  return [...kept, ...debutants];
}

function laterLine(line: GameLine, cutoffs: Cutoffs, chance: Chance): GameLine[] {
  const known = line.snapshot_at !== null && cutoffs.knewOfGame(line.game_id, line.snapshot_at);
  if (line.game_date < cutoffs.date || known) return [line];
  if (chance.of(0.2)) return [];
  return [
    {
      ...line,
      point: line.point === null ? null : chance.between(-40, 250) / 2,
      price: 1.5 + chance.between(0, 9) / 10,
    },
  ];
}

function laterProp(prop: PlayerProp, cutoffs: Cutoffs, chance: Chance): PlayerProp[] {
  const { snapshot_at: at, team } = prop;
  const known =
    at !== null && (team === null ? cutoffs.knewOfGame(prop.game_id, at) : cutoffs.knew(team, at));
  if (prop.game_date < cutoffs.date || (prop.game_date === cutoffs.date && known)) return [prop];
  if (chance.of(0.2)) return [];
  return [{ ...prop, line: chance.between(1, 99) / 2, over_price: 1.9, under_price: 1.8 }];
}

/** A line at the very cut-off for everybody, half of them named as the home team's. */
function addedProps(raw: Raw, { games }: Cutoffs): PlayerProp[] {
  return games.flatMap((game) =>
    [...new Set(raw.player_boxscores.map((box) => box.player_id))].map((player_id) => ({
      game_id: game.game_id,
      game_date: game.game_date,
      player_id,
      player_name: null,
      bookmaker: "late",
      market: "points",
      snapshot_key: game.asof_cutoff_at,
      snapshot_at: game.asof_cutoff_at,
      snapshot_kind: "timed",
      team: Number(player_id) % 2 === 0 ? game.home_team : null,
      line: 41.5,
      over_price: 1.2,
      under_price: 4,
    })),
  );
}

function laterReport(report: InjuryRow, cutoffs: Cutoffs, chance: Chance): InjuryRow[] {
  if (report.game_date < cutoffs.date) return [report];
  if (report.game_date === cutoffs.date && cutoffs.knew(report.team, report.reported_at)) return [report];
  return chance.of(0.2) ? [] : [{ ...report, status: chance.pick(["out", "available", "questionable"]) }];
}

/** At the very cut-off of each team everybody is out. */
function addedReports(raw: Raw, { games }: Cutoffs): InjuryRow[] {
  return games.flatMap((game) =>
    [game.home_team, game.away_team].flatMap((team) =>
      [...new Set(raw.player_boxscores.filter((box) => box.team === team).map((box) => box.player_id))].map(
        (player_id) => ({
          game_date: game.game_date,
          team,
          player_id,
          player_name: null,
          reported_at: game.asof_cutoff_at,
          status: "out",
          reason_category: "injury",
        }),
      ),
    ),
  );
}

/** At the very cut-off of each team of D its roster is whoever plays for it later. */
function addedRosters(boxes: readonly PlayerBox[], { games, date }: Cutoffs): RosterRow[] {
  return games.flatMap((game) =>
    [game.home_team, game.away_team].flatMap((team) =>
      [...new Set(boxes.filter((box) => box.team === team).map((box) => box.player_id))].map((player_id) => ({
        team,
        player_id,
        player_name: null,
        as_of_at: game.asof_cutoff_at,
        as_of_date: date,
      })),
    ),
  );
}
