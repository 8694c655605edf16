import { BackfillError, messageOf } from "../../errors.ts";
import type { Row } from "../../warehouse/warehouse.ts";
import { playerRows, teamRows } from "./box-score.ts";
import type { Answer } from "./client.ts";
import { type BoxScore, DocumentError, parseBoxScore, parsePlayByPlay, parseSchedule } from "./documents.ts";
import type { Feed } from "./feed.ts";
import { type KnownGame, ownRowOf } from "./known-games.ts";
import { isFinal, resultOf, scheduleRowOfBoxScore, scheduleRows, seasonOf } from "./schedule.ts";
import { type Selection, selectGames, withdrawnGames } from "./select-games.ts";
import { isComplete, shotRows } from "./shots.ts";

export interface Collected {
  /** Rows in our own layout, by raw table; `document` of each names what it was read from. */
  readonly rows: Readonly<Record<"schedule" | "player_boxscores" | "team_boxscores" | "shots", Row[]>>;
  /** Documents that gave no rows, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Those among them that should have. */
  readonly failed: number;
}

/** `done` of `games` are behind, `gameId` is about to be asked for; at the end there is none. */
export interface CollectProgress {
  readonly gameId: string | undefined;
  readonly done: number;
  readonly games: number;
}

/** After so many games in a row without an answer the feed is taken for down. */
const PATIENCE = 3;

/** A series that ends after four games takes three with it, and a round has eight: what lacks more is not whole. */
const MOST_WITHDRAWN = 24;

/**
 * Everything that the feed has of the games selected; a game's box score gives all its rows or none. Throws
 * `feed-unavailable` where the feed does not give its whole schedule, `input-invalid` where it has none that can be read.
 */
export async function collect(
  feed: Feed,
  known: readonly KnownGame[],
  selection: Selection,
  tell: (progress: CollectProgress) => void,
): Promise<Collected> {
  const collector = new Collector(feed, known);
  await collector.schedules();
  const games = collector.selected(selection);
  let silent = 0;
  for (const [done, gameId] of games.entries()) {
    if (silent === PATIENCE) {
      collector.giveUp(games.length - done);
      return collector.collected();
    }
    tell({ gameId, done, games: games.length });
    silent = (await collector.game(gameId)) ? 0 : silent + 1;
  }
  tell({ gameId: undefined, done: games.length, games: games.length });
  return collector.collected();
}

