import type { Answer } from "../../../src/ingest/nba-cdn/client.ts";
import type { Feed } from "../../../src/ingest/nba-cdn/feed.ts";

export interface TestFeed extends Feed {
  /** The documents of games asked for so far. */
  readonly asked: readonly string[];
}

/** A live feed of these documents, by the names that cdn.nba.com gives them; what is not here is not there. */
export function feedOf(documents: Readonly<Record<string, unknown>>): TestFeed {
  const asked: string[] = [];
  const read = (name: string): Answer =>
    name in documents ? { json: documents[name] } : { absent: "not there (HTTP 404)" };
  const ask = (name: string) => {
    asked.push(name);
    return read(name);
  };
  return {
    live: true,
    asked,
    schedules: async () => [{ name: "scheduleLeagueV2.json", answer: read("scheduleLeagueV2.json") }],
    boxScore: async (id) => ask(`boxscore_${id}.json`),
    playByPlay: async (id) => ask(`playbyplay_${id}.json`),
  };
}
