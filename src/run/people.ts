import { BackfillError } from "../errors.ts";
import type { Reader } from "../warehouse/warehouse.ts";

export interface Person {
  readonly player_id: string;
  readonly player_name: string | null;
}

/** Everybody of the warehouse by id, with the name of nba_raw.players, else that of a box score. */
export async function readPeople(reader: Reader): Promise<ReadonlyMap<string, Person>> {
  const people = await reader.read<{ player_id: string; player_name: string | null }>(
    `SELECT COALESCE(people.player_id, listed.player_id) AS player_id,
       COALESCE(people.player_name, listed.player_name) AS player_name
     FROM nba_raw.players AS people
     FULL JOIN (
       SELECT player_id, MAX(player_name) AS player_name FROM nba_raw.player_boxscores GROUP BY player_id
     ) AS listed ON listed.player_id = people.player_id`,
  );
  return new Map(people.map((person) => [person.player_id, person]));
}

/**
 * The one person meant by an id, a name or a part of a name, whatever its accents and case. Of several, those in
 * `present` come first: on one date there is often only one of that name.
 */
export function personNamed(
  asked: string,
  people: ReadonlyMap<string, Person>,
  present: ReadonlySet<string>,
): Person {
  const byId = people.get(asked);
  if (byId) return byId;
  const wanted = folded(asked);
  const found =
    wanted === ""
      ? []
      : [...people.values()].filter(({ player_name }) => folded(player_name ?? "").includes(wanted));
  const exact = found.filter(({ player_name }) => folded(player_name ?? "") === wanted);
  const candidates = exact.length > 0 ? exact : found;
  const here = candidates.filter(({ player_id }) => present.has(player_id));
  const matches = here.length > 0 ? here : candidates;
  if (matches.length === 1) return matches[0]!;
  if (matches.length === 0) {
    throw new BackfillError(
      "usage",
      `no player ${asked} in the warehouse: give an id, a name or a part of one`,
    );
  }
  throw new BackfillError("usage", `${asked} is several players: ${list(matches)}; give the id`);
}

const listed = 10;

function list(people: readonly Person[]): string {
  const names = people.map(({ player_id, player_name }) => `${player_name} (${player_id})`).sort();
  const more = names.length - listed;
  return names.slice(0, listed).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Letters that no accent makes. */
const LETTERS: Readonly<Record<string, string>> = { đ: "d", ð: "d", ø: "o", ł: "l", ħ: "h", ı: "i" };

function folded(name: string): string {
  return name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[đðøłħı]/g, (letter) => LETTERS[letter]!)
    .replace(/[^a-z0-9]/g, "");
}
