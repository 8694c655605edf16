import { addDays, dayNumber } from "../dates.ts";
import type { Absence, DayStatus } from "./availability.ts";
import { easternTime, isoInstant } from "./calendar-facts.ts";
import type { Fixture } from "./fixtures.ts";
import type { Random } from "./random.ts";
import type { Field, TableFiles } from "./table-files.ts";

type Status = "out" | "doubtful" | "questionable" | "probable" | "available";

const minute = 60_000;
const sore = { reason: "Injury/Illness - N/A; Soreness", category: "injury" } as const;
const cleared: readonly Status[] = ["available", "available", "questionable", "probable"];

/**
 * The reports about one team's game: one on the evening before (teams that play then hand none in), one before
 * tip-off, and one while the game is on, which nobody may use for it.
 */
export function writeInjuryReports(
  files: TableFiles,
  fixture: Fixture,
  team: string,
  statuses: readonly DayStatus[],
  playedYesterday: boolean,
  random: Random,
): void {
  const evening = easternTime(addDays(fixture.date, -1), 17.5);
  const last =
    fixture.tipoff === undefined
      ? easternTime(fixture.date, random.pick([11, 17.5]))
      : fixture.tipoff - 90 * minute;
  const during = (fixture.tipoff ?? easternTime(fixture.date, 19)) + 75 * minute;
  const row = (
    at: number,
    status: Status | "not_submitted",
    of?: { player: DayStatus["player"] } & Pick<Absence, "reason" | "category">,
  ) => {
    const who: Field[] = [of?.player.id, of?.player.name];
    // Some rows of the source do not say which game.
    const game = random.chance(0.95) ? fixture.gameId : undefined;
    files.row(
      "injury_reports",
      game,
      fixture.date,
      team,
      ...who,
      isoInstant(at),
      status,
      of?.reason,
      of?.category,
    );
  };

  if (playedYesterday ? random.chance(0.8) : random.chance(0.02)) row(evening, "not_submitted");
  else {
    for (const { player, absence } of statuses) {
      if (absence) row(evening, early(absence, dayNumber(fixture.date), random), { player, ...absence });
      else if (random.chance(0.05))
        row(evening, random.pick(["questionable", "probable"]), { player, ...sore });
    }
  }
  if (random.chance(0.006)) row(last, "not_submitted");
  else {
    for (const { player, absence } of statuses) {
      if (absence) row(last, late(absence, random), { player, ...absence });
      else if (random.chance(0.06)) row(last, random.pick(cleared), { player, ...sore });
    }
  }
  const { player } = random.pick(statuses.slice(0, 10));
  if (random.chance(0.4))
    row(during, random.pick(["out", "available"]), { player, reason: "Left the game", category: "injury" });
}

/** On the first day of a short absence a player may still hope, on the evening before more than in the last report. */
function early(absence: Absence, day: number, random: Random): Status {
  if (isSettled(absence) || day - absence.first > 1 || absence.last - absence.first > 11) return "out";
  return random.pick(["out", "out", "doubtful", "questionable", "questionable"]);
}

function late(absence: Absence, random: Random): Status {
  const roll = isSettled(absence) ? 1 : random.next();
  return roll < 0.06 ? "questionable" : roll < 0.09 ? "doubtful" : "out";
}

function isSettled({ category }: Absence): boolean {
  return category === "g_league" || category === "suspension";
}
