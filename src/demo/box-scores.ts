import type { DayStatus } from "./availability.ts";
import type { Fixture } from "./fixtures.ts";
import type { GameResult } from "./game.ts";
import type { Shot } from "./possession.ts";
import type { Random } from "./random.ts";
import { THREE, ZONES } from "./shot-location.ts";
import { COUNTS, type Side } from "./side.ts";
import type { Field, TableFiles } from "./table-files.ts";

/** What the source of a game leaves out, as real sources do. */
export interface Gaps {
  readonly starters: boolean;
  /** Who did not play is not listed. */
  readonly nonPlayers: boolean;
  readonly minutes: boolean;
  readonly overtimePeriods: boolean;
  readonly shots: "all" | "none" | "some" | "no_marks" | "no_zones" | "distance_only";
}

/** One game in sixteen has not all its shots as they should be. */
const shotGaps = [
  [0.012, "none"],
  [0.008, "some"],
  [0.015, "no_marks"],
  [0.015, "no_zones"],
  [0.01, "distance_only"],
] as const;

export function drawGaps(random: Random): Gaps {
  let roll = random.next();
  const shots = shotGaps.find(([share]) => {
    roll -= share;
    return roll < 0;
  });
  return {
    starters: random.chance(0.01),
    nonPlayers: random.chance(0.015),
    minutes: random.chance(0.01),
    overtimePeriods: random.chance(0.05),
    shots: shots?.[1] ?? "all",
  };
}

/** A row for everybody who is listed: those who played, those who sat, and those who were not dressed. */
export function writePlayers(
  files: TableFiles,
  fixture: Fixture,
  side: Side,
  statuses: readonly DayStatus[],
  gaps: Gaps,
): void {
  const lines = new Map(side.lines.map((line) => [line.player, line]));
  for (const { player, absence } of statuses) {
    const line = lines.get(player);
    // Whoever is away with the G League team is listed only now and then; a fourteenth man ready to play is inactive.
    if (absence?.category === "g_league" && Number(player.id) % 2 === 0) continue;
    const head = [fixture.gameId, fixture.date, player.id, player.name, side.lineup.code] as const;
    if (line && line.seconds > 0) {
      files.row(
        "player_boxscores",
        ...head,
        gaps.starters ? undefined : line.starter,
        "active",
        undefined,
        !gaps.nonPlayers,
        line.seconds,
        ...COUNTS.map((name) => line[name]),
        line.plusMinus,
      );
    } else if (!gaps.nonPlayers) {
      const [status, reason] = line
        ? line.rank % 5 === 4
          ? ["active", undefined]
          : ["dnp", "DNP - Coach's Decision"]
        : ["inactive", absence?.reason ?? "Not dressed"];
      const starter = gaps.starters ? undefined : false;
      files.row(
        "player_boxscores",
        ...head,
        starter,
        status,
        reason,
        true,
        0,
        ...COUNTS.map(() => undefined),
        undefined,
      );
    }
  }
}

export function writeTeam(
  files: TableFiles,
  fixture: Fixture,
  result: GameResult,
  side: Side,
  gaps: Gaps,
): void {
  const overtimes = result.periods - 4;
  const totals = COUNTS.map((name): Field => {
    const sum = side.lines.reduce((total, line) => total + line[name], 0);
    return name === "tov" ? sum + side.teamTurnovers : sum;
  });
  files.row(
    "team_boxscores",
    fixture.gameId,
    fixture.date,
    side.lineup.code,
    gaps.minutes ? undefined : 240 + 25 * overtimes,
    side.overtimePoints,
    gaps.overtimePeriods ? undefined : overtimes,
    ...totals,
    fixture.seasonYear >= 2025 ? side.heaves : undefined,
    (result.home.possessions + result.away.possessions) / 2,
  );
}

export function writeShots(
  files: TableFiles,
  fixture: Fixture,
  { shots }: GameResult,
  gaps: Gaps,
  random: Random,
): void {
  if (gaps.shots === "none") return;
  let event = 0;
  for (const shot of shots) {
    // Play-by-play numbers count everything that happens.
    event += random.whole(1, 6);
    if (gaps.shots === "some" && random.chance(0.06)) continue;
    writeShot(files, fixture, shot, event, gaps);
  }
}

function writeShot(
  files: TableFiles,
  fixture: Fixture,
  shot: Shot,
  event: number,
  { shots: known }: Gaps,
): void {
  const { side, shooter, period, secondsLeft, made, zone, location } = shot;
  const distance = Math.floor(Math.sqrt(location.x ** 2 + location.y ** 2)) / 10;
  const what = [
    shooter.player.id,
    side.lineup.code,
    period,
    secondsLeft,
    made,
    zone === THREE ? 3 : 2,
  ] as const;
  const located = known !== "distance_only";
  const where = [
    known === "no_zones" || !located ? undefined : ZONES[zone],
    distance,
    located ? location.x : undefined,
    located ? location.y : undefined,
  ] as const;
  if (known === "no_marks") files.row("shots_without_marks", fixture.gameId, fixture.date, ...what, ...where);
  else {
    files.row(
      "shots",
      fixture.gameId,
      fixture.date,
      event,
      ...what,
      ...where,
      shot.assist?.player.id,
      shot.block?.player.id,
    );
  }
}