class Collector {
  readonly #feed: Feed;
  readonly #known: ReadonlyMap<string, KnownGame>;
  readonly #schedule = new Map<string, Row>();
  readonly #rows = {
    player_boxscores: [] as Row[],
    team_boxscores: [] as Row[],
    shots: [] as Row[],
  };
  readonly #skipped: { file: string; reason: string }[] = [];
  #failed = 0;

  constructor(feed: Feed, known: readonly KnownGame[]) {
    this.#feed = feed;
    this.#known = new Map(known.map((game) => [game.game_id, game]));
  }

  collected(): Collected {
    const rows = { schedule: [...this.#schedule.values()], ...this.#rows };
    return { rows, skipped: this.#skipped, failed: this.#failed };
  }

  giveUp(left: number): void {
    const games = left === 1 ? "1 game was" : `${left} games were`;
    const reason = `${PATIENCE} games in a row failed, so ${games} not asked for: the same command goes on from here later`;
    this.#skip("nba-cdn", reason, true);
  }

  async schedules(): Promise<void> {
    const seasons = new Set<number>();
    for (const { name, answer } of await this.#feed.schedules()) {
      const file = name.slice(name.lastIndexOf("/") + 1);
      const schedule = this.#read(file, answer, parseSchedule);
      const rows = schedule && this.#read(file, answer, () => scheduleRows(schedule));
      if (!rows) {
        const code = !answered(answer, true) && this.#feed.live ? "feed-unavailable" : "input-invalid";
        throw new BackfillError(code, `${name}: ${this.#skipped.at(-1)!.reason}`);
      }
      seasons.add(seasonOf(schedule));
      for (const row of rows) this.#schedule.set(String(row.game_id), from(file, row));
    }
    if (!this.#feed.live) return;
    const withdrawn = withdrawnGames(this.#known.values(), this.#schedule, seasons, "nba-cdn");
    if (withdrawn.length > (this.#schedule.size === 0 ? 0 : MOST_WITHDRAWN)) {
      const lacks = `lacks ${withdrawn.length} games that the warehouse has from it as scheduled`;
      throw new BackfillError(
        "feed-unavailable",
        `the feed's schedule is not whole: it ${lacks}; nothing was loaded`,
      );
    }
    for (const row of withdrawn) {
      this.#schedule.set(String(row.game_id), from("scheduleLeagueV2.json", row));
    }
  }

  selected(selection: Selection): string[] {
    return selectGames(this.#feed.games, this.#known, this.#schedule, selection);
  }

  /** False where the feed did not answer. */
  async game(gameId: string): Promise<boolean> {
    const file = `boxscore_${gameId}.json`;
    const answer = await this.#feed.boxScore(gameId);
    const over = (this.#schedule.get(gameId) ?? this.#known.get(gameId))?.status === "final";
    const box = this.#read(
      file,
      answer,
      (json) => {
        const parsed = parseBoxScore(json, gameId);
        return { parsed, players: playerRows(parsed), teams: teamRows(parsed) };
      },
      over,
    );
    if (!box) return answered(answer, over);
    if (!isFinal(box.parsed)) {
      this.#skip(file, `not final yet${over ? contradicted : ""}`, over);
      return true;
    }
    this.#addResult(file, box.parsed);
    this.#rows.player_boxscores.push(...box.players.map((row) => from(file, row)));
    this.#rows.team_boxscores.push(...box.teams.map((row) => from(file, row)));
    return this.#shots(gameId, box.parsed.gameEt.slice(0, 10));
  }

  /** The result that the box score gives a game, also where the schedules lag behind. */
  #addResult(file: string, box: BoxScore): void {
    const listed = this.#schedule.get(box.gameId);
    const known = this.#known.get(box.gameId);
    if (listed) this.#schedule.set(box.gameId, { ...listed, ...resultOf(box) });
    else if (known?.status !== "final") {
      const row = known ? { ...ownRowOf(known), ...resultOf(box) } : scheduleRowOfBoxScore(box);
      this.#schedule.set(box.gameId, from(file, row));
    }
  }

  async #shots(gameId: string, gameDate: string): Promise<boolean> {
    const file = `playbyplay_${gameId}.json`;
    const answer = await this.#feed.playByPlay(gameId);
    const convert = (json: unknown) => {
      const parsed = parsePlayByPlay(json, gameId);
      if (!isComplete(parsed)) throw new DocumentError("ends before the game does");
      return shotRows(parsed, gameDate);
    };
    const shots = this.#read(file, answer, convert, this.#feed.live) ?? [];
    this.#rows.shots.push(...shots.map((row) => from(file, row)));
    return answered(answer, true);
  }

  #skip(file: string, reason: string, failed: boolean): void {
    this.#skipped.push({ file, reason });
    if (failed) this.#failed += 1;
  }

  /** Undefined where the document gives nothing; `due` says that its absence is a fault. */
  #read<T>(file: string, answer: Answer, convert: (json: unknown) => T, due = false): T | undefined {
    if ("absent" in answer) this.#skip(file, `${answer.absent}${due ? contradicted : ""}`, due);
    else if ("failed" in answer) this.#skip(file, answer.failed, true);
    else {
      try {
        return convert(answer.json);
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
        this.#skip(file, messageOf(error), true);
      }
    }
    return undefined;
  }
}

/** False where the feed did not answer, or refused what it must have. */
function answered(answer: Answer, due: boolean): boolean {
  return !("failed" in answer || ("refused" in answer && due));
}

const contradicted = ", but the game is over";

function from(file: string, row: Row): Row {
  return { ...row, document: `nba-cdn/${file}` };
}
