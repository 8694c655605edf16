import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { BackfillError, messageOf } from "../../errors.ts";
import type { Answer, FeedClient } from "./client.ts";
import { parseBoxScore, parsePlayByPlay } from "./documents.ts";
import { isFinal } from "./schedule.ts";
import { isComplete } from "./shots.ts";

/** Where the documents come from: the network or a folder. */
export interface Feed {
  /** It says how things stand now: a finished game's document that it lacks is missing, a game its schedule lacks is off. */
  readonly live: boolean;
  /** The season schedules that there are. */
  schedules(): Promise<readonly { readonly name: string; readonly answer: Answer }[]>;
  boxScore(gameId: string): Promise<Answer>;
  playByPlay(gameId: string): Promise<Answer>;
  /** Games that have a box score here, where that can be told without asking for each. */
  readonly games?: readonly string[];
}

/** cdn.nba.com, which serves the schedule of the current season only. */
export function networkFeed(client: FeedClient): Feed {
  const schedule = "staticData/scheduleLeagueV2.json";
  return {
    live: true,
    schedules: async () => [{ name: schedule, answer: await client.get(schedule) }],
    boxScore: (gameId) =>
      client.get(`liveData/boxscore/boxscore_${gameId}.json`, (json) =>
        holds(() => isFinal(parseBoxScore(json, gameId))),
      ),
    playByPlay: (gameId) =>
      client.get(`liveData/playbyplay/playbyplay_${gameId}.json`, (json) =>
        holds(() => isComplete(parsePlayByPlay(json, gameId))),
      ),
  };
}

/** Saved documents, by the names that the feed gives them; gzipped ones too. */
export function savedFeed(folder: string): Feed {
  const files = new Map(namesIn(folder).map((file) => [file.replace(/\.gz$/, ""), join(folder, file)]));
  const read = (name: string): Answer => {
    const path = files.get(name);
    if (path === undefined) return { absent: `not in ${folder}` };
    try {
      const bytes = readFileSync(path);
      return { json: JSON.parse((path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8")) };
    } catch (error) {
      return { failed: messageOf(error) };
    }
  };
  const named = (pattern: RegExp) => [...files.keys()].filter((name) => pattern.test(name)).sort();
  return {
    live: false,
    schedules: async () => named(/^scheduleLeagueV2.*\.json$/).map((name) => ({ name, answer: read(name) })),
    boxScore: async (gameId) => read(`boxscore_${gameId}.json`),
    playByPlay: async (gameId) => read(`playbyplay_${gameId}.json`),
    games: named(/^boxscore_\d{10}\.json$/).map((name) => name.slice("boxscore_".length, -".json".length)),
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new BackfillError("input-invalid", `cannot read folder ${folder}: ${messageOf(error)}`);
  }
}

function holds(condition: () => boolean): boolean {
  try {
    return condition();
  } catch {
    return false;
  }
}
