import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { contentColumns, tableOf } from "../../src/tables.ts";
import type { Row } from "../../src/warehouse/warehouse.ts";
import { leagueOf } from "../oracle/league.ts";
import { warehouseOf } from "../oracle/stored.ts";
import { agreementBeside, agreementOf, differencesOf, type Engines } from "./agreement.ts";
import { GoogleSql } from "./googlesql.ts";

let engines: Engines;
let blocks: { name: string; dates: readonly GameDate[] }[];
beforeAll(async () => {
  const fixture = await warehouseOf(leagueOf(7));
  engines = { google: await GoogleSql.connect(), fixture };
  const { dates } = await fixture.calendar();
  const all = dates.map(({ date }) => date);
  for (const processor of PROCESSORS) await fixture.compute(processor, ...all);
  const opening = dates.findIndex(({ seasonYear }) => seasonYear === 2022);
  blocks = [
    { name: "the end of a season and the opening of the next", dates: all.slice(opening - 2, opening + 4) },
    { name: "a postseason", dates: all.slice(-8) },
  ];
});
afterAll(async () => {
  engines.google.close();
  await engines.fixture.warehouse.close();
});

const folder = new URL("../../src/processors/", import.meta.url);

describe.each(PROCESSORS)("$name", (processor) => {
  const table = tableOf(processor.table);

  it("gives on DuckDB the rows that it means", async () => {
    for (const { name, dates } of blocks) {
      const { rows, differences } = await agreementOf(engines, processor, dates);
      expect(differences.slice(0, 20), name).toEqual([]);
      expect(rows, name).toBeGreaterThan(20);
    }
  });

  const texts = ["expected.sql", "games.sql"].filter((file) =>
    existsSync(new URL(`${processor.folder}/${file}`, folder)),
  );
  it.each(texts)("gives on DuckDB what %s means", async (file) => {
    const { differences } = await agreementBeside(engines, processor, file, blocks[1]!.dates);
    expect(differences.slice(0, 20)).toEqual([]);
  });

  it("is compared on more than NULLs", async () => {
    const counts = contentColumns(table).map(({ name }) => `COUNT(DISTINCT ${name}) AS ${name}`);
    const within = blocks.flatMap(({ dates }) => dates.map((date) => `DATE '${date}'`)).join(", ");
    const [found] = await engines.fixture.warehouse.read(
      `SELECT ${counts.join(", ")} FROM ${table.id} WHERE game_date IN (${within})`,
    );
    const unknown = Object.entries(found!).filter(([, values]) => values === 0);
    expect(unknown.map(([column]) => column)).toEqual([]);
  });
});

describe("differences", () => {
  const row = { game_id: "1", player_id: "2", pts: 3, rate: 0.5, name: "a", known: null };
  const key = ["game_id", "player_id"];

  it.each<[string, Row[], Row[], string[]]>([
    ["none", [row], [row], []],
    ["none in another order", [row, { ...row, game_id: "2" }], [{ ...row, game_id: "2" }, row], []],
    ["none beyond 1e-9 of a float", [{ ...row, rate: 0.5 + 4e-10 }], [row], []],
    [
      "a float",
      [{ ...row, rate: 0.5 + 6e-10 }],
      [row],
      ["1 2: rate is 0.5000000006 on DuckDB, 0.5 by GoogleSQL"],
    ],
    ["text", [{ ...row, name: "b" }], [row], ["1 2: name is b on DuckDB, a by GoogleSQL"]],
    ["NULL against 0", [{ ...row, known: 0 }], [row], ["1 2: known is 0 on DuckDB, null by GoogleSQL"]],
    ["a row too many", [row], [], ["1 2: only on DuckDB"]],
    ["a row too few", [], [row], ["1 2: only by GoogleSQL"]],
    ["a row twice", [row, row], [row], ["1 2: only on DuckDB"]],
    ["a row twice in the reference", [row], [row, row], ["1 keys twice by GoogleSQL"]],
  ])("are %s", (_, computed, meant, differences) => {
    expect(differencesOf(computed, meant, key)).toEqual(differences);
  });
});
