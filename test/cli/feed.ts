import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

export const FEED_GAMES = ["0022200990", "0022200991", "0022200992"];

/** A season schedule in the shape of cdn.nba.com: three games on dates of their own that nobody says are over. */
const schedule = JSON.stringify({
  leagueSchedule: {
    seasonYear: "2022-23",
    gameDates: ["2023-02-08", "2023-02-09", "2023-02-10"].map((date, index) => ({
      games: [
        {
          gameId: FEED_GAMES[index],
          gameStatus: 1,
          gameStatusText: "6:30 pm ET",
          gameDateEst: `${date}T00:00:00Z`,
          gameDateTimeUTC: `${date}T23:30:00Z`,
          homeTeam: { teamId: 1, teamTricode: "BOS", score: 101 },
          awayTeam: { teamId: 2, teamTricode: "LAL", score: 99 },
        },
      ],
    })),
  },
});

/** The schedule saved in a folder, with box scores that are cut off of these games. */
export function savedFeed(folder: string, broken: readonly string[] = []): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "scheduleLeagueV2.json"), schedule);
  for (const game of broken) writeFileSync(join(folder, `boxscore_${game}.json`), "{");
}

export interface FeedServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves the schedule and no box score. */
export async function feedServer(): Promise<FeedServer> {
  const server = createServer((request, response) => {
    if (request.url === "/staticData/scheduleLeagueV2.json")
      response.writeHead(200, { "content-type": "application/json" }).end(schedule);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
