import { dayNumber, type GameDate } from "../dates.ts";
import type { SeasonFacts } from "./calendar-facts.ts";
import { type Player, worth } from "./players.ts";
import type { Random } from "./random.ts";

export type ReasonCategory = "injury" | "rest" | "g_league" | "suspension" | "personal" | "other";

/** Days on which a player cannot play, first and last included (day numbers). */
export interface Absence {
  readonly first: number;
  readonly last: number;
  readonly category: ReasonCategory;
  readonly reason: string;
}

const sides = ["Left", "Right"];
const injuries =
  "Ankle; Sprain|Knee; Soreness|Hamstring; Strain|Calf; Strain|Foot; Soreness|Hip; Contusion|Wrist; Sprain|Shoulder; Strain|Groin; Strain|Quadriceps; Contusion|Achilles; Tendinitis".split(
    "|",
  );

/** A player's absences through a season: many of a few days, few of months. */
export function absencesOf(
  player: Player,
  { regular, playoffRounds, seasonYear }: SeasonFacts,
  random: Random,
): Absence[] {
  const start = dayNumber(regular[0]!.date);
  const end = dayNumber(playoffRounds.at(-1)?.at(-1)?.date ?? regular.at(-1)!.date);
  const daily = 0.0095 * Math.exp(0.3 * player.traits.frailty);
  const absences: Absence[] = [];
  for (let day = start - random.whole(0, 20); day <= end; day++) {
    if (!random.chance(daily)) continue;
    const absence = { first: day, last: day + lengthOf(random), ...causeOf(day, seasonYear, random) };
    absences.push(absence);
    day = absence.last + 3;
  }
  return absences;
}

function lengthOf(random: Random): number {
  const kind = random.next();
  if (kind < 0.58) return random.whole(0, 5);
  if (kind < 0.88) return random.whole(6, 25);
  return kind < 0.98 ? random.whole(26, 75) : random.whole(120, 260);
}

function causeOf(day: number, seasonYear: number, random: Random): Pick<Absence, "category" | "reason"> {
  const kind = random.next();
  // The winter of 2021-22 was the one of the protocols.
  if (seasonYear === 2021 && day < 19_040 && kind < 0.25) {
    return { category: "other", reason: "Health and Safety Protocols" };
  }
  if (kind < 0.04) return { category: "personal", reason: "Personal Reasons" };
  if (kind < 0.052) return { category: "suspension", reason: "League Suspension" };
  if (kind < 0.065) return { category: "other", reason: "Return to Competition Reconditioning" };
  if (kind < 0.2) return { category: "injury", reason: "Injury/Illness - N/A; Illness" };
  return { category: "injury", reason: `Injury/Illness - ${random.pick(sides)} ${random.pick(injuries)}` };
}

/** How a player stands on the day of a game. */
export interface DayStatus {
  readonly player: Player;
  /** Undefined: he is dressed. */
  readonly absence: Absence | undefined;
}

/** Everybody on a team's roster on a date, best first. */
export function teamDay(
  roster: readonly Player[],
  absences: (player: Player) => readonly Absence[],
  twoWay: ReadonlySet<Player>,
  date: GameDate,
  backToBack: boolean,
  random: Random,
): DayStatus[] {
  const day = dayNumber(date);
  const once = (category: ReasonCategory, reason: string): Absence => ({
    first: day,
    last: day,
    category,
    reason,
  });
  const statuses = [...roster]
    .sort((a, b) => worth(b) - worth(a))
    .map((player, rank): DayStatus => {
      const absence = absences(player).find(({ first, last }) => first <= day && day <= last);
      if (absence) return { player, absence };
      if (twoWay.has(player) && random.chance(0.6))
        return { player, absence: once("g_league", "G League - Two-Way") };
      if (backToBack && rank < 3 && random.chance(0.1)) return { player, absence: once("rest", "Rest") };
      return { player, absence: undefined };
    });
  return withEnough(statuses);
}

/** A team dresses at least eight: G League players are called up, and those with the shortest absences play after all. */
function withEnough(statuses: readonly DayStatus[]): DayStatus[] {
  const ready = statuses.filter(({ absence }) => !absence).length;
  const callUps = statuses
    .flatMap(({ player, absence }) => (absence ? [{ player, absence }] : []))
    .sort((a, b) => length(a.absence) - length(b.absence))
    .slice(0, Math.max(0, 8 - ready))
    .map(({ player }) => player);
  return statuses.map((status) =>
    callUps.includes(status.player) ? { player: status.player, absence: undefined } : status,
  );
}

function length({ first, last, category }: Absence): number {
  return category === "g_league" ? -1 : last - first;
}

/** Those who can play, at most thirteen. */
export function dressed(statuses: readonly DayStatus[]): Player[] {
  return statuses.flatMap(({ player, absence }) => (absence ? [] : [player])).slice(0, 13);
}
