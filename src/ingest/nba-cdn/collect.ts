import type { GameDate } from "../../dates.ts";
import { BackfillError, messageOf } from "../../errors.ts";
import type { Row } from "../../warehouse/warehouse.ts";
import { playerRows, teamRows } from "./box-score.ts";
import type { Answer } from "./client.ts";
import { DocumentError, parseBoxScore, parsePlayByPlay, parseSchedule } from "./documents.ts";
import type { Feed } from "./feed.ts";
import { isFinal, isOfficial, resultOf, scheduleRowOfBoxScore, scheduleRows } from "./schedule.ts";
import { isComplete, shotRows } from "./shots.ts";

/** A game of the warehouse's schedule. */
export interface KnownGame extends Row {
  readonly game_id: string;
  readonly game_date: string;
  /** Final, with box scores and shots. */
  readonly whole: boolean;
}

export interface Selection {
  readonly startDate?: GameDate | undefined;
  readonly endDate?: GameDate | undefined;
  readonly all?: boolean | undefined;
  readonly today: GameDate;
}

export interface Collected {
  /** Rows in our own layout, by raw table. */
  readonly rows: Readonly<Record<"schedule" | "player_boxscores" | "team_boxscores" | "shots", Row[]>>;
  /** Documents that gave no rows, with the reason. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Those among them that should have. */
  readonly failed: number;
}

/** After so many games in a row without an answer the feed is taken for down. */
const patience = 3;

/** Everything that the feed has of the games selected; a game's box score gives all its rows or none. */
export async function collect(
  feed: Feed,
  known: readonly KnownGame[],
  selection: Selection,
  tell: (message: string) => void,
): Promise<Collected> {
  const collector = new Collector(feed, known);
  await collector.schedules();
  const games = collector.selected(selection);
  let silent = 0;
  for (const [index, gameId] of games.entries()) {
    if (silent === patience) {
      collector.skip("nba-cdn", `does not answer: ${games.length - index} games not asked for`, true);
      break;
    }
    tell(`game ${index + 1} of ${games.length}: ${gameId}`);
    silent = (await collector.game(gameId)) ? 0 : silent + 1;
  }
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

  skip(file: string, reason: string, failed: boolean): void {
    this.#skipped.push({ file, reason });
    if (failed) this.#failed += 1;
  }

  /** Without the schedule that it asked for, the feed is of no use. */
  async schedules(): Promise<void> {
    for (const { name, answer } of await this.#feed.schedules()) {
      const schedule = this.#read(name, answer, (json) => scheduleRows(parseSchedule(json)));
      if (!schedule) {
        throw new BackfillError("input-invalid", `${name}: ${this.#skipped.at(-1)!.reason}`);
      }
      for (const row of schedule) this.#schedule.set(String(row.game_id), row);
    }
  }

  /** Official games up to today in the range, of the feed's schedules, the warehouse's and the folder's. */
  selected({ startDate, endDate, all, today }: Selection): string[] {
    const dates = new Map<string, string | undefined>(this.#feed.games?.map((id) => [id, undefined]));
    for (const { game_id, game_date } of [...this.#known.values(), ...this.#schedule.values()]) {
      if (!this.#feed.games || dates.has(String(game_id))) dates.set(String(game_id), String(game_date));
    }
    return [...dates]
      .filter(([gameId]) => isOfficial(gameId) && (all || !this.#known.get(gameId)?.whole))
      .filter(([, date = today]) => date <= (endDate ?? today) && date <= today && date >= (startDate ?? ""))
      .sort(([, a = ""], [, b = ""]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([gameId]) => gameId);
  }

  /** False where the feed did not answer. */
  async game(gameId: string): Promise<boolean> {
    const file = `boxscore_${gameId}.json`;
    const answer = await this.#feed.boxScore(gameId);
    const box = this.#read(file, answer, (json) => {
      const parsed = parseBoxScore(json, gameId);
      return { parsed, players: playerRows(parsed), teams: teamRows(parsed) };
    });
    if (!box) return !("failed" in answer);
    if (!isFinal(box.parsed)) {
      this.skip(file, "not final yet", false);
      return true;
    }
    const listed = this.#schedule.get(gameId);
    if (listed) this.#schedule.set(gameId, { ...listed, ...resultOf(box.parsed) });
    else if (!this.#known.has(gameId)) this.#schedule.set(gameId, scheduleRowOfBoxScore(box.parsed));
    this.#rows.player_boxscores.push(...box.players);
    this.#rows.team_boxscores.push(...box.teams);
    return this.#shots(gameId, box.parsed.gameEt.slice(0, 10));
  }

  async #shots(gameId: string, gameDate: string): Promise<boolean> {
    const file = `playbyplay_${gameId}.json`;
    const answer = await this.#feed.playByPlay(gameId);
    const shots = this.#read(file, answer, (json) => {
      const parsed = parsePlayByPlay(json, gameId);
      if (!isComplete(parsed)) throw new DocumentError("ends before the game does");
      return shotRows(parsed, gameDate);
    });
    this.#rows.shots.push(...(shots ?? []));
    return !("failed" in answer);
  }

  #read<T>(file: string, answer: Answer, convert: (json: unknown) => T): T | undefined {
    if ("absent" in answer) this.skip(file, answer.absent, false);
    else if ("failed" in answer) this.skip(file, answer.failed, true);
    else {
      try {
        return convert(answer.json);
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
        this.skip(file, messageOf(error), true);
      }
    }
    return undefined;
  }
}
