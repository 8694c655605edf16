import type { Row } from "../../src/warehouse/warehouse.ts";
import type { Files } from "./league-files.ts";

/** Raw data as it became known: handed out by the time at which one could have had it. */
export class KnownBy {
  readonly #files: Files;

  constructor(files: Files) {
    this.#files = files;
  }

  /** What is known on the morning of a date: all that was before, and every game to come as such. */
  before(date: string): Files {
    return this.#select((row, table) => {
      if (dateOf(row) < date) return row;
      return table === "schedule" ? opened(row) : undefined;
    });
  }

  /** Snapshots taken after one instant and up to another. */
  snapshots(after: string, upTo: string): Files {
    return this.#select((row) => {
      const at = instantOf(row);
      return at !== undefined && at > after && at <= upTo ? row : undefined;
    });
  }

  /** What is known once the games of a date are over: all that tells of them. */
  resultsOf(date: string): Files {
    return this.#select((row) => (row.game_date === date ? row : undefined));
  }

  /** The game dates, each with the second before its last cut-off. */
  eves(): readonly { readonly date: string; readonly eve: string }[] {
    const games = this.#files.schedule!.filter(
      ({ status, season_type }) =>
        !["postponed", "cancelled"].includes(String(status)) &&
        !["preseason", "all_star"].includes(String(season_type)),
    );
    return [...Map.groupBy(games, (game) => dateOf(game))]
      .map(([date, of]) => {
        // Where the tip-off is unknown the cut-off is at noon, before every tip-off.
        const tipoffs = of.map(({ tipoff_at }) => Date.parse(String(tipoff_at || `${date}T16:00:00Z`)));
        return { date, eve: new Date(Math.max(...tipoffs) - 1000).toISOString() };
      })
      .sort((a, b) => (a.date < b.date ? -1 : 1));
  }

  #select(choose: (row: Row, table: string) => Row | undefined): Files {
    return Object.fromEntries(
      Object.entries(this.#files).map(([table, rows]) => [
        table,
        rows.map((row) => choose(row, table)).filter((row) => row !== undefined),
      ]),
    );
  }
}

/** The rows of game dates up to one; what has no date is always there. */
export function upTo(last: string, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([table, rows]) => [table, rows.filter((row) => dateOf(row) <= last)]),
  );
}

export function nextDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

function opened(game: Row): Row {
  return game.status === "final"
    ? { ...game, status: "scheduled", home_score: null, away_score: null }
    : game;
}

function dateOf(row: Row): string {
  return String(row.game_date ?? row.as_of_at ?? "").slice(0, 10);
}

/** When a snapshot was taken, as an instant that sorts; undefined for results, and where nobody knows. */
function instantOf(row: Row): string | undefined {
  const at = row.snapshot_at ?? row.reported_at ?? row.as_of_at;
  return at ? new Date(String(at)).toISOString() : undefined;
}
