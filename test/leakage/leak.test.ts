import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDays, type GameDate } from "../../src/dates.ts";
import type { Processor } from "../../src/processors/processor.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { readSql } from "../../src/statements/statement.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import type { Fixture } from "../fixture.ts";
import { leagueOf } from "../oracle/league.ts";
import type { Raw } from "../oracle/raw.ts";
import { warehouseOf } from "../oracle/stored.ts";
import { tamper } from "./tampering.ts";

const asOf = PROCESSORS.filter((processor) => processor.kind === "asof");

/** Two warehouses that differ in nothing that was known before the games of D began. */
class Pair {
  readonly date: GameDate;
  readonly #warehouses: readonly Fixture[];

  private constructor(date: GameDate, warehouses: readonly Fixture[]) {
    this.date = date;
    this.#warehouses = warehouses;
  }

  static async of(raw: Raw, date: GameDate, seed: number): Promise<Pair> {
    const warehouses = [await warehouseOf(raw), await warehouseOf(tamper(raw, date, seed))];
    const pair = new Pair(date, warehouses);
    for (const processor of PROCESSORS) await pair.differingRows(processor);
    return pair;
  }

  /**
   * Computes a processor in both, for D together with later dates so that later rows are within reach, and gives the
   * rows of D that are not equal.
   */
  async differingRows(processor: Processor, edit = (sql: string) => sql): Promise<string[]> {
    const hashes = [];
    for (const fixture of this.#warehouses) {
      const all = (await fixture.calendar()).dates.map((entry) => entry.date);
      const dates = processor.kind === "summary" ? all : all.filter((date) => date >= this.date).slice(0, 3);
      const rows = await fixture.computeEdited(processor, dates, edit);
      hashes.push(new Set(rows.filter((row) => row.game_date === this.date).map(identity)));
    }
    const [left, right] = hashes as [Set<string>, Set<string>];
    return [...left.symmetricDifference(right)];
  }

  async close(): Promise<void> {
    for (const fixture of this.#warehouses) await fixture[Symbol.asyncDispose]();
  }
}

function identity(row: Row): string {
  return `${row.game_date} ${row.team} ${row.player_id ?? ""} ${row.row_hash}`;
}

const league = leagueOf(5);
const seasonDates = [
  ...new Set(league.schedule.filter((game) => game.season_year === 2022).map((game) => game.game_date)),
].sort();
/** Dates with games on the day before too: one in mid-season, one in the playoffs. */
const eves = seasonDates.filter((date) => seasonDates.includes(addDays(date, -1)));
const days = [eves.find((date) => date >= seasonDates[18]!)!, eves.at(-1)!];

/** On the later day nobody has reported an injury before the games. */
const raw: Raw = {
  ...league,
  injury_reports: league.injury_reports.filter((report) => report.game_date !== days[1]),
};

describe.each(days)("what happens on %s and later", (date) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await Pair.of(raw, date, 11);
  });
  afterAll(() => pair.close());

  test.each(asOf.map((processor) => [processor.name, processor] as const))(
    "changes no row of %s",
    async (_, processor) => {
      expect(await pair.differingRows(processor)).toEqual([]);
    },
  );
});

interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly original: string;
  readonly mutated: string;
}

/** Every cut between D and what was before it, in turn turned from `<` into `<=`. */
function mutants(): Mutant[] {
  const files = ["readers", "views"].flatMap((folder) =>
    readdirSync(new URL(`../../src/processors/${folder}/`, import.meta.url)).map(
      (file) => `${folder}/${file}`,
    ),
  );
  return files.flatMap((file) => {
    const original = readSql(file);
    const lines = original.split("\n");
    return lines.flatMap((text, index): Mutant[] => {
      const loosened = text
        .replace(/AND 1 PRECEDING/, "AND CURRENT ROW")
        .replace(
          / < (?=(schedule|team_fixtures)\.asof_cutoff_at|COALESCE\($|IF\($|target_seasons\.game_date)/,
          " <= ",
        );
      if (loosened === text) return [];
      return [
        {
          file,
          line: index + 1,
          text: text.trim(),
          original,
          mutated: lines.with(index, loosened).join("\n"),
        },
      ];
    });
  });
}

/** Cuts whose loosening can show in no as-of table here. */
const harmless: readonly string[] = [
  // Read by a summary, which describes the games of its own date.
  "views/closing_props.sql",
  // A player first listed on D has no game before D: his row would say 0 games, which makes nobody a star.
  "readers/player_season_before.sql WHERE first_listings.first_date < target_seasons.game_date",
  // snapshot_members compares again; this cut keeps late snapshots out of the hash (test/staleness/windows.test.ts).
  "views/rosters_of_date.sql",
  // What it compares is cut already at the reporting team's own game; test/processors/known-injuries.test.ts has it.
  "readers/team_injury_reports.sql first_reports.reported_at < team_fixtures.asof_cutoff_at",
];

describe("a cut loosened from < to <= turns the leak test red", () => {
  const pairs: Pair[] = [];
  beforeAll(async () => {
    for (const date of days) pairs.push(await Pair.of(raw, date, 11));
  });
  afterAll(() => Promise.all(pairs.map((pair) => pair.close())));

  const cuts = mutants().filter(
    ({ file, text }) => !harmless.includes(file) && !harmless.includes(`${file} ${text}`),
  );
  test("there are cuts in every reader that looks back and every view of snapshots", () => {
    expect(cuts.length).toBeGreaterThan(20);
  });

  test.each(cuts.map((cut) => [`${cut.file}:${cut.line}`, cut] as const))(
    "%s",
    async (_, { file, original, mutated }) => {
      const name = /\/(\w+)\.sql/.exec(file)![1]!;
      const readers = asOf.filter(
        (processor) =>
          processor.readers.includes(name) || processor.inputs.some((input) => input.view === name),
      );
      const edit = (sql: string) => sql.replace(original, () => mutated);
      for (const pair of pairs) {
        for (const processor of readers) if ((await pair.differingRows(processor, edit)).length > 0) return;
      }
      expect.fail(`no row of ${readers.map((reader) => reader.name).join(", ")} changed`);
    },
  );
});
