import { z } from "zod";
import { messageOf } from "../../errors.ts";

// Only what is read of each document; cdn.nba.com adds fields from season to season.

const side = z.object({
  teamId: z.number(),
  teamTricode: z.string().nullable(),
  score: z.number().nullish(),
});

const scheduleDocument = z.object({
  leagueSchedule: z.object({
    seasonYear: z.string(),
    gameDates: z.array(
      z.object({
        games: z.array(
          z.object({
            gameId: z.string(),
            gameStatus: z.number(),
            gameStatusText: z.string(),
            gameDateEst: z.string(),
            gameDateTimeUTC: z.string(),
            arenaName: z.string().nullish(),
            isNeutral: z.boolean().nullish(),
            homeTeam: side,
            awayTeam: side,
          }),
        ),
      }),
    ),
  }),
});

/** The line that players and teams share. */
const counts = z.object({
  fieldGoalsMade: z.number(),
  fieldGoalsAttempted: z.number(),
  threePointersMade: z.number(),
  threePointersAttempted: z.number(),
  freeThrowsMade: z.number(),
  freeThrowsAttempted: z.number(),
  reboundsOffensive: z.number(),
  reboundsDefensive: z.number(),
  assists: z.number(),
  steals: z.number(),
  blocks: z.number(),
  foulsPersonal: z.number(),
  points: z.number(),
  minutes: z.string(),
});

const boxTeam = side.extend({
  teamTricode: z.string(),
  score: z.number(),
  periods: z.array(z.object({ period: z.number(), score: z.number() })),
  players: z.array(
    z.object({
      status: z.enum(["ACTIVE", "INACTIVE"]),
      personId: z.number(),
      name: z.string(),
      starter: z.enum(["0", "1"]),
      played: z.enum(["0", "1"]),
      notPlayingReason: z.string().optional(),
      notPlayingDescription: z.string().optional(),
      statistics: counts.extend({ turnovers: z.number(), plusMinusPoints: z.number() }),
    }),
  ),
  statistics: counts.extend({
    turnoversTotal: z.number(),
    /** Since 2025-26. */
    teamFieldGoalAttempts: z.number().optional(),
  }),
});

const boxScoreDocument = z.object({
  game: z.object({
    gameId: z.string(),
    gameStatus: z.number(),
    gameEt: z.string(),
    gameTimeUTC: z.string(),
    arena: z.object({ arenaName: z.string().nullish() }),
    homeTeam: boxTeam,
    awayTeam: boxTeam,
  }),
});

const fieldGoal = z.object({
  actionNumber: z.number(),
  actionType: z.enum(["2pt", "3pt"]),
  isFieldGoal: z.literal(1),
  period: z.number(),
  clock: z.string(),
  personId: z.number(),
  teamTricode: z.string(),
  shotResult: z.enum(["Made", "Missed"]),
  /** Not in the seasons before the zones were published. */
  area: z.string().optional(),
  shotDistance: z.number().nullish(),
  xLegacy: z.number().nullish(),
  yLegacy: z.number().nullish(),
  assistPersonId: z.number().optional(),
  blockPersonId: z.number().optional(),
});

const playByPlayDocument = z.object({
  game: z.object({
    gameId: z.string(),
    actions: z.array(
      z.union([
        fieldGoal,
        z.object({
          actionType: z.string(),
          subType: z.string().optional(),
          isFieldGoal: z.literal(0).optional(),
        }),
      ]),
    ),
  }),
});

export type Schedule = z.infer<typeof scheduleDocument>["leagueSchedule"];
export type BoxScore = z.infer<typeof boxScoreDocument>["game"];
export type BoxTeam = z.infer<typeof boxTeam>;
export type Counts = z.infer<typeof counts>;
export type FieldGoal = z.infer<typeof fieldGoal>;
export type PlayByPlay = z.infer<typeof playByPlayDocument>["game"];

/** A document that is not what its name promises; the message says where. */
export class DocumentError extends Error {}

export function parseSchedule(json: unknown): Schedule {
  return parsed(scheduleDocument, json).leagueSchedule;
}

/** The box score of that game and no other. */
export function parseBoxScore(json: unknown, gameId: string): BoxScore {
  return ofGame(parsed(boxScoreDocument, json).game, gameId);
}

export function parsePlayByPlay(json: unknown, gameId: string): PlayByPlay {
  return ofGame(parsed(playByPlayDocument, json).game, gameId);
}

function parsed<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new DocumentError(`${issue.path.join(".") || "the document"}: ${messageOf(issue.message)}`);
}

function ofGame<Game extends { gameId: string }>(game: Game, gameId: string): Game {
  if (game.gameId !== gameId) throw new DocumentError(`holds game ${game.gameId}`);
  return game;
}
