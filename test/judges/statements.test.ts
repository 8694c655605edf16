import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GameDate } from "../../src/dates.ts";
import { PROCESSORS } from "../../src/processors/registry.ts";
import { VIEWS, viewNamed } from "../../src/processors/views.ts";
import { processorStatement, readSql, viewCte, withPrefix } from "../../src/statements/statement.ts";
import { tableOf } from "../../src/tables.ts";
import { GoogleSql } from "./googlesql.ts";
import { lint } from "./lint.ts";
import { referencedCtes, scansOf, topLevelCtes } from "./scans.ts";

let google: GoogleSql;
beforeAll(async () => {
  google = await GoogleSql.connect();
});
afterAll(() => google.close());

const folder = new URL("../../src/processors/", import.meta.url);
const dates = ["2022-10-18", "2022-10-19"] as GameDate[];
const BOUNDS = {
  date: "@first_target_date @last_target_date",
  history: "@first_input_date @last_input_date",
  undated: "",
};

const lined = async (sql: string) =>
  (await lint(google, sql)).map(({ rule, where, why }) => `${rule}: ${where}\n    ${why}`);

const filesIn = (path: string) =>
  readdirSync(new URL(path, folder))
    .filter((file) => file.endsWith(".sql"))
    .map((file) => file.replace(".sql", ""))
    .sort();

describe("every file has its place", () => {
  it("views/: a file for each declared view, and some processor reads it", () => {
    const read = new Set(PROCESSORS.flatMap(({ inputs }) => inputs.map(({ view }) => view)));
    expect(filesIn("views/")).toEqual(VIEWS.map(({ name }) => name).sort());
    expect(filesIn("views/")).toEqual([...read].sort());
  });

  it("readers/: some processor declares each", () => {
    expect(filesIn("readers/")).toEqual([...new Set(PROCESSORS.flatMap(({ readers }) => readers))].sort());
  });
});

describe.each(VIEWS)("view $name", (view) => {
  const select = (columns: string) => `WITH ${viewCte(view)}\nSELECT ${columns} FROM ${view.name}`;

  it("reads the tables it declares, each partition scan bounded by the dates of its scope", async () => {
    const scans = scansOf((await google.analyze(select("1 AS one"))).tree);
    expect(new Set(scans.map(({ table }) => table))).toEqual(new Set(view.tables));
    for (const { table, bounds } of scans) {
      expect.soft(bounds, `bounds of ${table}`).toBe(tableOf(table).partitionBy && BOUNDS[view.scope]);
    }
  });

  if (view.dateColumn === null) return;

  it("has its source date", async () => {
    const { columns } = await google.analyze(select(`${view.dateColumn} AS source_date`));
    expect(columns).toEqual([{ name: "source_date", type: "DATE" }]);
  });
});

describe.each(PROCESSORS)("$name", (processor) => {
  const table = tableOf(processor.table);
  const statement = processorStatement(processor, dates);
  const texts = readdirSync(new URL(`${processor.folder}/`, folder)).filter(
    (file) => file.endsWith(".sql") && file !== "query.sql",
  );
  const beside = (file: string) =>
    `${withPrefix(processor, dates)}\n(\n${readSql(`${processor.folder}/${file}`)}\n)`;

  it("gives exactly the columns and types of its table", async () => {
    const { columns } = await google.analyze(statement);
    expect(columns).toEqual(table.columns.map(({ name, type }) => ({ name, type })));
  });

  it("reads tables in its views alone, and those it declares", async () => {
    const { tree } = await google.analyze(statement);
    const views = processor.inputs.map(({ view }) => viewNamed(view));
    const inViews = [...topLevelCtes(tree)].filter(([name]) => views.some((view) => view.name === name));
    expect(inViews.map(([name]) => name)).toEqual(views.map(({ name }) => name));
    for (const [name, cte] of inViews) {
      expect
        .soft(new Set(scansOf(cte).map((scan) => scan.table)), name)
        .toEqual(new Set(viewNamed(name).tables));
    }
    expect(scansOf(tree)).toHaveLength(inViews.flatMap(([, cte]) => scansOf(cte)).length);
  });

  it("uses every view and reader that it declares", async () => {
    const used = new Set<string>();
    for (const sql of [statement, ...texts.map(beside)]) {
      for (const name of referencedCtes((await google.analyze(sql)).tree)) used.add(name);
    }
    const declared = [...processor.inputs.map(({ view }) => view), ...processor.readers];
    expect(declared.filter((name) => !used.has(name))).toEqual([]);
  });

  it("keeps to the subset that means the same on both engines", async () => {
    expect(await lined(statement)).toEqual([]);
  });

  it.each(texts)("%s resolves and keeps to the subset", async (file) => {
    expect(await lined(beside(file))).toEqual([]);
  });

  it("expects keys of its table", async () => {
    const { columns } = await google.analyze(beside("expected.sql"));
    const names = new Set(["game_date", ...table.key]);
    expect(columns).toEqual(
      expect.arrayContaining(
        table.columns.filter(({ name }) => names.has(name)).map(({ name, type }) => ({ name, type })),
      ),
    );
    expect(columns).toHaveLength(names.size);
  });

  it.each(processor.rowChecks)("row check $name is a condition on its columns", async ({ sql }) => {
    const check = `SELECT ${sql} AS holds FROM ${table.id}`;
    expect((await google.analyze(check)).columns).toEqual([{ name: "holds", type: "BOOL" }]);
    expect(await lined(check)).toEqual([]);
  });
});
