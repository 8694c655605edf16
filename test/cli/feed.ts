import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

/** A season schedule in the shape of cdn.nba.com: three games on dates of their own that nobody says are over. */
const schedule = JSON.stringify({
  leagueSchedule: {
    seasonYear: "2022-23",
    gameDates: ["2023-02-08", "2023-02-09", "2023-02-10"].map((date, index) => ({
      games: [
        {
          gameId: `002220099${index}`,
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

/** The schedule saved in a folder, with a box score that is cut off where `broken`. */
export function savedFeed(folder: string, broken = false): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "scheduleLeagueV2.json"), schedule);
  if (broken) writeFileSync(join(folder, "boxscore_0022200990.json"), "{");
}

export interface FeedServer {
  readonly url: string;
  /** The paths asked for so far. */
  readonly asked: string[];
  readonly firstAsked: Promise<void>;
  readonly close: () => Promise<void>;
}

/** Serves the schedule and no box score; a `hanging` one takes requests and never answers. */
export async function feedServer(hanging = false): Promise<FeedServer> {
  const asked: string[] = [];
  const { promise: firstAsked, resolve: isAsked } = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    isAsked();
    if (hanging) return;
    if (request.url?.endsWith("scheduleLeagueV2.json"))
      response.writeHead(200, { "content-type": "application/json" }).end(schedule);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    firstAsked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
